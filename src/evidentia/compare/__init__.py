"""Review: what changed between two ledgers, and what it means for the report."""
