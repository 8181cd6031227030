"""What the answers to a survey say: for each question a chart that is a table, too."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from surveys import hiding
from surveys.definition import Choice, Definition, Item, Texts, text_in
from surveys.hiding import Cell
from surveys.models import Subject
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
from surveys.reporting.columns import Column
from surveys.reporting.words import base, word_list

SMALL_LANGUAGE = 2 * hiding.K  # below so many texts of persons a language has no list
OTHERS = "…"
MONTHS = 12  # more, and dates are counted by year


@dataclass(frozen=True)
class Reading:
    """The answers of a survey, with the form they answer and the language of the reader."""

    definition: Definition
    rows: Sequence[Column]
    subject: Subject
    language: str

    @property
    def of_persons(self) -> bool:
        return self.subject is Subject.PERSONS

    def parts(self) -> Iterator[Part]:
        """Yield the parts of the form with the charts of their questions."""
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
        told = hiding.told if self.of_persons else int
        clouds = (
            Cloud(language, told(len(texts)), tuple(word_list(texts, language, hiding.K, told)))
            for language, texts in sorted(self._texts(items).items(), key=lambda x: -len(x[1]))
            if not self.of_persons or len(texts) >= SMALL_LANGUAGE
        )
        found = tuple(cloud for cloud in clouds if cloud.words)
        return Clouds(items[0].name, self.text(items[0].label), found, hiding.K)

    def open_questions(self) -> list[Item]:
        """List the questions, outside repeats, about which people wrote freely."""
        return [item for item in _outside_repeats(self.definition.items) if _is_open(item)]

    def text(self, texts: Texts) -> Text:
        """Return a text of the form in the reader's language or the next best."""
        return Text(*text_in(texts, self.language, self.definition.default_language))

    def _part(self, group: Item | None, items: Sequence[Item]) -> Iterator[Part]:
        found = blocks(self.definition, items, group)
        if charts := tuple(self.chart(block) for block in found):
            yield Part(self.text(group.label if group else {}), charts)

    def _values(self, item: Item) -> list[object]:
        values = (row.answers.get(item.name) for row in self.rows)
        return [value for value in values if value not in (None, "", [])]

    def _texts(self, items: Sequence[Item]) -> Mapping[str, list[str]]:
        """Return what people wrote, one text for each, by the language they wrote in."""
        texts: dict[str, list[str]] = {}
        for row in self.rows:
            if said := [str(row.answers[x.name]) for x in items if row.answers.get(x.name)]:
                texts.setdefault(base(row.language), []).append("\n".join(said))
        return texts

    def _cells(self, counts: list[int], n: int, several: bool = False) -> list[Cell]:
        """Return a cell for each count and one for *n*."""
        if not self.of_persons:
            return [*hiding.shown(counts, n), Cell(n, 1.0)]
        hide = hiding.several if several else hiding.parts
        return hide(counts, n, len(self.rows) - n)

    def _bars(self, item: Item) -> Bars:
        steps = steps_of(self.definition, item)
        listed = self.definition.lists.get(item.list, ())
        choices = (*steps.ordered, *steps.apart) if steps else listed
        values, several = self._values(item), item.type == "select_multiple"
        if item.type == "rank":  # what stands first
            values = [value[0] for value in values if isinstance(value, list)]
        counts = tallying.count_choices(values, [each.name for each in choices])
        *cells, n = self._cells(counts, len(values), several)
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
        values = self._values(item)
        names = [choice.name for choice in (*ordered, *apart)]
        *cells, n = self._cells(tallying.count_choices(values, names), len(values))
        others = self._labelled(apart, cells[len(ordered) :])
        label = self.text(item.label) if matrix else Text("", self.language)
        said = tuple(bar for bar in others if bar.cell.count != 0)
        return ScaleRow(label, tuple(cells[: len(ordered)]), n, said)

    def _numbers(self, item: Item) -> Numbers:
        numbers = tallying.numbers_in(self._values(item))
        hide = self.of_persons  # a median is what one person said
        spread = None if hide else tallying.spread(numbers)
        bins = tallying.open_bins(numbers, hiding.K) if hide else tallying.histogram(numbers)
        *cells, n = self._cells([each.count for each in bins], len(numbers))
        return Numbers(
            item.name, self.text(item.label), n, spread, tuple(zip(bins, cells, strict=True))
        )

    def _dates(self, item: Item) -> Bars:
        days = [day for value in self._values(item) if (day := _day(value))]
        months = sorted({f"{day:%Y-%m}" for day in days})
        form = "%Y-%m" if len(months) <= MONTHS else "%Y"
        told = [day.strftime(form) for day in days]
        names = sorted({*told})
        if self.of_persons:  # when nobody, or one alone, said is not told
            names = [name for name in names if told.count(name) >= hiding.K]
        counts = tallying.count_choices(told, names)
        if rest := len(days) - sum(counts):
            names, counts = [*names, OTHERS], [*counts, rest]
        *cells, n = self._cells(counts, len(days))
        pairs = zip(names, cells, strict=True)
        bars = tuple(Bar(Text(name, self.language), cell) for name, cell in pairs)
        return Bars(item.name, self.text(item.label), bars, n)

    def _acknowledged(self, item: Item) -> Bars:
        *cells, n = self._cells([len(self._values(item))], len(self._values(item)))
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


def _outside_repeats(items: Sequence[Item]) -> Iterator[Item]:
    for item in items:
        if item.kind != "repeat":
            yield item
            yield from _outside_repeats(item.items)


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        return None
