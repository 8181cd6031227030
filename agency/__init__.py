"""The agency: needs and offers brought together, and what comes of the gaps."""
