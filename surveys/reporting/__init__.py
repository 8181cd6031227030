"""What the responses add up to: figures, words, tables and files."""
