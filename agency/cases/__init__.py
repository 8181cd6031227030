"""Advice cases: what an organisation needs, who takes care of it, and what came of it."""
