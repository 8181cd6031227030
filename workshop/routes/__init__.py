"""The pages of this context."""

from workshop.routes import (
    archiving,
    ballots,
    cards,
    clock,
    deciding,
    desk,
    following,
    minutes,
    planning,
    projector,
    rooms,
    seats,
)

blueprints = [rooms.bp, desk.bp, projector.bp]
__all__ = [
    "archiving",
    "ballots",
    "blueprints",
    "cards",
    "clock",
    "deciding",
    "following",
    "minutes",
    "planning",
    "seats",
]
