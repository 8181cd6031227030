"""Conversations that a counsellor of a provider holds with a person, in two languages."""
