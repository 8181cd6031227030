"""Who takes part, and what they need and offer: projects, staff, organisations, consents."""
