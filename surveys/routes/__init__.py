"""The pages of this context."""

from surveys import public
from surveys.routes import beginning, desk, receiving, responses, results, resuming

blueprints = [public.bp, receiving.bp, resuming.bp, desk.bp]

__all__ = ["beginning", "blueprints", "responses", "results"]  # their views are on the desk
