"""Translating: the texts of a questionnaire in other languages, corrected and checked."""
