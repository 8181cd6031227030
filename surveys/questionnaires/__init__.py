"""Questionnaires ready for use: put together, broken into pages, filled in and understood."""
