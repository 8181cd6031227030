"""What rows of an archive say otherwise than the database: of the room above all.

Where cards hang without names, nothing in an archive tells who wrote which one; people came on
a day, not at a minute; and a board that was voted on is a record, as in the file of a workshop.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.clock import ZONE
from core.keys import Keyring
from home.archive.marking import MARKED, mark_of, origin_of
from home.archive.shape import MARK, OPENED
from people.contacts import KEY as CONTACTS
from surveys.interviews.models import Interview
from surveys.models import Response
from surveys.responses import sealing
from workshop.archive.shape import RECORD
from workshop.minutes.composing import attendance
from workshop.models import Board, Idea, Participant, Workshop
from workshop.voting.models import Round

NOON = time(12)
Row = dict[str, Any]
RECORDED = {"phase": RECORD["phase"], "is_record": True}


@dataclass(frozen=True)
class Room:
    """What has to be known of the boards of a project before a row of them is told."""

    nameless: frozenset[int]  # boards
    records: frozenset[int]
    voted: Mapping[int, frozenset[str]]  # board: what ballots there called ideas
    sectors: Mapping[int, frozenset[str]]  # workshop: those of enough people
    stand_in: Mapping[int, int]  # idea of a nameless board: who came first to the room


def look_around(session: Session, project_id: int) -> Room:
    """Return what has to be known of the boards of a project."""
    boards = session.scalars(select(Board).filter_by(project_id=project_id)).all()
    rounds = session.execute(
        select(Round.board_id, Round.options).filter_by(project_id=project_id)
    ).all()
    voted: dict[int, set[str]] = {}
    for board, options in rounds:
        voted.setdefault(board, set()).update(option["key"] for option in options)
    workshops = session.scalars(select(Workshop).filter_by(project_id=project_id)).all()
    people = select(Participant.workshop_id, func.min(Participant.id))
    people = people.where(Participant.project_id == project_id)
    people = people.group_by(Participant.workshop_id)
    first: dict[int, int] = {at: one for at, one in session.execute(people)}  # noqa: C416 - typed
    cards = select(Idea.id, Board.workshop_id).join(Board, Board.id == Idea.board_id)
    cards = cards.where(Board.project_id == project_id, ~Board.shows_names)
    return Room(
        frozenset(board.id for board in boards if not board.shows_names),
        frozenset(board.id for board in boards if board.is_record or board.id in voted),
        {board: frozenset(keys) for board, keys in voted.items()},
        {each.id: frozenset(attendance(session, each)) for each in workshops},
        {idea: first[at] for idea, at in session.execute(cards) if at in first},
    )


class Teller:
    """Tells rows one by one, as they stand in an archive, before references are turned."""

    def __init__(
        self, session: Session, keys: Keyring, project_id: int, *, with_contacts: bool
    ) -> None:
        self._session, self._keys = session, keys
        self._with_contacts = with_contacts
        self._room = look_around(session, project_id)
        self._changes: Mapping[str, Callable[[Row], Row]] = {  # by table
            "board": self._board,
            "contact": self._contact,
            "sealed_answer": self._sealed_answer,
            "participant": self._participant,
            "idea": self._idea,
            "card_comment": self._card_comment,
        }

    def tell(self, table: str, row: Row) -> Row:
        """Return a row with what an archive says of it."""
        if table in ("response", "interview"):
            return row | {MARK: mark_of(row[MARKED[table]])}
        change = self._changes.get(table)
        return row | change(row) if change else row

    def _board(self, row: Row) -> Row:
        return RECORDED if row["id"] in self._room.records else {}

    def _contact(self, row: Row) -> Row:
        place = f"contact.sealed:{row['organisation_id']}"
        return {OPENED: self._keys.unseal(CONTACTS, row["sealed"], place)}

    def _sealed_answer(self, row: Row) -> Row:
        place = sealing.place_of(row["response_id"], row["question"])
        return {OPENED: self._keys.unseal(sealing.KEY, row["sealed"], place)}

    def _participant(self, row: Row) -> Row:
        day = row["joined"].astimezone(ZONE).date()
        noon = datetime.combine(day, NOON, UTC)
        if self._with_contacts:
            return {"joined": noon}
        sectors = self._room.sectors[row["workshop_id"]]
        return {
            "joined": noon,
            "name": "",
            "sector": row["sector"] if row["sector"] in sectors else None,
        }

    def _idea(self, row: Row) -> Row:
        board = row["board_id"]
        key = row["ballot_key"] or f"i{row['id']}"
        source = self._source(row)
        told: Row = {
            "ballot_key": key if key in self._room.voted.get(board, ()) else None,
            MARK: origin_of(row["form_key"], source),
        }
        return told | ({"author_id": None} if board in self._room.nameless else {})

    def _source(self, row: Row) -> str | None:
        if row["response_id"]:
            return self._session.scalar(
                select(Response.key_hash).filter_by(id=row["response_id"])
            )
        if row["interview_id"]:
            return self._session.scalar(select(Interview.key).filter_by(id=row["interview_id"]))
        return None

    def _card_comment(self, row: Row) -> Row:
        stand_in = self._room.stand_in.get(row["idea_id"])
        return {"author_id": stand_in} if stand_in else {}
