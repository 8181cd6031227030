"""The concept of a model project: written from what was found out, and defended by it."""
