"""The pages of this context."""

from surveys import public
from surveys.routes import invitations, opening, receiving, resuming

blueprints = [public.bp, receiving.bp, resuming.bp, opening.bp, invitations.bp]

__all__ = ["blueprints"]
