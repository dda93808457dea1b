"""Audit: what a whole build is worth: the same bytes twice, changed cells noticed, the quality log,
provenance.
"""
