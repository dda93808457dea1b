"""All that is handed in with a report: open tables, a web page, a registry entry, checklists, an archive."""
