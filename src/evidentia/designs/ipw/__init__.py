"""The design ``ipw``: inverse probability weighting of a treated and a comparator group."""
