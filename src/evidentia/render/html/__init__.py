"""The page: an engine's HTML brought to one form and finished."""
