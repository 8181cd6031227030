"""The pages of this context."""

from workshop.routes import (
    ballots,
    cards,
    clock,
    desk,
    planning,
    projector,
    rooms,
    seats,
    sorting,
)

blueprints = [rooms.bp, desk.bp, projector.bp]
__all__ = ["ballots", "blueprints", "cards", "clock", "planning", "seats", "sorting"]
