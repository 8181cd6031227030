"""Responses: begun, saved page by page, paused, handed in, corrected and erased."""
