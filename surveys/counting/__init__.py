"""Answers kept in memory as columns of small numbers, and counted there; heavy to load."""
