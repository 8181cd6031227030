"""Recording: ties that were seen elsewhere than in answers, each with its source.

A tie is recorded once for a source, a place and a kind, however often it is said. Who carries
ideas that go on together after an Ideenwerkstatt is connected without anybody recording it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import Select, select, update
from sqlalchemy.orm import Session

from core.models import insert_once
from networks.models import RecordedTie, Source
from networks.tying import UNSAID
from people.models import Organisation, Project
from workshop.following.models import Decision, Outcome
from workshop.models import Board, Idea, Workshop

Key = tuple[str, int, int, str, str]  # source, both ends, where, kind


@dataclass(frozen=True)
class Record:
    """A recorded tie by the numbers of its ends; without a number nobody wrote it down."""

    a_id: int
    b_id: int
    source: Source
    about: str
    seen: date
    kind: str = ""
    strength: int = UNSAID
    is_directed: bool = False
    by: str = ""
    number: int | None = None

    @classmethod
    def of(cls, row: RecordedTie) -> "Record":
        return cls(
            row.a_id, row.b_id, row.source, row.about, row.seen, row.kind, row.strength,
            row.is_directed, row.by, row.id,
        )  # fmt: skip

    @property
    def key(self) -> Key:
        return self.source, self.a_id, self.b_id, self.about, self.kind


def record(
    session: Session,
    project: Project,
    a: Organisation,
    b: Organisation,
    source: Source,
    about: str,
    seen: date,
    *,
    kind: str = "",
    strength: int = UNSAID,
    is_directed: bool = False,
    by: str = "",
) -> RecordedTie:
    """Record that *a* and *b* are connected; to say it twice is to say it once.

    What was removed comes back when somebody says it again, and not by itself.
    """
    ends = (a.id, b.id) if is_directed else (min(a.id, b.id), max(a.id, b.id))
    record = Record(*ends, source, about, seen, kind, strength, is_directed, by)
    return _keep(session, project.id, record)


def remove(session: Session, project: Project, record: Record, now: datetime) -> RecordedTie:
    """Let a recorded tie count no more; of one that nobody wrote down this is noted."""
    row = _keep(session, project.id, replace(record, by=""))
    _set(session, row.id, now)
    return row


def restore(session: Session, row: RecordedTie) -> None:
    """Undo :func:`remove`."""
    _set(session, row.id, None)


def recorded(session: Session, project: Project) -> list[Record]:
    """List the recorded ties that count, the latest first."""
    rows = list(session.scalars(select(RecordedTie).filter_by(project_id=project.id)))
    written = {Record.of(row).key for row in rows}
    found = [Record.of(row) for row in rows if row.removed is None]
    found += [each for each in in_workshops(session, project) if each.key not in written]
    return sorted(found, key=lambda each: (-each.seen.toordinal(), each.key))


def in_workshops(session: Session, project: Project) -> Iterable[Record]:
    """List who carries ideas that go on together, as the decisions after workshops say."""
    newest: dict[int, Decision] = {}
    titles: dict[int, tuple[str, str]] = {}
    for decision, idea, workshop in session.execute(decided(project.id)):
        newest[decision.idea_id] = decision
        titles[decision.idea_id] = workshop, idea
    found: dict[Key, Record] = {}
    for idea_id, decision in newest.items():
        other = newest.get(decision.partner_id or 0)
        if decision.outcome == Outcome.MERGED and other and _are_two(decision, other):
            one, two = sorted((decision.owner_id or 0, other.owner_id or 0))
            seen = max(decision.at, other.at).date()
            each = Record(one, two, Source.WORKSHOP, ": ".join(titles[idea_id]), seen)
            found.setdefault(each.key, each)
    return found.values()


def decided(project_id: int) -> "Select[Decision, str, str]":
    """Ask for the decisions of a project's workshops, of each idea the newest last."""
    query = select(Decision, Idea.title, Workshop.title).join(Idea, Decision.idea_id == Idea.id)
    query = query.join(Board, Idea.board_id == Board.id)
    query = query.join(Workshop, Board.workshop_id == Workshop.id)
    return query.where(Decision.project_id == project_id).order_by(
        Decision.idea_id, Decision.number
    )


def _are_two(one: Decision, other: Decision) -> bool:
    owners = {one.owner_id, other.owner_id} - {None}
    return len(owners) == 2


def _keep(session: Session, project_id: int, record: Record) -> RecordedTie:
    key = {
        "project_id": project_id, "source": record.source, "a_id": record.a_id,
        "b_id": record.b_id, "about": record.about, "kind": record.kind,
    }  # fmt: skip
    values = {
        "strength": record.strength, "is_directed": record.is_directed,
        "seen": record.seen, "by": record.by,
    }  # fmt: skip
    if fresh := insert_once(session, RecordedTie, **key, **values):
        return fresh
    row = session.scalars(select(RecordedTie).filter_by(**key)).one()
    if record.by:
        _set(session, row.id, None)
    return row


def _set(session: Session, number: int, removed: datetime | None) -> None:
    session.execute(update(RecordedTie).filter_by(id=number).values(removed=removed))
