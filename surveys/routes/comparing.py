"""Two waves of a project side by side; the address says which, and of which sector."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import format_date, format_decimal, format_percent, gettext

from core import i18n
from core.db import db
from people.current import find, find_all, open_to
from people.models import Role, Sector
from surveys.hiding import Cell
from surveys.models import State, Subject, Survey
from surveys.reporting import comparing, crossing, rating
from surveys.reporting.charts import Text
from surveys.reporting.comparing import Answer, Pair
from surveys.reporting.figures import MISSING, Figure, Part, Row
from surveys.reporting.rating import Rate
from surveys.reporting.tallying import Bin
from surveys.routes import figuring
from surveys.routes.desk import bp
from surveys.routes.reading import Look, look_at
from surveys.routes.wording import in_my_language, sector_name

NAME = "compare"
SHADES = (2, 4)  # of the earlier and the later


@dataclass(frozen=True)
class Wave:
    """One of the two: its answers, how it is called here, and how far those asked came."""

    look: Look
    name: str
    rate: Rate

    @property
    def silent(self) -> int:
        """Who was not reached, or said nothing."""
        return self.rate.asked - self.rate.answered - self.rate.declined


@bp.get("/<slug>/compare")
@open_to(Role.TASK_FORCE)
def compare(slug: str) -> ResponseReturnValue:
    """Choose another survey, and see what changed."""
    survey = find(Survey, slug=slug)
    others = _others(survey)
    waves = _waves(look_at(survey), others)
    pairs = comparing.compare(*(wave.look.reading for wave in waves)) if waves else None
    persons = survey.subject == Subject.PERSONS
    return render_template(
        "surveys/compare.html",
        survey=survey,
        others={each.slug: in_my_language(each.title) for each in others},
        chosen=request.args.get("with", ""),
        sectors={} if persons else {str(each): sector_name(each) for each in Sector},
        sector=_sector(survey) or "",
        waves=waves,
        compared=pairs,
        figures={p.name: _figure(waves, p) for p in pairs.pairs if p.answers} if pairs else {},
        overlap=None if persons or not waves else comparing.overlap(*_rows(waves)),
        name=NAME,
    )


def figure(look: Look, question: str) -> Figure | None:
    """Return the figure of one question in the two waves that the address, or a form, names."""
    waves = _waves(look, _others(look.survey))
    if not waves:
        return None
    pairs = comparing.compare(*(wave.look.reading for wave in waves)).pairs
    found = (pair for pair in pairs if pair.name == question and pair.answers)
    return next((_figure(waves, pair) for pair in found), None)


figuring.also(NAME, figure)


def _others(survey: Survey) -> list[Survey]:
    """List the surveys about the same that have been opened, the newest first."""
    found = find_all(Survey, subject=survey.subject)
    return [each for each in reversed(found) if each is not survey and _opened(each)]


def _opened(survey: Survey) -> bool:
    return survey.state != State.DRAFT


def _sector(survey: Survey) -> Sector | None:
    """Return the sector that the address asks for; of persons there is none."""
    wish = request.values.get("sector", "")
    known = wish in [*Sector] and survey.subject == Subject.ORGANISATIONS
    return Sector(wish) if known else None


def _waves(look: Look, others: Sequence[Survey]) -> list[Wave]:
    """Return the two, the earlier first; nothing while the address names no other."""
    wish = request.values.get("with", "")
    if not wish:
        return []
    other = next((each for each in others if each.slug == wish), None) or abort(404)
    looks = [look, look_at(other, look.everyone)]
    looks.sort(key=lambda each: (each.survey.opened or each.survey.created, each.survey.id))
    names = [_month(each.survey) for each in looks]
    if names[0] == names[1]:
        names = [in_my_language(each.survey.title) for each in looks]
    if names[0] == names[1]:
        names = [each.survey.slug for each in looks]
    return [_wave(each, name) for each, name in zip(looks, names, strict=True)]


def _month(survey: Survey) -> str:
    return str(format_date(survey.opened or survey.created, "LLLL yyyy"))


def _wave(look: Look, name: str) -> Wave:
    rates, sector = rating.rates(db.session, look.survey), _sector(look.survey)
    if sector is None:
        return Wave(look, name, rates.all)
    sectors = crossing.sectors_of(db.session, look.survey)
    field = crossing.by_sector(lambda: sectors, {str(sector): Text("", i18n.language())})
    rows = crossing.narrowed(look.reading.rows, field, str(sector))
    narrowed = replace(look, reading=replace(look.reading, rows=rows))
    return Wave(narrowed, name, rates.by_sector[sector])


def _rows(waves: Sequence[Wave]):  # type: ignore[no-untyped-def]  # tables are heavy
    return (wave.look.reading.rows for wave in waves)


def _figure(waves: Sequence[Wave], pair: Pair) -> Figure:
    one, other = waves
    title = pair.title.text or pair.name
    lines = [(_label(answer), answer) for answer in pair.answers]
    shown = gettext("%(one)s and %(other)s compared", one=one.name, other=other.name)
    ns = (gettext("n = %(num)s", num=format_decimal(n)) for n in pair.n)
    n = " · ".join(f"{wave.name}: {n}" for wave, n in zip(waves, ns, strict=True))
    heads = [
        x for wave in waves for x in (wave.name, gettext("Share, %(wave)s", wave=wave.name))
    ]
    return Figure(
        title=title,
        wording=f"{shown} · {title}",
        language=i18n.language(),
        n=n + (f" · {gettext('several answers possible')}" if pair.several else ""),
        head=(gettext("Answer"), *heads, gettext("Difference in percentage points")),
        table=tuple(
            (label, *_said(answer.one), *_said(answer.other), points(answer.points))
            for label, answer in lines
        ),
        drawn=tuple(row for label, answer in lines for row in _drawn(waves, label, answer)),
        key=tuple((wave.name, shade) for wave, shade in zip(waves, SHADES, strict=True)),
        filters=_filters(waves),
        limits=_limits(waves),
    )


def _drawn(waves: Sequence[Wave], label: str, answer: Answer) -> list[Row]:
    """Return a row for each of the two; the later one says how much its share grew."""
    one, other = (wave.name for wave in waves)
    if answer.points is not None:
        grown = points(answer.points)
        other = gettext("%(wave)s: %(points)s points", wave=other, points=grown)
    names, cells = (f"{label} – {one}", other), (answer.one, answer.other)
    return [_row(*each) for each in zip(names, cells, SHADES, strict=True)]


def _row(name: str, cell: Cell | None, shade: int) -> Row:
    if cell is None:
        return Row(name, (), gettext("not offered"))
    count, share = _said(cell)
    return Row(name, (Part(cell.share, shade),) if cell.share else (), f"{count} ({share})")


def _said(cell: Cell | None) -> tuple[str, str]:
    if cell is None or cell.count is None:
        return MISSING, MISSING
    return str(format_decimal(cell.count)), str(format_percent(cell.share))


def points(number: float | None) -> str:
    """Say by how much a share grew, as in +4.5; nothing stands for what cannot be said."""
    if number is None:
        return MISSING
    sign = "+" if round(number, 1) > 0 else "−" if round(number, 1) < 0 else "±"
    return sign + str(format_decimal(abs(number), "#,##0.0"))


def _label(answer: Answer) -> str:
    label = answer.label
    return figuring.reach(label) if isinstance(label, Bin) else label.text


def _filters(waves: Sequence[Wave]) -> tuple[str, ...]:
    look = waves[0].look
    sector = _sector(look.survey)
    said = (gettext("Sector: %(name)s.", name=sector_name(sector)),) if sector else ()
    return (*figuring.filters(look), *said)


def _limits(waves: Sequence[Wave]) -> tuple[str, ...]:
    """Say for whom it stands: for those who answered, and whom neither of the two reached."""
    if waves[0].look.survey.subject == Subject.PERSONS:
        return figuring.limits(waves[0].look)
    told = (
        gettext(
            "%(wave)s: %(asked)s invited, %(answered)s answered, %(declined)s declined, "
            "%(silent)s not reached or silent.",
            wave=wave.name, asked=wave.rate.asked, answered=wave.rate.answered,
            declined=wave.rate.declined, silent=wave.silent,
        )
        for wave in waves
    )  # fmt: skip
    census = gettext(
        "A census of two lists, no random sample: a difference is what changed among those who "
        "answered."
    )
    return (*told, census)
