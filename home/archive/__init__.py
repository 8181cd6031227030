"""A whole project as one archive of open formats: written, looked at, and brought in."""
