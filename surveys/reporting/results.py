"""What the answers to a survey say: for each question a chart that is a table, too."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING, Any

from core.stems import base
from surveys import hiding
from surveys.definition import Choice, Definition, Item, Texts, text_in
from surveys.hiding import Cell
from surveys.models import Subject
from surveys.questionnaires.lengths import is_about_itself
from surveys.questionnaires.scales import Block, blocks, is_scale, steps_of
from surveys.reporting import tallying
from surveys.reporting.charts import (
    Bar,
    Bars,
    Chart,
    Cloud,
    Clouds,
    Elsewhere,
    Numbers,
    Part,
    Place,
    Scale,
    ScaleRow,
    Text,
)  # fmt: skip
from surveys.reporting.words import word_list

if TYPE_CHECKING:
    from surveys.counting.columns import Table

SMALL_LANGUAGE = 2  # times k: below so many texts of persons a language has no list
OTHERS = "…"
MONTHS = 12  # more, and dates are counted by year


@dataclass(frozen=True)
class Reading:
    """The answers of a survey, with the form they answer and the language of the reader."""

    definition: Definition
    rows: "Table"
    subject: Subject
    language: str
    public: bool = False  # as everyone may see it

    @property
    def of_persons(self) -> bool:
        return self.subject is Subject.PERSONS

    @property
    def hides(self) -> bool:
        """Whether small counts are hidden, and others rounded."""
        return self.of_persons or self.public

    @property
    def k(self) -> int:
        """How many people must stand behind what is told of them."""
        return hiding.PUBLIC if self.public else hiding.K

    def parts(self) -> Iterator[Part]:
        """Yield the parts of the form with the charts of their questions.

        What is asked about the survey itself, as consents, stands at the end.
        """
        beside: list[Chart] = []
        for part in self._parts():
            beside += [chart for chart in part.charts if chart.name in self._about_itself]
            charts = tuple(c for c in part.charts if c.name not in self._about_itself)
            if charts:
                yield replace(part, charts=charts)
        if beside:
            yield Part(self.text({}), tuple(beside), beside=True)

    @cached_property
    def _about_itself(self) -> set[str]:
        walk = self.definition.walk()
        return {item.name for item in walk if is_about_itself(self.definition, item)}

    def _parts(self) -> Iterator[Part]:
        for grouped, run in groupby(self.definition.items, lambda item: item.kind == "group"):
            if not grouped:
                yield from self._part(None, tuple(run))
                continue
            for group in run:
                yield from self._part(group, group.items)

    def chart(self, block: Block) -> Chart:
        """Return what one question, or one matrix, says."""
        item = block.questions[0]
        if place := place_of(item):
            return Elsewhere(item.name, self.text(item.label), place)
        if is_scale(self.definition, item):
            return self._scale(block)
        return CHARTS.get(item.type, Reading._bars)(self, item)

    def clouds(self, *items: Item) -> Clouds:
        """Return the words of one question, or of several together, apart by language."""
        told = hiding.told if self.hides else int
        clouds = (
            Cloud(language, told(len(texts)), tuple(word_list(texts, language, self.k, told)))
            for language, texts in sorted(self._texts(items).items(), key=lambda x: -len(x[1]))
            if not self.hides or len(texts) >= SMALL_LANGUAGE * self.k
        )
        found = tuple(cloud for cloud in clouds if cloud.words)
        return Clouds(items[0].name, self.text(items[0].label), found, self.k)

    def open_questions(self) -> list[Item]:
        """List the questions, outside repeats, about which people wrote freely."""
        return [item for item in outside_repeats(self.definition.items) if _is_open(item)]

    def text(self, texts: Texts) -> Text:
        """Return a text of the form in the reader's language or the next best."""
        return Text(*text_in(texts, self.language, self.definition.default_language))

    def _part(self, group: Item | None, items: Sequence[Item]) -> Iterator[Part]:
        found = blocks(self.definition, items, group)
        if charts := tuple(self.chart(block) for block in found):
            yield Part(self.text(group.label if group else {}), charts)

    def _tally(self, item: Item) -> Counter[Any]:
        return self.rows.tally(item.name)

    def _texts(self, items: Sequence[Item]) -> Mapping[str, list[str]]:
        """Return what people wrote, one text for each, by the language they wrote in."""
        texts: dict[str, list[str]] = {}
        for language, said in self.rows.texts([item.name for item in items]):
            texts.setdefault(base(language), []).append("\n".join(said))
        return texts

    def _cells(self, counts: list[int], n: int, several: bool = False) -> list[Cell]:
        """Return a cell for each count and one for *n*."""
        if not self.hides:
            return [*hiding.shown(counts, n), Cell(n, 1.0)]
        hide = hiding.several if several else hiding.parts
        return hide(counts, n, len(self.rows) - n, self.k)

    def _bars(self, item: Item) -> Bars:
        steps = steps_of(self.definition, item)
        listed = self.definition.lists.get(item.list, ())
        choices = (*steps.ordered, *steps.apart) if steps else listed
        tally, several = self._tally(item), item.type == "select_multiple"
        if item.type == "rank":  # what stands first
            tally = tallying.counted(
                (each[0], n) for each, n in tally.items() if isinstance(each, tuple)
            )
        counts = tallying.count_choices(tally, [each.name for each in choices])
        *cells, n = self._cells(counts, tally.total(), several)
        bars = self._labelled(choices, cells)
        if not steps:
            bars = sorted(bars, key=lambda bar: -(bar.cell.count or 0))
        named = tuple(bar for bar in bars if bar.cell.count != 0)
        unnamed = tuple(bar.label for bar in bars if bar.cell.count == 0)
        return Bars(item.name, self.text(item.label), named, n, several, unnamed)

    def _labelled(self, choices: Sequence[Choice], cells: Sequence[Cell]) -> list[Bar]:
        pairs = zip(choices, cells, strict=True)
        return [Bar(self.label(choice), cell) for choice, cell in pairs]

    def label(self, choice: Choice) -> Text:
        label = self.text(choice.label)
        return label if label.text else Text(choice.name, self.language)

    def _scale(self, block: Block) -> Scale:
        first, steps = block.questions[0], steps_of(self.definition, block.questions[0])
        assert steps is not None  # noqa: S101 - is_scale() was asked
        matrix = len(block.questions) > 1 and block.group is not None
        title = self.text(block.group.label if matrix and block.group else first.label)
        rows = tuple(
            self._row(item, steps.ordered, steps.apart, matrix) for item in block.questions
        )
        return Scale(first.name, title, tuple(map(self.label, steps.ordered)), rows)

    def _row(
        self, item: Item, ordered: Sequence[Choice], apart: Sequence[Choice], matrix: bool
    ) -> ScaleRow:
        tally = self._tally(item)
        names = [choice.name for choice in (*ordered, *apart)]
        *cells, n = self._cells(tallying.count_choices(tally, names), tally.total())
        others = self._labelled(apart, cells[len(ordered) :])
        label = self.text(item.label) if matrix else Text("", self.language)
        said = tuple(bar for bar in others if bar.cell.count != 0)
        return ScaleRow(label, tuple(cells[: len(ordered)]), n, said)

    def _numbers(self, item: Item) -> Numbers:
        numbers = tallying.numbers_in(self._tally(item))
        hide = self.hides  # a median is what one person said
        spread = None if hide else tallying.spread(numbers)
        bins = tallying.open_bins(numbers, self.k) if hide else tallying.histogram(numbers)
        *cells, n = self._cells([each.count for each in bins], tallying.people(numbers))
        return Numbers(
            item.name, self.text(item.label), n, spread, tuple(zip(bins, cells, strict=True))
        )

    def _dates(self, item: Item) -> Bars:
        days = [(day, n) for value, n in self._tally(item).items() if (day := _day(value))]
        form = "%Y-%m" if len({f"{day:%Y-%m}" for day, _ in days}) <= MONTHS else "%Y"
        tally = tallying.counted((day.strftime(form), n) for day, n in days)
        names = sorted(tally)
        if self.hides:  # when nobody, or one alone, said is not told
            names = [name for name in names if tally[name] >= self.k]
        counts = [tally[name] for name in names]
        if rest := tally.total() - sum(counts):
            names, counts = [*names, OTHERS], [*counts, rest]
        *cells, n = self._cells(counts, tally.total())
        pairs = zip(names, cells, strict=True)
        bars = tuple(Bar(Text(name, self.language), cell) for name, cell in pairs)
        return Bars(item.name, self.text(item.label), bars, n)

    def _acknowledged(self, item: Item) -> Bars:
        people = self._tally(item).total()
        *cells, n = self._cells([people], people)
        return Bars(item.name, self.text(item.label), (Bar(Text("✓", "de"), cells[0]),), n)

    def _exported(self, item: Item) -> Elsewhere:
        return Elsewhere(item.name, self.text(item.label), "export")


CHARTS: Mapping[str, Callable[[Reading, Item], Chart]] = {
    "acknowledge": Reading._acknowledged,
    "date": Reading._dates,
    "datetime": Reading._dates,
    "decimal": Reading._numbers,
    "geopoint": Reading._exported,
    "integer": Reading._numbers,
    "range": Reading._numbers,
    "text": Reading.clouds,
    "time": Reading._exported,
}


def place_of(item: Item) -> Place | None:
    """Say where the answers to an item are shown, if not as a chart of its own."""
    if "pii" in item.osi:
        return "contact"
    inside = (item, *item.items, *(each for one in item.items for each in one.items))
    if item.osi.get("tie") == "why":  # free words, not a tie
        return None
    if any("tie" in each.osi or "register" in each.osi for each in inside):
        return "network"
    return "export" if item.kind == "repeat" else None


def _is_open(item: Item) -> bool:
    return item.type == "text" and place_of(item) is None


def outside_repeats(items: Sequence[Item]) -> Iterator[Item]:
    for item in items:
        if item.kind != "repeat":
            yield item
            yield from outside_repeats(item.items)


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        return None
