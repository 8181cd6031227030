"""Answers as columns: for each response a small number, and once what each number says."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
NOTHING: tuple[object, ...] = (None, "", ())  # no answer: its number is 0
# Facts that stand beside the questions; a version is told by the number of its row.
LANGUAGE, CHANNEL, VERSION = "\0language", "\0channel", "\0version"


class Vocabulary(dict[object, int]):
    """Gives a number to each answer, in the order in which they first come."""

    def __init__(self, said: Sequence[object] = NOTHING[:1]) -> None:
        super().__init__(zip(said, range(len(said)), strict=True))
        self.update(dict.fromkeys(NOTHING, 0))
        self.said = list(said)

    def __missing__(self, answer: object) -> int:
        self[answer] = number = len(self.said)
        self.said.append(answer)
        return number


@dataclass(frozen=True)
class Column:
    """What was answered to one question; lists are tuples here."""

    codes: Array
    said: Sequence[Any] = NOTHING[:1]  # by number

    def thinned(self) -> "Column":
        """Forget what nobody says any longer."""
        counts = np.bincount(self.codes, minlength=len(self.said))
        used = counts > 0
        used[0] = True
        if used.all():
            return self
        renumbered = (np.cumsum(used) - 1).astype(self.codes.dtype)
        said = [answer for answer, each in zip(self.said, used, strict=True) if each]
        return Column(renumbered[self.codes], said)


@dataclass(frozen=True)
class Rows:
    """The responses: who, when (in seconds), and which of them lead."""

    ids: Array
    revisions: Array
    organisations: Array  # 0: none
    leading: Array
    submitted: Array
    seconds: Array  # from the first to the last page; -1: nobody may know

    def taking(self, places: Array) -> "Rows":
        return Rows(*(array[places] for array in vars(self).values()))


@dataclass(frozen=True)
class Table:
    """Responses with their answers, or some of them (*places*)."""

    rows: Rows
    columns: Mapping[str, Column] = field(default_factory=dict)
    places: Array | None = None

    def __len__(self) -> int:
        return len(self.rows.ids if self.places is None else self.places)

    @property
    def size(self) -> int:
        """About how many bytes it takes."""
        heavy: int = sum(array.nbytes for array in vars(self.rows).values())
        return heavy + sum(map(_size, self.columns.values()))

    @property
    def numbers(self) -> list[int]:
        """The numbers of the responses; of anonymous ones they mean nothing."""
        found: list[int] = self.picked(self.rows.ids).tolist()
        return found

    def taking(self, which: Array) -> "Table":
        """Return the rows for which *which* holds, or those at these places."""
        places = np.flatnonzero(which) if which.dtype == bool else which
        here = places if self.places is None else self.places[places]
        return replace(self, places=here)

    def saying(self, column: Column, holds: Callable[[object], bool]) -> "Table":
        """Return the rows of whose answer *holds* is true."""
        numbers = np.array([holds(answer) for answer in column.said], bool)
        return self.taking(numbers[column.codes])

    def picked(self, array: Array) -> Array:
        """Return of an array of all rows what is about these."""
        return array if self.places is None else array[self.places]

    def column(self, name: str) -> Column:
        """Return what these responses answer to a question."""
        column = self.columns.get(name)
        if column is None:
            return Column(np.zeros(len(self), np.int32))
        return replace(column, codes=self.picked(column.codes))

    def tally(self, name: str) -> Counter[Any]:
        """Count the answers to a question; who gave none is left out."""
        column = self.column(name)
        counts = np.bincount(column.codes, minlength=len(column.said)).tolist()
        pairs = zip(column.said, counts, strict=False)  # more may be said meanwhile
        return Counter(
            {answer: count for answer, count in pairs if count and answer is not None}
        )

    def texts(self, names: Sequence[str]) -> Iterator[tuple[str, list[str]]]:
        """Yield, for each who wrote, the language and what they wrote to these questions."""
        columns = [self.column(name) for name in names]
        wrote = np.zeros(len(self), bool)
        for column in columns:
            wrote |= column.codes > 0
        languages = self.column(LANGUAGE)
        places = np.flatnonzero(wrote)
        codes = [column.codes[places].tolist() for column in columns]
        for language, *said in zip(languages.codes[places].tolist(), *codes, strict=True):
            pairs = zip(columns, said, strict=True)
            yield (
                str(languages.said[language]),
                [str(column.said[code]) for column, code in pairs if code],
            )

    def written(self, name: str) -> Iterator[tuple[str, str, int]]:
        """Yield each answer to a question with its language and organisation (0: none)."""
        column, languages = self.column(name), self.column(LANGUAGE)
        owners = self.picked(self.rows.organisations).tolist()
        told = zip(column.codes.tolist(), languages.codes.tolist(), owners, strict=True)
        for code, language, owner in told:
            if code:
                yield str(column.said[code]), str(languages.said[language]), owner

    def channels(self) -> Counter[str]:
        """Count on which ways they came."""
        return self.tally(CHANNEL)

    def by_hour(self) -> Counter[int]:
        """Count how many were handed in within each hour, which is told by its first second."""
        return _counted(self.picked(self.rows.submitted) // 3600 * 3600)

    def durations(self) -> Counter[int]:
        """Count how many took so many seconds, where that is known."""
        seconds = self.picked(self.rows.seconds)
        return _counted(seconds[seconds >= 0])

    @property
    def organisations(self) -> Column:
        """The organisations that these responses are of."""
        said, codes = np.unique(
            np.concatenate(([0], self.picked(self.rows.organisations))), return_inverse=True
        )
        return Column(codes[1:].astype(np.int32), [None, *said.tolist()[1:]])

    @property
    def leading(self) -> "Table":
        """Those that lead, one for each organisation."""
        return self.taking(self.picked(self.rows.leading))


def _counted(numbers: Array) -> Counter[int]:
    found, counts = np.unique(numbers, return_counts=True)
    return Counter(dict(zip(found.tolist(), counts.tolist(), strict=True)))


def _size(column: Column) -> int:
    words = sum(len(answer) for answer in column.said if isinstance(answer, str))
    return int(column.codes.nbytes) + words + 100 * len(column.said)
