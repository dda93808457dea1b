"""The designs: each is a package whose module ``design`` holds the object ``DESIGN``; docs/designs.md says
how to make one.
"""
