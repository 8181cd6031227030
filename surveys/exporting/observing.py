"""What is seen of the values of a variable while they are written: how wide, of which kind."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from core.sheets import MARKED, Cell
from surveys.exporting.variables import Variable

Form = Callable[[Variable, Cell], Cell]


@dataclass
class Seen:
    """The values of one variable."""

    variable: Variable
    texts: int = 0
    numbers: int = 0
    longest: int = 0  # bytes of a text, with the apostrophe that guards it
    decimals: int = 0
    is_marked: bool = False

    @property
    def is_number(self) -> bool:
        """Whether a calculation only ever gave numbers, or the question asks for one."""
        kind = self.variable.kind
        return kind in ("number", "flag") or (
            kind == "text" and self.numbers > 0 and not self.texts
        )

    def note(self, value: Cell) -> None:
        if isinstance(value, str):
            self.texts += 1
            guards = MARKED.match(value) is not None
            self.is_marked |= guards
            self.longest = max(self.longest, len(value.encode()) + guards)
        elif value is not None:
            self.numbers += 1
            self.decimals = max(self.decimals, _decimals(value))


def written(
    seen: Sequence[Seen], rows: Iterator[list[Any]], form: Form
) -> Iterator[list[Cell]]:
    """Yield the head and the rows of a table as they go into its file, and note them."""
    yield [each.variable.name for each in seen]
    for row in rows:
        cells = [form(each.variable, each.variable.value(row)) for each in seen]
        for each, cell in zip(seen, cells, strict=True):
            each.note(cell)
        yield cells


def _decimals(value: Cell) -> int:
    if not isinstance(value, float) or value.is_integer():
        return 0
    return len(f"{value:.12f}".rstrip("0").partition(".")[2])
