"""The task force: who is in it, and whether the four sectors are in balance."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from core.errors import FormUsedTwice, Refusal, message
from core.models import insert_once
from people.models import Organisation, Project, Sector, TaskForceMember
from people.naming import registered


class NobodyNamed(Refusal):
    """A seat in the task force needs a person or an organisation."""

    reason = message("Please give a name, or choose an organisation.")


class SectorMissing(Refusal):
    """Whoever comes from outside the register brings a sector."""

    reason = message("Please choose a sector.")


@dataclass(frozen=True)
class Share:
    """How many of the task force come from one sector."""

    sector: Sector
    members: int
    percent: int  # of the longest bar
    weak: bool
    suggestion: Organisation | None

    @property
    def missing(self) -> bool:
        return not self.members


def members(session: Session, project: Project) -> list[TaskForceMember]:
    """Return the task force, sector by sector in the order in which people came."""
    query = select(TaskForceMember).filter_by(project_id=project.id)
    found = session.scalars(query.order_by(TaskForceMember.id)).all()
    return sorted(found, key=lambda member: [*Sector].index(member.sector))


def add_member(
    session: Session,
    project: Project,
    *,
    form_key: str,
    name: str = "",
    organisation: Organisation | None = None,
    affiliation: str = "",
    sector: Sector | None = None,
) -> TaskForceMember:
    """Give somebody a seat, for an organisation of the register or for another one.

    :raise NobodyNamed: when neither a person nor an organisation is given
    :raise SectorMissing: when no organisation says which sector it is
    :raise FormUsedTwice: when the same form brings somebody else
    """
    if not (name or affiliation or organisation):
        raise NobodyNamed
    sector = sector or (organisation.sector if organisation else None)
    if not sector:
        raise SectorMissing
    key = {"project_id": project.id, "form_key": form_key}
    values: dict[str, object] = {"name": name, "affiliation": affiliation, "sector": sector}
    values["organisation_id"] = organisation.id if organisation else None
    member = insert_once(session, TaskForceMember, **key, **values)
    if not member:
        member = session.scalars(select(TaskForceMember).filter_by(**key)).one()
        if any(getattr(member, name) != value for name, value in values.items()):
            raise FormUsedTwice
    _mark(session, project)
    return member


def remove_member(session: Session, member: TaskForceMember) -> None:
    """Take a seat away; removing it twice is removing it once."""
    project = session.get_one(Project, member.project_id)
    session.execute(delete(TaskForceMember).filter_by(id=member.id))
    _mark(session, project)


def balance(session: Session, project: Project) -> list[Share]:
    """Return the sectors with their members, and whom to ask where there are few."""
    seats = members(session, project)
    taken = {member.organisation_id for member in seats}
    free = [each for each in registered(session, project) if each.id not in taken]
    counts = Counter(member.sector for member in seats)
    longest = max([5, *counts.values()])
    shares = []
    for sector in Sector:
        few = is_weak(counts[sector], len(seats))
        ask = best_to_ask(free, sector) if few else None
        percent = round(100 * counts[sector] / longest)
        shares.append(Share(sector, counts[sector], percent, few, ask))
    return shares


def is_weak(of_sector: int, of_all: int) -> bool:
    """Tell whether a sector has at most two thirds of its fair quarter."""
    return not of_sector or of_sector * 6 <= of_all


def best_to_ask(organisations: Iterable[Organisation], sector: Sector) -> Organisation | None:
    """Return the organisation of *sector* that needs and offers most, the oldest of these."""
    ours = [each for each in organisations if each.sector == sector]
    return max(ours, key=lambda each: (len(each.terms), -each.id), default=None)


def _mark(session: Session, project: Project) -> None:
    """Let the register say who is in the task force, as its members say."""
    session.flush()
    seats = select(TaskForceMember.organisation_id).filter_by(project_id=project.id)
    seated = Organisation.id.in_(seats.where(TaskForceMember.organisation_id.is_not(None)))
    session.execute(
        update(Organisation)
        .where(Organisation.project_id == project.id, Organisation.in_task_force != seated)
        .values(in_task_force=seated)
    )
