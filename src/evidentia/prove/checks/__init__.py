"""The checks of finished pages: what a publisher's accessibility officer would look for."""
