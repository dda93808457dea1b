"""The audit of a document of anybody's: each of its numbers held against the ledger."""
