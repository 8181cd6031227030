"""The first pages: the site, and where a project stands."""
