"""The register of needs and offers: of organisations, and of people as groups."""
