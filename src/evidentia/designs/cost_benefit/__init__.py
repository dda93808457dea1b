"""Cost and benefit: what a programme cost, what its effects are worth, and how sure that is."""
