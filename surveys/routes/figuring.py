"""Making figures of what a results page shows, in the words of the reader."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from math import isinf
from typing import Any

from flask import abort
from flask_babel import format_decimal, format_percent, gettext, ngettext

from core import i18n
from core.db import db
from surveys import hiding
from surveys.hiding import PUBLIC, Cell
from surveys.kinds import Sample
from surveys.models import Kind, Subject
from surveys.reporting import rating
from surveys.reporting.charts import Bar, Bars, Clouds, Numbers, Scale
from surveys.reporting.figures import Figure, Part, Row
from surveys.reporting.rating import Rate
from surveys.reporting.tallying import Bin
from surveys.routes.reading import Look
from surveys.routes.wording import in_my_language, sector_name

RATES = "rates"  # the name of the figure that no question has
SHADES = {2: (1, 4), 3: (1, 3, 4), 4: (1, 2, 3, 4), 5: (0, 1, 2, 3, 4)}
OTHERS: dict[str, Callable[[Look, str], Figure | None]] = {}
ALONE = 3  # the shade of a bar that has no others beside it


def figure(look: Look, name: str) -> Figure:
    """Return the figure of one chart of a results page, or answer 404."""
    other, _, question = name.partition(":")
    if other in OTHERS:
        return OTHERS[other](look, question) or abort(404)
    of_invited = look.survey.subject == Subject.ORGANISATIONS and look.survey.kind != Kind.OPEN
    if name == RATES and of_invited:
        return _rates(look)
    charts = (chart for part in look.parts() for chart in part.charts)
    chart = next((each for each in charts if each.name == name), None) or abort(404)
    make: Callable[[Any], dict[str, Any]] | None = MAKERS.get(chart.kind)
    if make is None:
        abort(404)
    return Figure(**known(look, chart.title.text or chart.name), **make(chart))


def public_figure(look: Look, name: str, found: Figure) -> Figure | None:
    """Return of a figure, as it was *found*, what everyone may see, if anything."""
    everyone = look.for_everyone()
    other, _, question = name.partition(":")
    if other in OTHERS:
        seen = OTHERS[other](everyone, question)
        told = (cell for row in seen.table for cell in row[1:]) if seen else ()
        is_told = all(int(cell) >= PUBLIC for cell in told if cell.isdecimal())
        return replace(seen, limits=(_whom(),)) if seen and is_told else None
    if name == RATES:
        every = rating.rates(db.session, look.survey).all
        return _totals(everyone, found, every) if every.answered >= PUBLIC else None
    public = figure(everyone, name)
    return public if any(cell.isdecimal() for row in public.table for cell in row[1:]) else None


def _totals(everyone: Look, rates: Figure, every: Rate) -> Figure:
    """Return who has answered in all, without the sectors, which are small.

    It is rounded where a few would be left between two of its numbers, as the silent.
    """
    counts = (every.asked, every.opened, every.answered, every.declined)
    betrays = any(0 < rest < PUBLIC for rest in _rests(every))
    told = hiding.told if betrays else int
    hidden = (str(told(count)) if count >= PUBLIC else f"< {PUBLIC}" for count in counts)
    return replace(
        rates,
        n=gettext("n = %(num)s", num=told(every.answered)),
        table=((rates.table[-1][0], *hidden),),
        drawn=(),
        limits=limits(everyone) if betrays else (_whom(),),
    )


def _rests(every: Rate) -> tuple[int, ...]:
    """Return how many stand between the numbers of those asked, and are not told."""
    silent = every.asked - every.answered
    rests = (silent, every.asked - every.opened, every.opened - every.answered)
    return (*rests, silent - every.declined) if every.declined >= PUBLIC else rests


def _whom() -> str:
    return str(gettext("It stands for those who answered, not for all."))


def also(name: str, make: Callable[[Look, str], Figure | None]) -> None:
    """Let a figure be made under this *name*, if need be of a question: ``name:question``."""
    OTHERS[name] = make


def known(look: Look, title: str) -> dict[str, Any]:
    """Return what is the same for all figures: whose words, which answers, which limits."""
    return {
        "title": title,
        "wording": f"{in_my_language(look.survey.title)} · {title}",
        "language": i18n.language(),
        "filters": filters(look),
        "limits": limits(look),
    }


def filters(look: Look) -> tuple[str, ...]:
    if look.survey.subject == Subject.PERSONS:
        return ()
    if look.everyone:
        return (gettext("All answers, also several of one organisation."),)
    return (gettext("The leading answer of each organisation."),)


def limits(look: Look) -> tuple[str, ...]:
    """Say for whom the figure stands."""
    if look.reading.public:
        hidden = gettext("Counts are rounded to fives, and below ten nothing is told.")
        return (hidden, _whom())
    if look.survey.subject == Subject.PERSONS:
        steps = gettext(
            "Counts are rounded to fives and move in steps of five people; below five nothing "
            "is told."
        )
        if look.survey.kind == Kind.ANONYMOUS:
            return (steps, gettext("It stands for those who answered, not for all invited."))
        return (steps, gettext("It stands for those who answered, not for all refugees."))
    if look.survey.kind == Kind.OPEN:
        return (gettext("Whoever had the link could answer: it stands for who did, only."),)
    rates = rating.rates(db.session, look.survey)
    if not rates.invited:
        return (gettext("Nobody was invited by name: it stands for who answered, only."),)
    every = rates.all
    silent = every.asked - every.answered - every.declined
    told = gettext(
        "%(answered)s of %(asked)s organisations asked have answered, %(declined)s declined, "
        "%(silent)s were not reached or said nothing.",
        answered=every.answered, asked=every.asked, declined=every.declined, silent=silent,
    )  # fmt: skip
    return (told, _drawn(look.survey.sample))


def _drawn(sample: Sample) -> str:
    """Say for whom those stand who have answered, as they were found."""
    if sample == Sample.RANDOM:
        return str(
            gettext(
                "A random sample of a list: it stands for the whole list only as far as those "
                "who did not answer are like those who did."
            )
        )
    if sample == Sample.OPEN:
        return str(gettext("Neither a census nor a random sample: it stands for who answered."))
    return str(gettext("A census of a list, no random sample: it stands for who answered."))


def _rates(look: Look) -> Figure:
    rates = rating.rates(db.session, look.survey)
    title = gettext("Who has answered, by sector")
    rows = [
        (sector_name(sector), rate) for sector, rate in rates.by_sector.items() if rate.asked
    ]
    table = [*rows, (gettext("all"), rates.all)]
    return Figure(
        title=title,
        wording=f"{in_my_language(look.survey.title)} · {title}",
        language=i18n.language(),
        n=gettext("n = %(num)s", num=rates.all.answered),
        head=(
            gettext("Sector"), gettext("invited"), gettext("opened"), gettext("answered"),
            gettext("declined"),
        ),
        table=tuple(
            (name, *map(str, (rate.asked, rate.opened, rate.answered, rate.declined)))
            for name, rate in table
        ),
        drawn=tuple(
            Row(name, (Part(rate.share, ALONE),), f"{rate.answered}/{rate.asked}")
            for name, rate in rows
        ),
        limits=limits(look),
    )  # fmt: skip


def _of_bars(chart: Bars) -> dict[str, Any]:
    unnamed = [Bar(label, Cell(0, 0.0)) for label in chart.unnamed]
    bars = [(bar.label.text, bar.cell) for bar in (*chart.bars, *unnamed)]
    return _counted(bars, chart.n, gettext("several answers possible") if chart.several else "")


def _of_numbers(chart: Numbers) -> dict[str, Any]:
    more = ""
    if chart.spread:
        more = gettext(
            "median %(median)s, half of them between %(lower)s and %(upper)s",
            **{
                name: format_decimal(getattr(chart.spread, name), "#,##0.##")
                for name in ("median", "lower", "upper")
            },
        )
    return _counted([(reach(bin), cell) for bin, cell in chart.bins], chart.n, more)


def _of_clouds(chart: Clouds) -> dict[str, Any]:
    rows = [(word.text, word.people, cloud) for cloud in chart.clouds for word in cloud.words]
    most = max((people for _, people, _ in rows), default=1)
    wrote = sum(cloud.people for cloud in chart.clouds)
    return {
        "n": ngettext("%(num)s person wrote here.", "%(num)s people wrote here.", wrote),
        "head": (gettext("Word"), gettext("Language"), gettext("People")),
        "table": tuple((text, cloud.language, str(people)) for text, people, cloud in rows),
        "drawn": tuple(
            Row(text, (Part(people / most, ALONE),), str(people)) for text, people, _ in rows
        ),
    }


def _of_scale(chart: Scale) -> dict[str, Any]:
    shades = SHADES[len(chart.steps)]
    steps = [step.text for step in chart.steps]
    rows, table = [], []
    for row in chart.rows:
        label = row.label.text or chart.title.text
        parts: tuple[Part, ...] = ()
        if not row.is_blank and not row.is_hidden:
            parts = tuple(
                Part((cell.count or 0) / row.whole, shade)
                for cell, shade in zip(row.cells, shades, strict=True)
            )
        rows.append(Row(label, parts, _total(row.n)))
        table.append((label, *map(_count, row.cells), _count(row.n)))
    return {
        "n": _total(max((row.n for row in chart.rows), key=lambda n: n.count or 0)),
        "head": (gettext("Question"), *steps, "n"),
        "table": tuple(table),
        "drawn": tuple(rows),
        "key": tuple(zip(steps, shades, strict=True)),
    }


def _counted(bars: list[tuple[str, Cell]], n: Cell, more: str) -> dict[str, Any]:
    return {
        "n": f"{_total(n)}{' · ' if more else ''}{more}",
        "head": (gettext("Answer"), gettext("Count"), gettext("Share")),
        "table": tuple((label, _count(cell), _share(cell)) for label, cell in bars),
        "drawn": tuple(
            Row(label, (Part(cell.share, ALONE),) if cell.count else (), _said(cell))
            for label, cell in bars
        ),
    }


def _said(cell: Cell) -> str:
    share = _share(cell)
    return f"{_count(cell)} ({share})" if share else _count(cell)


def _count(cell: Cell) -> str:
    return cell.mark if cell.count is None else str(format_decimal(cell.count))


def _share(cell: Cell) -> str:
    return "" if cell.count is None else str(format_percent(cell.share))


def _total(n: Cell) -> str:
    if n.count is None and n.mark.startswith("<"):
        return f"n {n.mark}"
    return str(gettext("n = %(num)s", num=_count(n)))


def reach(bin: Bin) -> str:
    if isinf(bin.low):
        return str(gettext("under %(high)s", high=format_decimal(bin.high, "#,##0.##")))
    if isinf(bin.high):
        return str(gettext("%(low)s and more", low=format_decimal(bin.low, "#,##0.##")))
    low, high = format_decimal(bin.low, "#,##0.##"), format_decimal(bin.high, "#,##0.##")
    if bin.low == bin.last:
        return str(low)
    if bin.last is not None:
        last = format_decimal(bin.last, "#,##0")
        return str(gettext("%(low)s to %(high)s", low=low, high=last))
    return str(gettext("%(low)s to under %(high)s", low=low, high=high))


MAKERS: Mapping[str, Callable[[Any], dict[str, Any]]] = {
    "bars": _of_bars,
    "numbers": _of_numbers,
    "scale": _of_scale,
    "words": _of_clouds,
}
