"""A survey in the field: begun, opened and closed, and sent to those who shall answer."""
