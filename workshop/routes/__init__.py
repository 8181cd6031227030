"""The pages of this context."""

from workshop.routes import (
    ballots,
    cards,
    clock,
    desk,
    papers,
    planning,
    projector,
    rooms,
    seats,
    table,
)

blueprints = [rooms.bp, desk.bp, projector.bp]
__all__ = ["ballots", "blueprints", "cards", "clock", "papers", "planning", "seats", "table"]
