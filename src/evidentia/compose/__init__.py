"""The words of the report, bound to the numbers: composing chapters, claims, and the
check for typed digits.
"""
