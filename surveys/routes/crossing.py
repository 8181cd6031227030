"""Any two questions crossed, narrowed by the answer to a third; the address says it all."""

from collections.abc import Mapping, Sequence
from functools import partial

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_decimal, format_percent, gettext

from core import i18n, web
from core.db import db
from people.current import find, open_to
from people.models import Role, Sector
from surveys.models import Survey
from surveys.reporting import crossing, lens, testing
from surveys.reporting.charts import Text
from surveys.reporting.crossing import Crossed, Field
from surveys.reporting.figures import Figure, Part, Row
from surveys.routes import figuring
from surveys.routes.desk import bp
from surveys.routes.reading import Look, look_at
from surveys.routes.wording import sector_name, version_name

NAME = "cross"


@bp.get("/<slug>/cross")
@open_to(Role.TASK_FORCE)
def cross(slug: str) -> ResponseReturnValue:
    """Choose two questions and see them crossed."""
    survey = find(Survey, slug=slug)
    look = look_at(survey)
    offered = _fields(look)
    crossed = _crossed(look, offered)
    shown = crossed and crossing.to_tell(crossed, look.reading.of_persons)
    chosen = {name: request.args.get(name, "") for name in ("rows", "columns", "where", "lens")}
    if look.reading.of_persons:
        chosen["columns"] = survey.lens or ""
    return render_template(
        "surveys/cross.html",
        survey=survey,
        look=look,
        fields={name: _title(field) for name, field in offered.items()},
        lenses=[] if survey.lens else _lenses(look, offered),
        narrow=_narrowing(look, offered),
        chosen=chosen,
        crossed=shown,
        refused=crossed is not None and not shown,
        figure=_figure(look, offered, shown) if shown else None,
        name=NAME,
    )


@bp.post("/<slug>/lens")
def choose_lens(slug: str) -> ResponseReturnValue:
    """Choose the question with which all others are crossed, of persons."""
    survey = find(Survey, slug=slug)
    look, name = look_at(survey), request.form.get("lens", "")
    if name not in _lenses(look, _fields(look)):
        abort(422)

    lens.choose(db.session, survey, name)
    db.session.commit()
    return web.back(url_for(".cross", slug=slug), gettext("Chosen."))


def figure(look: Look, _question: str) -> Figure | None:
    """Return the figure of the table that the address, or a form, asks for."""
    offered = _fields(look)
    crossed, reading = _crossed(look, offered), look.reading
    shown = crossed and crossing.to_tell(crossed, reading.of_persons, reading.k)
    return _figure(look, offered, shown) if shown else None


figuring.also(NAME, figure)


def _fields(look: Look) -> dict[str, Field]:
    names = {str(each): Text(sector_name(each), i18n.language()) for each in Sector}
    sectors = partial(crossing.sectors_of, db.session, look.survey)
    versions = {
        each.id: (str(each.number), Text(version_name(each.number), i18n.language()))
        for each in look.versions()
    }
    return crossing.fields(look.reading, sectors, names, versions)


def _lenses(look: Look, offered: Mapping[str, Field]) -> list[str]:
    if not look.reading.of_persons:
        return []
    return look.kept("lenses", lambda: crossing.lenses(look.reading.rows, offered))


def _crossed(look: Look, offered: Mapping[str, Field]) -> Crossed | None:
    wanted = request.values.get("columns", "")
    other = offered.get(look.survey.lens or "" if look.reading.of_persons else wanted)
    one = offered.get(request.values.get("rows", ""))
    if one is None or other is None or one.name == other.name:
        return None
    rows = look.reading.rows
    if chosen := _narrowed_by(look, offered):
        rows = crossing.narrowed(rows, *chosen)
    return crossing.cross(rows, one, other, whole=look.reading.of_persons)


def _narrowed_by(look: Look, offered: Mapping[str, Field]) -> tuple[Field, str] | None:
    """Return the field and answer that the table is narrowed by; of persons there is none."""
    name, _, answer = request.values.get("where", "").partition(":")
    field = None if look.reading.of_persons else offered.get(name)
    if field is None or answer not in dict(field.answers):
        return None
    return field, answer


