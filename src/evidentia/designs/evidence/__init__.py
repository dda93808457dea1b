"""Design ``evidence``: the qualitative synthesis, practice features and outcomes by source of evidence."""
