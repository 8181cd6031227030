"""Surveys: questionnaires, the responses people give, and what they add up to."""
