"""Qualitative work: interviews, and passages marked in notes and free answers."""
