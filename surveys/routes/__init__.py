"""The pages of this context."""

from surveys import public
from surveys.routes import beginning, desk, receiving, responses, results, resuming

blueprints = [public.bp, receiving.bp, resuming.bp, desk.bp]

__all__ = [
    "beginning", "blueprints", "desk", "public", "receiving", "responses", "results", "resuming",
]  # fmt: skip
