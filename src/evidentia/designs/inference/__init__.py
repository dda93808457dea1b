"""Inference that several designs share: Wald statistics, intervals of proportions,
clusters, several tests.
"""
