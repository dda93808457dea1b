"""Design ``listing``: values that need no analysis, each with what it is and where it is stated."""
