"""The pages of this context."""

from workshop.routes import (
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
