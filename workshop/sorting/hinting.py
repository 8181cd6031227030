"""Is there such an idea already? What hangs on a board, kept ready to be compared."""

from collections.abc import Iterable, Sequence
from weakref import WeakKeyDictionary

import numpy as np
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from core.shelf import Shelf
from workshop.cards.reading import are_apart
from workshop.models import Board, Idea
from workshop.posting import HANGING
from workshop.sorting.clustering import Group, propose
from workshop.sorting.grouping import TITLE_LIMIT
from workshop.sorting.likeness import Card, Likeness
from workshop.sorting.titling import Titles

ENOUGH_TYPED = 4  # letters before anything is said
MOST_WALLS = 40  # that are kept ready
LOOKED_AT, TOLD = 30, 3  # cards
SAME = 0.5  # likeness from which on two cards are shown side by side
LANGUAGE = "de"  # of cards that do not say

Walls = Shelf[tuple[int, Likeness]]  # by board, with the version that they show
_walls: WeakKeyDictionary[Engine, Walls] = WeakKeyDictionary()


def alike(
    session: Session,
    board: Board,
    title: str,
    text: str = "",
    language: str = "",
    table: int | None = None,
) -> list[Card]:
    """Return the cards on *board* that may say what somebody at *table* is about to write.

    While the cards hang face down nothing is told of them, and nothing of other tables while
    each writes for itself.
    """
    if board.is_covered or len(title) < ENOUGH_TYPED:
        return []
    likely = _wall(session, board).alike(title, text, language or LANGUAGE, LOOKED_AT)
    found = [each.card for each in likely]
    if are_apart(board):
        hanging = select(Idea.id).where(Idea.id.in_([card.number for card in found]))
        hanging = hanging.where(Idea.table.is_(None) | (Idea.table == table))
        told = {*session.scalars(hanging)}
        found = [card for card in found if card.number in told]
    return found[:TOLD]


def proposal(ideas: Iterable[Idea]) -> Sequence[Group]:
    """Propose which *ideas* belong together: those that answer the same question."""
    return propose([_card(idea) for idea in ideas])


def name_of(ideas: Sequence[Idea], among: Iterable[Idea]) -> str:
    """Return what *ideas* are called by the words that mark them out *among* others."""
    words = Titles(_card(idea) for idea in among).of([_card(idea) for idea in ideas])
    return shortened(words or ideas[0].title)


def shortened(name: str) -> str:
    """Return as much of *name* as has room on a heading."""
    return name if len(name) <= TITLE_LIMIT else name[: TITLE_LIMIT - 1].rstrip(" ,") + "…"


def twins(ideas: Sequence[Idea], most: int = 6) -> list[tuple[Idea, Idea]]:
    """Return pairs of *ideas* that may say the same, the likest first."""
    likes = np.triu(Likeness(map(_card, ideas)).matrix(), 1)
    order = np.argsort(-likes, axis=None, kind="stable")[:most]
    pairs = [divmod(int(place), len(ideas)) for place in order]
    return [(ideas[a], ideas[b]) for a, b in pairs if likes[a, b] >= SAME]


def _wall(session: Session, board: Board) -> Likeness:
    """Return the cards of *board* as they hang now; what was known of them is used again."""
    walls = _walls.setdefault(session.get_bind().engine, Shelf(MOST_WALLS))
    version, before = walls.get(board.id, lambda: (0, Likeness([])))
    if version == board.version:
        return before
    ideas = select(Idea).filter_by(board_id=board.id, **HANGING).order_by(Idea.id)
    wall = Likeness([_card(idea) for idea in session.scalars(ideas)], before)
    return walls.put(board.id, (board.version, wall))[1]


def _card(idea: Idea) -> Card:
    language = idea.language or LANGUAGE
    return Card(idea.id, idea.title, idea.text, language, idea.challenge_id)
