"""The pages of this context."""

from workshop.routes import (  # noqa: F401 - they hang on the blueprints of others
    ballots,
    cards,
    clock,
    deciding,
    desk,
    following,
    minutes,
    papers,
    planning,
    projector,
    rooms,
    seats,
    sorting,
    table,
)

blueprints = [rooms.bp, desk.bp, projector.bp]
