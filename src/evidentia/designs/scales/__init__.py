"""A measure of several items before and after: scores, bands, change, and how reliable it is."""
