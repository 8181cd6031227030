"""Needs and offers brought together: how well they fit, and who gets what."""
