"""Rounds in which vacancies and people rank each other, and what comes of it is proposed."""
