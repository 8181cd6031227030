"""Names in words: which organisation is meant, and two entries that are one organisation."""
