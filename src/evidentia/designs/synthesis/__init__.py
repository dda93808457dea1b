"""Design ``synthesis``: what many evaluations say together, from their ledgers."""
