"""Charts: the house style, and the kinds of figure that config.yaml can name."""
