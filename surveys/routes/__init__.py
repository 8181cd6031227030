"""The pages of this context."""

from surveys import public
from surveys.routes import (
    beginning,
    contacts,
    desk,
    invitations,
    keeping_time,
    noting,
    opening,
    paper,
    planning,
    printing,
    receiving,
    responses,
    results,
    resuming,
    writing,
)  # fmt: skip

blueprints = [
    public.bp, receiving.bp, resuming.bp, opening.bp, desk.bp, invitations.bp,
]  # fmt: skip

__all__ = [
    "beginning",
    "blueprints",
    "contacts",
    "keeping_time",
    "noting",
    "paper",
    "planning",
    "printing",
    "responses",
    "results",
    "writing",
]  # their views are on the desk
