"""Disclosure control: the stage between an analysis and everything that is written, and the checks of what
was written.
"""
