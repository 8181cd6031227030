"""The charts of a results page: plain values that are a picture and a table at once."""

from dataclasses import dataclass
from typing import Literal

from surveys.hiding import Cell
from surveys.reporting.tallying import Bin, Spread
from surveys.reporting.words import Word

Place = Literal["network", "contact", "export"]


@dataclass(frozen=True)
class Text:
    """What stands in the form, and in which language."""

    text: str
    language: str


@dataclass(frozen=True)
class Bar:
    """A row of a chart."""

    label: Text
    cell: Cell
    step: int = 0  # its shade, when the rows have an order


@dataclass(frozen=True)
class Bars:
    """Counts of choices."""

    name: str
    title: Text
    bars: tuple[Bar, ...]
    n: Cell
    several: bool = False  # everyone may choose many
    unnamed: tuple[Text, ...] = ()
    kind: Literal["bars"] = "bars"


@dataclass(frozen=True)
class ScaleRow:
    """A question whose answers are shades of one bar; *apart* are those that are no step."""

    label: Text
    cells: tuple[Cell, ...]
    n: Cell
    apart: tuple[Bar, ...] = ()

    @property
    def is_hidden(self) -> bool:
        return any(cell.count is None for cell in self.cells)

    @property
    def is_blank(self) -> bool:
        """Tell whether there is nothing to draw."""
        return self.n.count is None or not any(cell.count for cell in self.cells)

    @property
    def whole(self) -> int:
        """How many chose one of the steps."""
        return sum(cell.count or 0 for cell in self.cells)


@dataclass(frozen=True)
class Scale:
    """Questions with the same ordered answers."""

    name: str
    title: Text
    steps: tuple[Text, ...]
    rows: tuple[ScaleRow, ...]
    kind: Literal["scale"] = "scale"


@dataclass(frozen=True)
class Numbers:
    """How numbers lie, and how many in each bin; the bins are labelled by the page."""

    name: str
    title: Text
    n: Cell
    spread: Spread | None
    bins: tuple[tuple[Bin, Cell], ...]
    kind: Literal["numbers"] = "numbers"


@dataclass(frozen=True)
class Cloud:
    """The words of all who wrote in one language."""

    language: str
    people: int
    words: tuple[Word, ...]


@dataclass(frozen=True)
class Clouds:
    """The words of a question, apart for each language."""

    name: str
    title: Text
    clouds: tuple[Cloud, ...]
    at_least: int
    kind: Literal["words"] = "words"


@dataclass(frozen=True)
class Elsewhere:
    """A question whose answers are shown at another place."""

    name: str
    title: Text
    place: Place
    kind: Literal["elsewhere"] = "elsewhere"


Chart = Bars | Scale | Numbers | Clouds | Elsewhere


@dataclass(frozen=True)
class Part:
    """A part of the form, under its title if it has one."""

    title: Text
    charts: tuple[Chart, ...]
    beside: bool = False  # about the survey itself: consents, the version
