"""The pages of this context."""

from surveys import public
from surveys.routes import (
    beginning,
    comparing,
    contacts,
    crossing,
    desk,
    frozen,
    invitations,
    keeping_time,
    method,
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
    public.bp, receiving.bp, resuming.bp, opening.bp, desk.bp, invitations.bp, frozen.bp,
    frozen.public,
]  # fmt: skip

__all__ = [
    "beginning",
    "blueprints",
    "comparing",
    "contacts",
    "crossing",
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
