"""Meetings from the first date to the agenda: planned, changed, removed, brought back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from agency.meetings.models import AgendaItem, Kind, Meeting
from core.clock import ZONE
from core.errors import FormUsedTwice
from core.models import change_as_seen, insert_once
from networks.models import RecordedTie, Source
from people.models import Project


@dataclass(frozen=True)
class Plan:
    """What somebody says of a meeting."""

    kind: Kind
    title: str
    begins: datetime
    minutes: int
    place: str = ""
    invitation: str = ""


def plan(session: Session, project: Project, said: Plan, by: str, form_key: str) -> Meeting:
    """Plan a meeting, once for each form.

    :raise FormUsedTwice: when the same form brings something else
    """
    values = {**vars(said), "by": by}
    place = {"project_id": project.id, "form_key": form_key}
    if fresh := insert_once(session, Meeting, **place, **values):
        return fresh
    earlier = session.scalars(select(Meeting).filter_by(**place)).one()
    if plan_of(earlier) != said:
        raise FormUsedTwice
    return earlier


def plan_of(meeting: Meeting) -> Plan:
    """Return what was said of a meeting."""
    return Plan(**{name: getattr(meeting, name) for name in Plan.__dataclass_fields__})


def change(session: Session, meeting: Meeting, said: Plan, version: int) -> None:
    """Replace what is said, if nobody has changed it since *version* was shown.

    Ties that were recorded at the meeting go on naming it.

    :raise ChangedMeanwhile: when somebody has
    """
    ties = ties_at(session, meeting)
    change_as_seen(session, meeting, version, **vars(said))
    query = select(RecordedTie).filter_by(
        project_id=meeting.project_id, source=Source.MEETING, about=meeting.title
    )
    others = {(each.a_id, each.b_id) for each in session.scalars(query) if each not in ties}
    for each in ties:
        if (each.a_id, each.b_id) not in others:
            each.about, each.seen = meeting.title, day_of(meeting)


def meetings(session: Session, project: Project, kind: Kind | None = None) -> list[Meeting]:
    """List the meetings of *project*, the latest first."""
    query = select(Meeting).filter_by(project_id=project.id, deleted=None)
    query = query.where(Meeting.kind == kind) if kind else query
    return list(session.scalars(query.order_by(Meeting.begins.desc(), Meeting.id.desc())))


def ties_at(session: Session, meeting: Meeting) -> list[RecordedTie]:
    """List the ties that were recorded at *meeting*, those taken back too."""
    query = select(RecordedTie).filter_by(
        project_id=meeting.project_id, source=Source.MEETING, about=meeting.title,
        seen=day_of(meeting),
    )  # fmt: skip
    return list(session.scalars(query.order_by(RecordedTie.id)))


def day_of(meeting: Meeting) -> date:
    """Return the day on which people here meet."""
    return meeting.begins.astimezone(ZONE).date()


def has_any(session: Session, project: Project) -> bool:
    query = select(Meeting.id).filter_by(project_id=project.id, deleted=None)
    return session.scalar(query.limit(1)) is not None


def ends(meeting: Meeting) -> datetime:
    return meeting.begins + timedelta(minutes=meeting.minutes)


def add_item(
    session: Session, meeting: Meeting, title: str, minutes: int, form_key: str
) -> None:
    """Put a point at the end of the agenda; the same form does so once.

    :raise FormUsedTwice: when the same form brings another point
    """
    said = {"title": title, "minutes": minutes}
    if not append(session, meeting, form_key=form_key, **said):
        query = select(AgendaItem).filter_by(meeting_id=meeting.id, form_key=form_key)
        refuse_other(session.scalars(query).one(), said)


def key_of_introduction(number: int) -> str:
    """Return the key by which an introduction stands on an agenda once."""
    return f"introduction {number}"


def move(session: Session, meeting: Meeting, item: AgendaItem, up: bool) -> None:
    """Let a point change places with the one before or after it."""
    items: Sequence[AgendaItem] = session.scalars(
        select(AgendaItem)
        .filter_by(meeting_id=meeting.id)
        .order_by(AgendaItem.position, AgendaItem.id)
    ).all()
    order = [each.id for each in items]
    at = order.index(item.id)
    to = at - 1 if up else at + 1
    if 0 <= to < len(order):
        order[at], order[to] = order[to], order[at]
    for position, each in enumerate(order):
        session.execute(update(AgendaItem).filter_by(id=each).values(position=position))


def refuse_other(earlier: object, said: Mapping[str, object]) -> None:
    """See to it that a form says what it said before.

    :raise FormUsedTwice: when it says something else
    """
    if any(getattr(earlier, name) != value for name, value in said.items()):
        raise FormUsedTwice


def append(session: Session, meeting: Meeting, **values: object) -> bool:
    """Put a point at the end of an agenda; return false where it stands there already."""
    last = select(func.max(AgendaItem.position)).filter_by(meeting_id=meeting.id)
    position = (session.scalar(last) or 0) + 1
    place = {"project_id": meeting.project_id, "meeting_id": meeting.id}
    added = insert_once(session, AgendaItem, **place, position=position, **values)
    return added is not None