def _narrowing(look: Look, offered: Mapping[str, Field]) -> dict[str, dict[str, str]]:
    if look.reading.of_persons:
        return {}
    return {
        _title(field): {f"{name}:{code}": text.text for code, text in field.answers}
        for name, field in offered.items()
    }


def _title(field: Field) -> str:
    facts = {crossing.SECTOR: gettext("Sector"), crossing.VERSION: gettext("Version")}
    return facts.get(field.name) or field.title.text or field.name


def _figure(look: Look, offered: Mapping[str, Field], crossed: Crossed) -> Figure:
    one, other = _title(crossed.rows), _title(crossed.columns)
    columns = [text.text for _, text in crossed.columns.answers]
    labels = [text.text for _, text in crossed.rows.answers]
    lines = [*zip(labels, crossed.counts, crossed.sums, strict=True)]
    known = figuring.known(look, gettext("%(one)s × %(other)s", one=one, other=other))
    if chosen := _narrowed_by(look, offered):
        field, answer = chosen
        said = gettext(
            "Only those with %(question)s: %(answer)s.",
            question=_title(field), answer=dict(field.answers)[answer].text,
        )  # fmt: skip
        known["filters"] = (*known["filters"], said)
    several = crossed.columns.several
    shades = () if several else figuring.SHADES.get(len(columns), ())
    n = gettext("n = %(num)s", num=format_decimal(crossed.n))
    left = gettext("%(num)s answered only one of the two, or none.", num=crossed.apart)
    more = [gettext("several answers possible")] if several else []
    if not look.reading.public:  # a few could be told by what is missing
        more.insert(0, left)
    known["limits"] = (*known["limits"], *_tested(look, crossed))
    return Figure(
        **known,
        n=" · ".join((n, *more)),
        head=(one, *columns, "n"),
        table=tuple((label, *map(str, counts), str(n)) for label, counts, n in lines),
        drawn=tuple(
            Row(label, _parts(counts, shades), gettext("n = %(num)s", num=n))
            for label, counts, n in lines
        ),
        key=tuple(zip(columns, shades, strict=False)),
    )


def _tested(look: Look, crossed: Crossed) -> tuple[str, ...]:
    """Say what a test says, by its name; only of a random sample, one answer of each."""
    several = crossed.rows.several or crossed.columns.several
    if several or look.everyone or not testing.may_be_tested(look.survey):
        return ()
    tested = testing.independence(crossed.counts)
    if tested is None:
        return ()
    if tested.p is None:
        few = gettext(
            "No test: the chi-square test needs 5 or more to be expected in every field; in "
            "%(few)s of %(fields)s fewer are.",
            few=tested.few, fields=tested.fields,
        )  # fmt: skip
        return (few,)
    p = gettext("p = %(value)s", value=format_decimal(tested.p, "0.000"))
    least = gettext("p < %(value)s", value=format_decimal(0.001, "0.000"))
    said = gettext(
        "Chi-square test of independence (Pearson): χ² = %(value)s, df = %(freedom)s, %(p)s, "
        "n = %(num)s; 5 or more are expected in every field. p is how often chance alone would "
        "make a difference as large.",
        value=format_decimal(tested.chi_square, "0.00"), freedom=tested.freedom,
        p=least if tested.p < 0.001 else p, num=format_decimal(tested.n),
    )  # fmt: skip
    return (said,)


def _parts(counts: Sequence[int], shades: Sequence[int]) -> tuple[Part, ...]:
    """Return a bar in shades; with more answers than shades only the table tells."""
    whole = sum(counts) or 1
    return tuple(Part(n / whole, shade) for n, shade in zip(counts, shades, strict=False))


@bp.app_template_filter("share_of")
def share_of(count: int, whole: int) -> str:
    """Return a count as a share of its row, as people read it."""
    return str(format_percent(count / whole)) if whole else ""
