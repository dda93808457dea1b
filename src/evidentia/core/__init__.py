"""What everything stands on: errors, files, formats, expressions, results, the ledger."""
