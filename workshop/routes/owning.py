"""What is one's own on the page of a board that is over, put together from what is kept.

Each idea and what became of it, each mark that a ballot may bear is said once for a version
of the board. Whose they are is asked for each: by receipts, which end with the key of a
secret round.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import current_app
from markupsafe import escape

from core.db import db
from core.keys import Keyring
from workshop.following.backing import Backing, backing_on, cards_numbered
from workshop.following.following import courses
from workshop.models import Board, Method
from workshop.routes.seeing import course_said, mark_said
from workshop.voting.ballots import proof_of, receipt_under
from workshop.voting.marking import marks_under
from workshop.voting.models import Round
from workshop.voting.opening import counted_rounds, key_of, latest_round
from workshop.voting.results import options_of

TITLE = f"title-{secrets.token_hex(16)}"


@dataclass(frozen=True, slots=True)
class Pieces:
    """All that anybody may find as their own on a board, in one language."""

    backing: Backing
    courses: Mapping[str, str]  # of ideas, as ballots call them
    rounds: tuple[int, ...]  # that were counted; the ballots of the last are shown
    titles: Mapping[str, str]  # of what was voted on in it, in its order
    marks: Mapping[int, str]  # what a ballot may say, of a title that is put in

    def of(self, engine: Any, keys: Keyring, person_id: int) -> dict[str, str]:
        """Return what a person finds: their ideas, their ballot and its receipt."""
        receipt, mine, chosen = "", dict[str, int](), set[str]()
        for number in self.rounds:
            receipt = receipt_under(keys, number, person_id)
            mine = marks_under(engine, number, receipt) if receipt else {}
            chosen |= {option for option, value in mine.items() if value > 0}
        backed = self.backing.by(person_id, chosen)
        after = [self.courses.get(key, "") for key in backed]
        ballot = [
            self.marks[mine[key]].replace(TITLE, title)
            for key, title in self.titles.items()
            if key in mine
        ]
        return {"after": "".join(after), "ballot": "".join(ballot), "receipt": receipt}


def pieces_of(board: Board) -> Pieces | None:
    """Say all of *board* piece by piece; nothing when the app has to look at its rounds."""
    keys, backing = current_app.extensions["keys"], backing_on(db.session, board)
    rounds, shown = counted_rounds(db.session, board), latest_round(db.session, board)
    if shown and shown not in rounds:
        return None
    if any(keys.has(each.key_name) and proof_of(keys, each) != each.proof for each in rounds):
        return None
    hung = cards_numbered(db.session, backing.cards.values())
    return Pieces(
        backing,
        {key_of(each.idea): course_said(each) for each in courses(db.session, hung)},
        tuple(each.id for each in rounds),
        _titles(shown) if shown else {},
        _marks(shown) if shown else {},
    )


def _titles(round: Round) -> dict[str, str]:
    return {key: str(escape(each.title)) for key, each in options_of(round).items()}


def _marks(round: Round) -> dict[int, str]:
    least = -1 if round.method is Method.OPINION else 0
    return {value: mark_said(round, value, TITLE) for value in range(least, round.most + 1)}
