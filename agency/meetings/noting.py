"""What is noted of a meeting: minutes, resolutions, new ties."""

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from agency.meetings.holding import day_of, refuse_other, ties_at
from agency.meetings.models import AgendaItem, Meeting, Resolution
from core.models import change_as_seen, insert_once
from networks.models import RecordedTie, Source
from networks.recording import record
from people.models import Organisation, Project


def write_minutes(
    session: Session, meeting: Meeting, summary: str, notes: Mapping[int, str], version: int
) -> None:
    """Replace the minutes, if nobody has changed them since *version* was shown.

    :raise ChangedMeanwhile: when somebody has
    """
    change_as_seen(session, meeting, version, summary=summary)
    for item_id, text in notes.items():
        point = update(AgendaItem).filter_by(id=item_id, meeting_id=meeting.id)
        session.execute(point.values(notes=text))


def decide(
    session: Session, meeting: Meeting, text: str, who: str, due: date | None, form_key: str
) -> None:
    """Note a resolution; the same form does so once.

    :raise FormUsedTwice: when the same form brings another one
    """
    place = {"project_id": meeting.project_id, "meeting_id": meeting.id}
    said = {"text": text, "who": who, "due": due}
    if not insert_once(session, Resolution, **place, **said, form_key=form_key):
        query = select(Resolution).filter_by(meeting_id=meeting.id, form_key=form_key)
        refuse_other(session.scalars(query).one(), said)


def open_resolutions(session: Session, project: Project) -> list[Resolution]:
    """List what was decided and is not done, what is due first before all others."""
    query = select(Resolution).join(Meeting, Meeting.id == Resolution.meeting_id)
    query = query.where(Resolution.project_id == project.id, Resolution.done.is_(None))
    query = query.where(Meeting.deleted.is_(None))
    found = session.scalars(query.order_by(Resolution.id)).all()
    return sorted(found, key=lambda each: (each.due is None, each.due or date.min))


def note_tie(
    session: Session, meeting: Meeting, one: Organisation, other: Organisation, by: str
) -> RecordedTie:
    """Record that two met and work together; to say it twice is to say it once."""
    project = session.get_one(Project, meeting.project_id)
    at = Source.MEETING, meeting.title, day_of(meeting)
    return record(session, project, one, other, *at, by=by)


def ties_of(session: Session, meeting: Meeting) -> list[RecordedTie]:
    """List the ties that were recorded at *meeting* and count."""
    return [each for each in ties_at(session, meeting) if each.removed is None]


def finish(session: Session, resolution: Resolution, now: datetime | None) -> None:
    """Note that something is done, or, without a moment, that it is not."""
    session.execute(update(Resolution).filter_by(id=resolution.id).values(done=now))
