"""The queue: which cases there are, in which state, and which waits longest."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from agency.cases.models import Appointment, Case, Event, Handover
from agency.cases.seeing import is_for, is_free, may_see
from core.clock import ZONE
from people.models import Membership, Organisation, Project
from people.names.merging import merged
from people.naming import fold

MINE, NOBODYS = "mine", "nobody"


class State(StrEnum):
    """Where a case stands."""

    FREE = "free"
    RUNNING = "running"
    OFFERED = "offered"
    CLOSED = "closed"


@dataclass(frozen=True)
class Line:
    """A case as the queue shows it."""

    case: Case
    organisation: Organisation  # as it goes by now
    handover: Handover | None
    meets: datetime | None  # the next appointment
    days: int  # since something happened

    @property
    def state(self) -> State:
        return state_of(self.case, self.handover)

    @property
    def waits(self) -> bool:
        """Whether somebody should do something: it is open, and no appointment lies ahead."""
        return self.state != State.CLOSED and self.meets is None


@dataclass(frozen=True)
class Wanted:
    """What is looked for in the queue; what is empty does not matter."""

    q: str = ""
    kind: str = ""
    state: str = ""  # or "open": all but the closed ones
    owner: str = ""  # mine, nobody, or the number of a member; p and a number of a provider

    def fits(self, line: Line, member: Membership) -> bool:
        case, words = line.case, fold(self.q).split()
        text = fold(f"{case.code} {case.title} {line.organisation.name}")
        return (
            all(word in text for word in words)
            and self.kind in ("", case.kind)
            and (self.state in ("", line.state) or self._is_open(line))
            and (not self.owner or self.owner in _owners(line, member))
        )

    def _is_open(self, line: Line) -> bool:
        return self.state == "open" and line.state != State.CLOSED


def state_of(case: Case, handover: Handover | None) -> State:
    """Tell where a case stands; *handover* is the one that waits for an answer."""
    if case.closed:
        return State.CLOSED
    if handover:
        return State.OFFERED
    return State.FREE if is_free(case) else State.RUNNING


def queue(session: Session, project: Project, member: Membership, now: datetime) -> list[Line]:
    """List what *member* may see: open ones first, of these what waits longest."""
    query = select(Case).filter_by(project_id=project.id, deleted=None)
    whole = joinedload(Case.organisation), joinedload(Case.owner), joinedload(Case.provider)
    offers = select(Handover).filter_by(project_id=project.id, waits=True)
    waiting = {each.case_id: each for each in session.scalars(offers)}
    meets, known = _next_meetings(session, project, now), _known(session, project)
    lines = [
        Line(
            case,
            known.get(case.organisation_id, case.organisation),
            waiting.get(case.id),
            None if case.closed else meets.get(case.id),
            days_between(case.moved, now),
        )
        for case in session.scalars(query.options(*whole))
        if may_see(case, waiting.get(case.id), member)
    ]
    return sorted(lines, key=_order)


def for_me(lines: Iterable[Line], member: Membership) -> list[Line]:
    """Return what waits for the yes of *member*."""
    return [line for line in lines if is_for(line.handover, member)]


def organisation_of(session: Session, project: Project, case: Case) -> Organisation:
    """Return whom a case is about, as it goes by now."""
    return _known(session, project).get(case.organisation_id, case.organisation)


def has_any(session: Session, project: Project) -> bool:
    """Tell whether anybody was ever advised in a project."""
    query = select(Case.id).filter_by(project_id=project.id, deleted=None)
    return bool(session.scalar(select(query.exists())))


def days_between(earlier: datetime, later: datetime) -> int:
    """Return how many days ago something was, as a calendar counts them."""
    return (later.astimezone(ZONE).date() - earlier.astimezone(ZONE).date()).days


def _order(line: Line) -> tuple[bool, bool, datetime, int]:
    case = line.case
    return line.state == State.CLOSED, not line.waits, line.meets or case.moved, case.number


def _owners(line: Line, member: Membership) -> set[str]:
    case = line.case
    if is_free(case):
        return {NOBODYS}
    mine = case.owner_id == member.id or (
        member.provider_id is not None and case.provider_id == member.provider_id
    )
    return {str(case.owner_id), f"p{case.provider_id}"} | ({MINE} if mine else set())


def _next_meetings(session: Session, project: Project, now: datetime) -> Mapping[int, datetime]:
    query = select(Appointment.case_id, func.min(Appointment.at))
    query = query.where(Appointment.project_id == project.id, Appointment.at >= now)
    query = query.where(Appointment.was == Event.ARRANGED).group_by(Appointment.case_id)
    return {case: at for case, at in session.execute(query)}  # noqa: C416 - rows are no pairs


def _known(session: Session, project: Project) -> Mapping[int, Organisation]:
    """Return, for everyone merged, the entry they go by now."""
    into = merged(session, project)
    kept = select(Organisation).where(Organisation.id.in_({*into.values()}))
    found = {each.id: each for each in session.scalars(kept)} if into else {}
    return {gone: found[each] for gone, each in into.items()}
