"""Needs and offers gathered from what people have said; a person confirms each."""
