"""A workshop as one file: written, checked, and read again as a closed record."""
