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
    followers,
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
    telling,
    translating,
)

blueprints = [rooms.bp, desk.bp, projector.bp]
