"""The pages of this context."""

from surveys import public
from surveys.routes import receiving, resuming

blueprints = [public.bp, receiving.bp, resuming.bp]

__all__ = ["blueprints", "public", "receiving", "resuming"]
