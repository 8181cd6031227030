"""Who is to meet, on which agenda: a pair stands on a second one only when somebody says so.

A pair is two organisations as they are known now; entries that were merged are one.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from agency.meetings.holding import append, key_of_introduction
from agency.meetings.models import AgendaItem, Meeting
from core.errors import Refusal, message
from networks.models import Introduction, Stage
from people.models import Project
from people.names.merging import merged

Ends = frozenset[int]
MINUTES = 5  # that an introduction takes


class NotPlanned(Refusal):
    reason = message("These two are not to meet any more, or they have met already.")


@dataclass(frozen=True)
class Twice:
    """A pair that is to meet, and the meeting on whose agenda it stands already."""

    introduction: Introduction
    meeting: Meeting


class Pairs:
    """All pairs of a project, and the meetings on whose agendas they stand."""

    def __init__(self, session: Session, project: Project) -> None:
        self._into = merged(session, project)
        query = select(Introduction).filter_by(project_id=project.id, stage=Stage.PLANNED)
        self.planned = list(session.scalars(query.order_by(Introduction.id)))
        standing = select(Introduction, Meeting).join(
            AgendaItem, AgendaItem.introduction_id == Introduction.id
        )
        standing = standing.join(Meeting, Meeting.id == AgendaItem.meeting_id)
        standing = standing.where(Meeting.project_id == project.id, Meeting.deleted.is_(None))
        self._standing: dict[Ends, list[Meeting]] = {}
        for each, meeting in session.execute(standing.order_by(Meeting.begins, Meeting.id)):
            self._standing.setdefault(self.ends(each), []).append(meeting)

    def ends(self, each: Introduction) -> Ends:
        return frozenset(self._into.get(one, one) for one in (each.a_id, each.b_id))

    def meetings_of(self, each: Introduction) -> list[Meeting]:
        """List the meetings at which these two are introduced, the earliest first."""
        return self._standing.get(self.ends(each), [])

    @property
    def waiting(self) -> list[Introduction]:
        """List who is to meet and stands on no agenda yet, each pair once."""
        found = {self.ends(each): each for each in reversed(self.planned)}
        return [each for ends, each in reversed(found.items()) if ends not in self._standing]

    def elsewhere(self, meeting: Meeting) -> list[Twice]:
        """List who is to meet and stands on another agenda, but not on that of *meeting*."""
        found = {self.ends(each): each for each in reversed(self.planned)}
        return [
            Twice(each, standing[0])
            for each in reversed(found.values())
            if (standing := self.meetings_of(each)) and meeting not in standing
        ]

    def twice(self, meeting: Meeting) -> Mapping[int, Meeting]:
        """Return, by the numbers of points of an agenda, where else the pair stands."""
        return {
            item.id: others[0]
            for item in meeting.items
            if item.introduction
            and (others := [e for e in self.meetings_of(item.introduction) if e != meeting])
        }


def take(session: Session, meeting: Meeting, project: Project) -> int:
    """Put everyone who waits to meet on the agenda of *meeting*; return how many that are.

    Whoever takes them for another meeting at the same time waits in line, and finds them
    taken.
    """
    _wait_in_line(session, project)
    found = Pairs(session, project).waiting
    for each in found:
        _put(session, meeting, each)
    return len(found)


def take_too(
    session: Session, meeting: Meeting, project: Project, introduction: Introduction
) -> None:
    """Put a pair on this agenda knowingly, wherever else it stands.

    :raise NotPlanned: when the two are not to meet any more
    """
    _wait_in_line(session, project)
    if introduction.stage != Stage.PLANNED:
        raise NotPlanned
    if meeting not in Pairs(session, project).meetings_of(introduction):
        _put(session, meeting, introduction)


def _put(session: Session, meeting: Meeting, each: Introduction) -> None:
    key = key_of_introduction(each.id)
    append(session, meeting, title="", minutes=MINUTES, introduction_id=each.id, form_key=key)


def _wait_in_line(session: Session, project: Project) -> None:
    turn = update(Project).where(Project.id == project.id).values(version=Project.version)
    session.execute(turn)
