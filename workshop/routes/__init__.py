"""The pages of this context."""

from workshop.routes import (  # noqa: F401 - they hang on the blueprints of others
    archiving,
    ballots,
    boards,
    cards,
    checking,
    clock,
    comments,
    comparing,
    deciding,
    desk,
    following,
    minutes,
    papers,
    pictures,
    planning,
    projector,
    reading,
    rooms,
    seats,
    sorting,
    table,
    tables,
    translating,
)

blueprints = [rooms.bp, desk.bp, projector.bp]
