"""The minutes of a workshop: composed once, told in a language, written in several formats."""
