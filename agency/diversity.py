"""On how many feet organisations stand: how diverse their income is, and how soon it ends.

D = (1 − Σ s²) / (1 − 1/m), with the shares s of m = 6 kinds of income: 0 when all comes from
one kind, 1 when from all in equal parts. "Projektitis" is the share of income that ends
within twelve months. A survey asks for it in classes: the middle of each is computed with,
and the bounds of all classes together tell within which limits the mean lies.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Any

from sqlalchemy import ColumnElement, Select, Text, cast, or_, select
from sqlalchemy.orm import Session

from people.models import Organisation, Project, Sector
from people.names.merging import merged
from surveys.hiding import PUBLIC
from surveys.models import Response, State, Subject, Survey, SurveyVersion

KINDS = ("public", "fee", "market", "donation", "member", "other")
ENDING = "inc_expiring"  # in a survey; the register has its per cent
CLASSES: Mapping[str, tuple[float, float, float]] = {  # middle, from, to; per cent
    "0": (0, 0, 0),
    "1_25": (12.5, 1, 25),
    "26_50": (37.5, 26, 50),
    "51_75": (62.5, 51, 75),
    "76_100": (87.5, 76, 100),
}
REGISTER = "register"


@dataclass(frozen=True)
class Income:
    """What is known of the income of an organisation in one wave."""

    organisation: Organisation
    d: float | None
    ending: float | None  # per cent, or the middle of its class
    least: float | None
    most: float | None
    shares: tuple[float | None, ...] = ()  # of each kind, as it was told


@dataclass(frozen=True)
class Mean:
    """Of a sector: the means, of how many, and within which limits the second one lies."""

    sector: str  # nothing: of all
    n: int
    d: float | None
    n_ending: int
    ending: float | None
    least: float | None
    most: float | None

    @property
    def is_exact(self) -> bool:
        """Whether it was told in per cent, not in classes."""
        return self.least == self.most


@dataclass(frozen=True)
class Wave:
    """A survey, or the register itself, with what it tells."""

    survey: Survey | None  # nothing: the register
    incomes: Sequence[Income]

    @property
    def key(self) -> str:
        return self.survey.slug if self.survey else REGISTER


def diversification(shares: Iterable[float | None]) -> float | None:
    """Return D of what comes from each kind of income; nothing where none is told."""
    told = [max(0.0, float(each or 0)) for each in shares]
    whole = sum(told)
    if not whole:
        return None
    return (1 - sum((each / whole) ** 2 for each in told)) / (1 - 1 / len(KINDS))


def waves_of(session: Session, project: Project) -> list[Wave]:
    """Return all that tells of income: the register first, then the surveys by age."""
    return [*_waves(session, project)]


def tells(session: Session, project: Project) -> bool:
    """Whether anything tells of income; every page asks, so little is read where none is."""
    noted = select(Organisation.id).where(
        Organisation.project_id == project.id, _speaks_of_income(Organisation.details)
    )
    if not session.scalar(select(or_(noted.exists(), _asking(project).exists()))):
        return False
    return any(True for _ in _waves(session, project))


def _waves(session: Session, project: Project) -> Iterator[Wave]:
    query = select(Organisation).filter_by(project_id=project.id, deleted=None)
    listed = list(session.scalars(query.order_by(Organisation.name)))
    register = [
        _of(each, each.details, each.details.get("inc_expiring_pct")) for each in listed
    ]
    if known := _known(register):
        yield Wave(None, known)
    into = merged(session, project)
    asked = _asking(project).order_by(Survey.opened, Survey.id)
    for survey in session.scalars(asked).all():
        if known := _known(_answers(session, survey, listed, into)):
            yield Wave(survey, known)


def _asking(project: Project) -> Select[Survey]:
    """Select the surveys of organisations that ask for income."""
    query = select(Survey).filter_by(
        project_id=project.id, subject=Subject.ORGANISATIONS, deleted=None
    )
    asks = SurveyVersion.survey_id == Survey.id, _speaks_of_income(SurveyVersion.definition)
    return query.where(
        Survey.state != State.DRAFT, select(SurveyVersion.id).where(*asks).exists()
    )


def _speaks_of_income(document: Any) -> ColumnElement[bool]:
    return cast(document, Text).contains('"inc_', autoescape=True)


def means(wave: Wave, k: int = 1) -> list[Mean]:
    """Return the means of each sector and of all; of fewer than *k* nothing is told.

    Where a sector is left out, all together are too: the difference would betray it.
    """
    found, hidden = [], 0
    for sector in Sector:
        incomes = [each for each in wave.incomes if each.organisation.sector == sector]
        if min(_counts(incomes)) >= k or (incomes and k == 1):
            found.append(_mean(sector, incomes))
        else:
            hidden += len(incomes)
    if not hidden:
        found.append(_mean("", wave.incomes))
    return found


def for_outside(waves: Sequence[Wave]) -> list[Wave]:
    """Return the one wave whose figures may leave the team: the latest that has any.

    Two of them beside each other would tell of an organisation that is in one alone.
    """
    telling = [wave for wave in waves if means(wave, PUBLIC)]
    return telling[-1:] or [*waves[-1:]]


def changes(waves: Sequence[Wave]) -> list[tuple[Organisation, list[Income | None]]]:
    """Return for every organisation, by name, what each wave tells of it."""
    rows: dict[int, tuple[Organisation, list[Income | None]]] = {}
    for place, wave in enumerate(waves):
        for income in wave.incomes:
            it = income.organisation
            _, line = rows.setdefault(it.id, (it, [None] * len(waves)))
            line[place] = income
    return sorted(rows.values(), key=lambda row: row[0].name.casefold())


def outside_limit() -> int:
    """How many organisations a figure needs before it leaves the team."""
    return PUBLIC


def _mean(sector: str, incomes: Sequence[Income]) -> Mean:
    ds = [each.d for each in incomes if each.d is not None]
    ending = [each.ending for each in incomes if each.ending is not None]
    least = [each.least for each in incomes if each.least is not None]
    most = [each.most for each in incomes if each.most is not None]
    limits = [fmean(each) if each else None for each in (ds, ending, least, most)]
    return Mean(sector, len(ds), limits[0], len(ending), *limits[1:])


def _counts(incomes: Sequence[Income]) -> tuple[int, int]:
    """How many tell of the one, and of the other."""
    return (
        sum(each.d is not None for each in incomes),
        sum(each.ending is not None for each in incomes),
    )


def _answers(
    session: Session, survey: Survey, listed: Sequence[Organisation], into: Mapping[int, int]
) -> list[Income]:
    known = {each.id: each for each in listed}
    query = select(Response).filter_by(survey_id=survey.id, leading=True)
    found: dict[int, Income] = {}
    for response in session.scalars(query.where(Response.submitted.is_not(None))):
        number = response.organisation_id or 0
        it = known.get(into.get(number, number))
        if it and (it.id not in found or it.id == number):
            found[it.id] = _of(it, response.answers, response.answers.get(ENDING))
    return [*found.values()]


def _of(it: Organisation, told: Mapping[str, Any], ending: Any) -> Income:
    shares = tuple(_number(told.get(f"inc_{kind}")) for kind in KINDS)
    if isinstance(ending, str) and ending in CLASSES:
        return Income(it, diversification(shares), *CLASSES[ending], shares)
    exact = _number(ending) if not isinstance(ending, str) else None
    return Income(it, diversification(shares), exact, exact, exact, shares)


def _number(value: Any) -> float | None:
    return float(value) if isinstance(value, int | float) else None


def _known(incomes: Iterable[Income]) -> list[Income]:
    return [each for each in incomes if (each.d, each.ending) != (None, None)]
