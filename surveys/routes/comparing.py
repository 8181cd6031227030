"""Two waves or versions side by side; the address says which, and of which sector."""

from collections.abc import Sequence

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import format_date, format_decimal, format_percent, gettext

from core import i18n
from people.current import find, open_to
from people.models import Role, Sector
from surveys.hiding import Cell
from surveys.kinds import Sample
from surveys.models import Subject, Survey
from surveys.reporting import comparing, versions
from surveys.reporting.comparing import Answer, Pair
from surveys.reporting.figures import MISSING, Figure, Part, Row
from surveys.reporting.tallying import Bin
from surveys.routes import figuring
from surveys.routes.desk import bp
from surveys.routes.reading import Look, look_at
from surveys.routes.waves import (
    Wave,
    Waves,
    other_surveys,
    sector_asked,
    version_pairs,
    waves_asked,
)
from surveys.routes.wording import in_my_language, sector_name

NAME = "compare"
SHADES = (2, 4)  # of the earlier and the later


@bp.get("/<slug>/compare")
@open_to(Role.TASK_FORCE)
def compare(slug: str) -> ResponseReturnValue:
    """Choose another survey, or two versions of this one, and see what changed."""
    survey = find(Survey, slug=slug)
    look = look_at(survey)
    waves, pairs = waves_asked(look), version_pairs(look)
    compared = waves.compared() if waves else None
    persons = survey.subject == Subject.PERSONS
    free = versions.may_be_compared(survey)
    return render_template(
        "surveys/compare.html",
        survey=survey,
        others={each.slug: in_my_language(each.title) for each in other_surveys(survey)},
        versions=pairs if free else {},
        withheld=bool(pairs) and not free,
        chosen=request.args.get("with", ""),
        sectors={} if persons else {str(each): sector_name(each) for each in Sector},
        sector=sector_asked(survey) or "",
        waves=waves,
        compared=compared,
        figures=_figures(waves, compared.pairs) if waves and compared else {},
        overlap=None if persons or not waves else comparing.overlap(*_rows(waves)),
        other_people=other_people(),
        standing=_standing(waves) if waves else "",
        name=NAME,
    )


def figure(look: Look, question: str) -> Figure | None:
    """Return the figure of one question in the two waves that the address, or a form, names."""
    waves = waves_asked(look)
    if not waves:
        return None
    found = (pair for pair in waves.compared().pairs if pair.name == question)
    return next((_figure(waves, pair) for pair in found if pair.answers), None)


figuring.also(NAME, figure)


def _rows(waves: Waves):  # type: ignore[no-untyped-def]  # tables are heavy
    return (wave.look.reading.rows for wave in waves.both)


def _figures(waves: Waves, pairs: Sequence[Pair]) -> dict[str, Figure]:
    return {pair.name: _figure(waves, pair) for pair in pairs if pair.answers}


def _figure(waves: Waves, pair: Pair) -> Figure:
    one, other = both = waves.both
    title = pair.title.text or pair.name
    lines = [(_label(answer), answer) for answer in pair.answers]
    shown = gettext("%(one)s and %(other)s compared", one=one.name, other=other.name)
    ns = (gettext("n = %(num)s", num=format_decimal(n)) for n in pair.n)
    n = " · ".join(f"{wave.name}: {n}" for wave, n in zip(both, ns, strict=True))
    heads = [
        x for wave in both for x in (wave.name, gettext("Share, %(wave)s", wave=wave.name))
    ]
    return Figure(
        title=title,
        wording=" · ".join((shown, title, *_wordings_before(pair))),
        language=i18n.language(),
        n=n + (f" · {gettext('several answers possible')}" if pair.several else ""),
        head=(gettext("Answer"), *heads, gettext("Difference in percentage points")),
        table=tuple(
            (label, *_said(answer.one), *_said(answer.other), points(answer.points))
            for label, answer in lines
        ),
        drawn=tuple(row for label, answer in lines for row in _drawn(both, label, answer)),
        key=tuple((wave.name, shade) for wave, shade in zip(both, SHADES, strict=True)),
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


def _wordings_before(pair: Pair) -> list[str]:
    """Say what was worded differently before: the question, its hint, its answers."""
    before = [(pair.before, pair.title)] if pair.before else []
    label = gettext("Worded differently before:")
    return [f"{label} {old.text} → {new.text}" for old, new in (*before, *pair.reworded)]


def _filters(waves: Waves) -> tuple[str, ...]:
    look = waves.one.look
    sector = sector_asked(look.survey)
    said = (gettext("Sector: %(name)s.", name=sector_name(sector)),) if sector else ()
    return (*figuring.filters(look), *said)


def _limits(waves: Waves) -> tuple[str, ...]:
    """Say for whom it stands: for those who answered, and whom neither of the two reached."""
    if waves.are_versions:
        return _limits_of_versions(waves)
    if waves.one.look.survey.subject == Subject.PERSONS:
        return figuring.limits(waves.one.look)
    told = (
        gettext(
            "%(wave)s: %(asked)s invited, %(answered)s answered, %(declined)s declined, "
            "%(silent)s not reached or silent.",
            wave=wave.name, asked=wave.rate.asked, answered=wave.rate.answered,
            declined=wave.rate.declined, silent=wave.silent,
        )
        for wave in waves.both
    )  # fmt: skip
    return (*told, _standing(waves))


def _standing(waves: Waves) -> str:
    """Say what a difference of two waves means, as those asked were found."""
    if {wave.look.survey.sample for wave in waves.both} == {Sample.CENSUS}:
        said = gettext(
            "A census of two lists, no random sample: a difference is what changed among those "
            "who answered."
        )
    else:
        said = gettext(
            "Not both are a census of a list: a difference holds for those who answered, and "
            "may come from who was asked. No test is made of it."
        )
    return str(said)


def _limits_of_versions(waves: Waves) -> tuple[str, ...]:
    look = waves.one.look
    since = (
        gettext("%(wave)s: asked since %(day)s.", wave=wave.name, day=format_date(wave.since))
        for wave in waves.both
    )
    persons = figuring.limits(look) if look.reading.of_persons else ()
    return (*since, *persons, other_people())


def other_people() -> str:
    """Say why a difference between versions need not come from their wording."""
    return str(
        gettext(
            "Each version was answered by others and at another time: a difference can come "
            "from the new wording, or from who answered when."
        )
    )
