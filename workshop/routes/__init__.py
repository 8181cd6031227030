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
    sorting,
    table,
)

blueprints = [rooms.bp, desk.bp, projector.bp]
VIEWS = [ballots, cards, clock, papers, planning, seats, sorting, table]  # on these blueprints
