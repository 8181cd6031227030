"""Which two stand side by side: two waves, or two versions of one, as the address says."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import combinations
from typing import TYPE_CHECKING

from flask import abort, request
from flask_babel import format_date

from core import i18n
from core.db import db
from people.current import find_all
from people.models import Sector
from surveys.hiding import told
from surveys.models import State, Subject, Survey
from surveys.reporting import comparing, crossing, rating, versions
from surveys.reporting.charts import Text
from surveys.reporting.comparing import Comparison
from surveys.reporting.rating import Rate
from surveys.routes.reading import Look, look_at
from surveys.routes.wording import in_my_language, version_name

if TYPE_CHECKING:
    from surveys.counting.columns import Table
    from surveys.counting.questions import Version

NUMBERS = re.compile(r"(\d{1,9})\.\.(\d{1,9})", re.ASCII)  # no survey has dots in its slug

NONE = Rate()


@dataclass(frozen=True)
class Wave:
    """One of the two: its answers, how it is called here, and how far those asked came.

    Of a version nobody knows who was asked it and was silent, but since when it was asked.
    """

    look: Look
    name: str
    rate: Rate = NONE
    since: datetime | None = None

    @property
    def silent(self) -> int:
        """Who was not reached, or said nothing."""
        return self.rate.asked - self.rate.answered - self.rate.declined

    @property
    def counted(self) -> int:
        """How many answers it has, as they may be told."""
        number = len(self.look.reading.rows)
        return told(number) if self.look.reading.of_persons else number


@dataclass(frozen=True)
class Waves:
    """The two, the earlier first, and the answers to all other versions if they are two."""

    one: Wave
    other: Wave
    beside: "Table | None" = None

    @property
    def both(self) -> tuple[Wave, Wave]:
        return self.one, self.other

    @property
    def are_versions(self) -> bool:
        return self.one.since is not None

    def compared(self) -> Comparison:
        """Put them side by side, question by question."""
        one, other = (wave.look.reading for wave in self.both)
        return comparing.compare(one, other, self.beside)


def other_surveys(survey: Survey) -> list[Survey]:
    """List the surveys about the same that have been opened, the newest first."""
    found = find_all(Survey, subject=survey.subject)
    return [each for each in reversed(found) if each is not survey and _opened(each)]


def version_pairs(look: Look) -> dict[str, tuple[str, str]]:
    """Return which versions can stand side by side, by their name in the address."""
    pairs = combinations(look.versions(), 2)
    return {
        f"{one.number}..{other.number}": (version_name(one.number), version_name(other.number))
        for one, other in reversed([*pairs])
    }


def sector_asked(survey: Survey) -> Sector | None:
    """Return the sector that the address asks for; of persons there is none."""
    wish = request.values.get("sector", "")
    known = wish in [*Sector] and survey.subject == Subject.ORGANISATIONS
    return Sector(wish) if known else None


def waves_asked(look: Look) -> Waves | None:
    """Return the two; nothing while the address names no other, or they may not be shown."""
    wish = request.values.get("with", "")
    if not wish:
        return None
    if numbers := NUMBERS.fullmatch(wish):
        return _versions(look, {int(number) for number in numbers.groups()})
    others = other_surveys(look.survey)
    other = next((each for each in others if each.slug == wish), None) or abort(404)
    beside = look_at(other, look.everyone)
    looks = [look, beside.for_everyone() if look.reading.public else beside]
    looks.sort(key=lambda each: (each.survey.opened or each.survey.created, each.survey.id))
    one, two = (_wave(each, name) for each, name in zip(looks, _names(looks), strict=True))
    return Waves(one, two)


def _versions(look: Look, numbers: set[int]) -> Waves | None:
    if not versions.may_be_compared(look.survey):
        return None
    found = [each for each in look.versions() if each.number in numbers]
    if len(found) != 2:
        abort(404)
    one, two = (_version(look, each) for each in found)
    persons = look.reading.of_persons
    return Waves(one, two, versions.beside(look.reading, found) if persons else None)


def _version(look: Look, version: "Version") -> Wave:
    reading = versions.of_version(look.answers.questions, look.reading, version)
    look = _narrowed(replace(look, reading=reading), sector_asked(look.survey))
    return Wave(look, version_name(version.number), since=version.created)


def _names(looks: Sequence[Look]) -> list[str]:
    """Return names that tell the two apart: their months, or titles, or addresses."""
    names = [str(format_date(x.survey.opened or x.survey.created, "LLLL yyyy")) for x in looks]
    if names[0] == names[1]:
        names = [in_my_language(each.survey.title) for each in looks]
    if names[0] == names[1]:
        names = [each.survey.slug for each in looks]
    return names


def _opened(survey: Survey) -> bool:
    return survey.state != State.DRAFT


def _wave(look: Look, name: str) -> Wave:
    rates, sector = rating.rates(db.session, look.survey), sector_asked(look.survey)
    rate = rates.by_sector[sector] if sector else rates.all
    return Wave(_narrowed(look, sector), name, rate)


def _narrowed(look: Look, sector: Sector | None) -> Look:
    if sector is None:
        return look
    sectors = crossing.sectors_of(db.session, look.survey)
    field = crossing.by_sector(lambda: sectors, {str(sector): Text("", i18n.language())})
    rows = crossing.narrowed(look.reading.rows, field, str(sector))
    return replace(look, reading=replace(look.reading, rows=rows))
