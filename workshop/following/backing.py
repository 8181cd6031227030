"""Who stands behind which card: its author, and whoever says yes to it on a ballot."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from workshop.counting import merged_on
from workshop.models import Board, Idea


@dataclass(frozen=True, slots=True)
class Backing:
    """The cards of a board, as ballots call them; it tells of everyone what they back."""

    cards: Mapping[str, int]  # the number of each, in the order in which they were written
    written: Mapping[int, Sequence[str]]  # by their authors
    into: Mapping[str, str]  # which was merged into which

    def by(self, person_id: int, chosen: Iterable[str]) -> list[str]:
        """List what a person wrote, or of which their ballots say yes (*chosen*).

        Cards that were merged into others stand for those.
        """
        backed = {
            self.into.get(key, key) for key in (*self.written.get(person_id, ()), *chosen)
        }
        return sorted(backed & self.cards.keys(), key=self.cards.__getitem__)


def backing_on(session: Session, board: Board) -> Backing:
    """Return who stands behind the cards of *board* that were not taken away."""
    columns = select(Idea.id, Idea.ballot_key, Idea.author_id)
    there = columns.filter_by(board_id=board.id, taken_down=False, is_waiting=False)
    cards: dict[str, int] = {}
    written: dict[int, list[str]] = defaultdict(list)
    for number, ballot_key, author in session.execute(there.order_by(Idea.id)):
        key = ballot_key or f"i{number}"
        cards[key] = number
        if author is not None:
            written[author].append(key)
    return Backing(cards, written, merged_on(session, board))


def cards_numbered(session: Session, numbers: Iterable[int]) -> list[Idea]:
    """List the cards with these numbers, in the order in which they were written."""
    found = select(Idea).where(Idea.id.in_([*numbers])).order_by(Idea.id)
    return [*session.scalars(found)]
