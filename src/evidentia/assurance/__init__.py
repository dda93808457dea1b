"""Signatures that lapse when what they cover moves, and the logs of assumptions and data."""
