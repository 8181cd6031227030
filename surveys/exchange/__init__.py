"""Questionnaires of other tools, read and written."""
