"""The pages of this context."""

from surveys import public
from surveys.routes import (
    beginning,
    circulars,
    coding,
    comparing,
    contacts,
    crossing,
    desk,
    exports,
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
    published,
    publishing,
    receiving,
    responses,
    results,
    resuming,
    syncing,
    writing,
)  # fmt: skip

blueprints = [
    public.bp, receiving.bp, resuming.bp, opening.bp, desk.bp, invitations.bp, frozen.bp,
    frozen.public, passages.bp, published.bp, syncing.bp,
]  # fmt: skip

__all__ = [
    "beginning",
    "blueprints",
    "circulars",
    "coding",
    "comparing",
    "contacts",
    "crossing",
    "exports",
    "interviews",
    "keeping_time",
    "method",
    "noting",
    "paper",
    "planning",
    "printing",
    "publishing",
    "responses",
    "results",
    "writing",
]  # their views are on the desk
