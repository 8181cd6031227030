"""Two surveys, or two versions of one, side by side: what changed among those who answered.

Questions match by name and type, their answers by name. Of persons a question stands whole
or not at all: only when in each of the two no field, nobody's silence and no difference
between them counts fewer than k people. Two versions of one survey stand beside all the others
of it, too: what is left for those counts nobody or k people.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from surveys import hiding
from surveys.definition import Choice, Item
from surveys.hiding import Cell
from surveys.questionnaires.scales import steps_of
from surveys.reporting import tallying
from surveys.reporting.charts import Text
from surveys.reporting.results import Reading, outside_repeats, place_of
from surveys.reporting.tallying import Bin

if TYPE_CHECKING:
    from surveys.counting.columns import Table

CHOSEN, NUMBERS = ("select_one", "select_multiple"), ("integer", "decimal")


@dataclass(frozen=True)
class Answer:
    """One answer in both: nothing where it was not offered."""

    label: Text | Bin
    one: Cell | None
    other: Cell | None

    @property
    def is_blank(self) -> bool:
        """Whether nobody chose it in either."""
        return not any(cell and cell.count for cell in (self.one, self.other))

    @property
    def points(self) -> float | None:
        """By how many percentage points its share grew."""
        if self.one is None or self.other is None:
            return None
        return 100 * (self.other.share - self.one.share)


@dataclass(frozen=True)
class Pair:
    """A question that both ask; without *answers* it is not shown."""

    name: str
    title: Text
    before: Text | None  # how it was worded in the first, when that was different
    answers: tuple[Answer, ...]
    n: tuple[int, int]
    several: bool = False
    unnamed: tuple[Text, ...] = ()  # answers that nobody chose in either
    reworded: tuple[tuple[Text, Text], ...] = ()  # its hint and answers, before and now


@dataclass(frozen=True)
class Comparison:
    """What both ask, and what cannot be compared: asked by one alone, or in another way."""

    pairs: tuple[Pair, ...]
    dropped: tuple[Text, ...]
    added: tuple[Text, ...]
    changed: tuple[Text, ...]


@dataclass(frozen=True)
class Overlap:
    """How many organisations answered both, and only one of the two."""

    both: int
    first: int
    second: int


def compare(one: Reading, other: Reading, beside: "Table | None" = None) -> Comparison:
    """Put two surveys side by side, in the order of the second.

    *beside* are further answers with which both are shown together elsewhere.
    """
    before, after = _questions(one), _questions(other)
    asked, asks = _asked(one), _asked(other)
    same = [name for name in after if name in before and _alike(before[name], after[name])]
    changed = [name for name in asks if name in asked and name not in same]
    changed = [name for name in changed if name in before or name in after]
    return Comparison(
        pairs=tuple(_pair(one, other, before[name], after[name], beside) for name in same),
        dropped=tuple(label for name, label in asked.items() if name not in asks),
        added=tuple(label for name, label in asks.items() if name not in asked),
        changed=tuple(asks[name] for name in changed),
    )


def overlap(one: "Table", other: "Table") -> Overlap:
    """Count the organisations that answered both, and only one of the two."""
    first, second = ({*table.organisations.said} - {None} for table in (one, other))
    return Overlap(len(first & second), len(first - second), len(second - first))


def _questions(reading: Reading) -> dict[str, Item]:
    """Return what can be compared; of persons only what has answers to choose from."""
    types = CHOSEN if reading.of_persons else CHOSEN + NUMBERS
    return {
        item.name: item
        for item in outside_repeats(reading.definition.items)
        if item.kind == "question" and item.type in types and not place_of(item)
        if item.type in NUMBERS or _choices(reading, item)
    }


def _asked(reading: Reading) -> dict[str, Text]:
    """Return the wording of whatever is asked, also of what is told nowhere."""
    items = outside_repeats(reading.definition.items)
    labels = {x.name: reading.text(x.label) for x in items if x.kind == "question"}
    return {name: label for name, label in labels.items() if label.text}


def _alike(one: Item, other: Item) -> bool:
    kinds = ({one.type} | {other.type}) - {*NUMBERS}
    return one.type == other.type or not kinds


def _pair(
    one: Reading, other: Reading, before: Item, after: Item, beside: "Table | None"
) -> Pair:
    tallies = one.rows.tally(before.name), other.rows.tally(after.name)
    if after.type in NUMBERS:
        labels, counts = _binned(*tallies)
    else:
        labels, counts = _matched(one, other, before, after, tallies)
    n = (sum(tallies[0].values()), sum(tallies[1].values()))
    missing = (len(one.rows) - n[0], len(other.rows) - n[1])
    several = after.type == "select_multiple"
    offered = (*_choices(one, before), *_choices(other, after))
    shown = True
    if other.of_persons:
        shown = _may_be_shown(counts, n, missing, several, other.k) and _leaves_enough(
            beside, after.name, offered, several, other.k
        )
    elif other.public:
        shown = _hides_nobody(counts, n, several, other.k)
    told = hiding.told if other.of_persons else int
    n = (told(n[0]), told(n[1]))
    answers = [
        Answer(label, *(_cell(count, of, told) for count, of in zip(pair, n, strict=True)))
        for label, pair in zip(labels, counts, strict=True)
    ]
    unnamed = tuple(x.label for x in answers if isinstance(x.label, Text) and x.is_blank)
    named = [x for x in answers if not isinstance(x.label, Text) or not x.is_blank]
    old, new = one.text(before.label), other.text(after.label)
    return Pair(
        name=after.name,
        title=new,
        before=old if _differ(old, new) else None,
        answers=tuple(named) if shown else (),
        n=n,
        several=several,
        unnamed=unnamed if shown else (),
        reworded=tuple(_reworded(one, other, before, after)),
    )


def _differ(old: Text, new: Text) -> bool:
    return (
        old.language == new.language and old.text != new.text and "" not in (old.text, new.text)
    )


def _reworded(
    one: Reading, other: Reading, before: Item, after: Item
) -> Iterator[tuple[Text, Text]]:
    now = {choice.name: other.label(choice) for choice in _choices(other, after)}
    known = ((one.label(x), now[x.name]) for x in _choices(one, before) if x.name in now)
    hints = one.text(before.hint), other.text(after.hint)
    return (pair for pair in (hints, *known) if _differ(*pair))


Counts = Sequence[tuple[int | None, int | None]]


def _may_be_shown(
    counts: Counts, n: tuple[int, int], missing: tuple[int, int], several: bool, k: int
) -> bool:
    for place in (0, 1):
        cells = [count for pair in counts if (count := pair[place]) is not None]
        rest = 0 if several else n[place] - sum(cells)  # answers no longer on any list
        silent = (missing[place], rest)
        if not all(hiding.whole(cells, n[place], each, several, k) for each in silent):
            return False
    both = [(a, b) for a, b in (*counts, n, missing) if a is not None and b is not None]
    return hiding.apart(both)


def _hides_nobody(counts: Counts, n: tuple[int, int], several: bool, k: int) -> bool:
    """Whether no few are left who gave other answers than those that are told."""
    for place in (0, 1):
        cells = [count for pair in counts if (count := pair[place]) is not None]
        rest = n[place] - sum(cells)
        if several and any(n[place] - count < k for count in cells):
            return False
        if not several and 0 < rest < k:
            return False
    return True


def _leaves_enough(
    beside: "Table | None", name: str, offered: Sequence[Choice], several: bool, k: int
) -> bool:
    """Whether nobody can work out what a few of those beside the two have answered."""
    if beside is None:
        return True
    tally = beside.tally(name)
    counts = tallying.count_choices(tally, [*dict.fromkeys(x.name for x in offered)])
    n = tally.total()
    rest = [n - count for count in counts] if several else [n - sum(counts)]
    left = [*counts, *rest, n, len(beside) - n]
    return all(count == 0 or count >= k for count in left)


def _cell(count: int | None, n: int, told: Callable[[int], int]) -> Cell | None:
    return None if count is None else Cell(told(count), told(count) / n if n else 0.0)


def _matched(
    one: Reading, other: Reading, before: Item, after: Item, tallies: Sequence[Counter[Any]]
) -> tuple[list[Text | Bin], list[tuple[int | None, int | None]]]:
    """Return the answers of both, those that are no longer offered last, and their counts."""
    old = {choice.name: choice for choice in _choices(one, before)}
    new = {choice.name: choice for choice in _choices(other, after)}
    names = [*new, *(name for name in old if name not in new)]
    first, second = (tallying.count_choices(tally, names) for tally in tallies)
    labels: list[Text | Bin] = [
        other.label(new[name]) if name in new else one.label(old[name]) for name in names
    ]
    return labels, [
        (a if name in old else None, b if name in new else None)
        for name, a, b in zip(names, first, second, strict=True)
    ]


def _binned(
    one: Counter[Any], other: Counter[Any]
) -> tuple[list[Text | Bin], list[tuple[int | None, int | None]]]:
    """Return bins that fit the numbers of both, and how many of each lie in them."""
    bins = tallying.histogram(tallying.numbers_in(one + other))
    pairs = []
    for each in bins:
        inside = [
            sum(n for number, n in tallying.numbers_in(tally) if each.low <= number < each.high)
            for tally in (one, other)
        ]
        pairs.append((inside[0], inside[1]))
    return [*bins], [*pairs]


def _choices(reading: Reading, item: Item) -> Sequence[Choice]:
    steps = steps_of(reading.definition, item)
    listed = reading.definition.lists.get(item.list, ())
    return (*steps.ordered, *steps.apart) if steps else listed
