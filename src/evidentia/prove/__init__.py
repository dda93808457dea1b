"""Proof: finished documents are read back, and checked."""
