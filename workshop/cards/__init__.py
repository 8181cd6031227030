"""What hangs on a card beside its words: translations, comments, a picture."""
