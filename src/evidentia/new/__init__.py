"""Starting an evaluation: a folder with all its parts, which builds at once.

What every evaluation has is in ``folder/``; what a design adds is in the folder ``starter/`` of its package.
"""
