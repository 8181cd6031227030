"""The agenda of a board: its phases in order, each with the minutes planned for it."""

from collections.abc import Sequence
from dataclasses import dataclass

from workshop.models import Board, Phase


@dataclass(frozen=True)
class Item:
    """A phase and how many minutes it is meant to take; 0 when nobody has said."""

    phase: Phase
    minutes: int = 0


SHORT = (
    Item(Phase.COLLECT, 15),
    Item(Phase.VOTE, 5),
    Item(Phase.RESULT, 5),
    Item(Phase.DECIDE, 15),
)
LONG = (
    Item(Phase.LOBBY, 10),
    Item(Phase.COLLECT, 15),
    Item(Phase.REVEAL, 10),
    Item(Phase.CLUSTER, 15),
    Item(Phase.DISCUSS, 20),
    Item(Phase.VOTE, 10),
    Item(Phase.RESULT, 10),
    Item(Phase.DECIDE, 20),
    Item(Phase.DEVELOP, 30),
    Item(Phase.CLOSED),
)


def written(items: Sequence[Item]) -> list[dict[str, object]]:
    """Return an agenda as it is kept on the board."""
    return [{"phase": str(item.phase), "minutes": item.minutes} for item in items]


def agenda_of(board: Board) -> list[Item]:
    """Return the agenda of *board*."""
    return [Item(Phase(each["phase"]), int(each["minutes"])) for each in board.agenda]


def place_of(board: Board, phase: Phase) -> int:
    """Return where on the agenda *board* stands once it has moved to *phase*.

    It goes on to the next item of that phase, or back to the last one; for a phase that is
    not on the agenda it stays where it is.
    """
    places = [n for n, item in enumerate(agenda_of(board)) if item.phase is phase]
    onward = [n for n in places if n > board.at]
    return onward[0] if onward else max(places, default=board.at)


def next_of(board: Board) -> Item | None:
    """Return what the agenda of *board* has next, or nothing at its end."""
    items = agenda_of(board)
    return items[board.at + 1] if board.at + 1 < len(items) else None


def minutes_of(board: Board) -> int:
    """Return how many minutes the agenda plans for the phase in which *board* is."""
    items = agenda_of(board)
    here = items[board.at] if board.at < len(items) else None
    return here.minutes if here and here.phase is board.phase else 0
