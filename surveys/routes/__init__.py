"""The pages of this context."""

from surveys import public
from surveys.routes import (
    beginning,
    coding,
    contacts,
    crossing,
    desk,
    frozen,
    interviews,
    invitations,
    keeping_time,
    method,
    noting,
    opening,
    paper,
    passages,
    planning,
    printing,
    receiving,
    responses,
    results,
    resuming,
    writing,
)  # fmt: skip

blueprints = [
    public.bp, receiving.bp, resuming.bp, opening.bp, desk.bp, invitations.bp, frozen.bp,
    frozen.public, passages.bp,
]  # fmt: skip

__all__ = [
    "beginning",
    "blueprints",
    "coding",
    "contacts",
    "crossing",
    "interviews",
    "keeping_time",
    "method",
    "noting",
    "paper",
    "planning",
    "printing",
    "responses",
    "results",
    "writing",
]  # their views are on the desk
