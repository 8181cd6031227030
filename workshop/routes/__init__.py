"""The pages of this context."""

from workshop.routes import (
    ballots,
    boards,
    cards,
    checking,
    clock,
    comments,
    desk,
    pictures,
    planning,
    projector,
    reading,
    rooms,
    seats,
    tables,
    translating,
)

blueprints = [rooms.bp, desk.bp, projector.bp]
__all__ = [
    "ballots", "blueprints", "boards", "cards", "checking", "clock", "comments", "pictures",
    "planning", "reading", "seats", "tables", "translating",
]  # fmt: skip
