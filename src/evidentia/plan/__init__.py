"""The frozen plan, what differs from it, and how the claims of the words stand to it."""
