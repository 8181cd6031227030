"""Voting: a round with frozen options, a ballot for everyone, and what came out."""
