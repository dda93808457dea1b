"""Design ``theory_of_change``: how a programme was meant to work, from rationale to impact."""
