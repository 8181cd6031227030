"""Documents of answers cut into pieces; many pieces are alike, and each is read only once.

A document is cut at what stands behind a name, ``": ``. So a piece holds an answer and the
name of the next question. Within a string a quotation mark has a backslash before it: a cut
there, or in what lies deeper, leaves a piece in which no answer and name can be read, and the
document is strange.

Pieces are told apart by a number of 64 bits that is mixed from their bytes, eight at a time,
with a factor drawn anew by each process.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from secrets import randbits

import numpy as np
import orjson

from surveys.counting.columns import Array

CUT = '": '
QUOTE, COLON, SPACE = CUT.encode()
FACTOR, HALF = np.uint64(randbits(64) | 1), np.uint64(32)
FIRST = np.array([(1 << 8 * number) - 1 for number in range(9)], np.uint64)  # so many bytes
SLOTS = 16  # bits


@dataclass(frozen=True)
class Cut:
    """Some documents in pieces: in which each is, its answer, and the place named in it."""

    rows: Array
    answers: Array
    places: Array


class Pieces:
    """Numbers the answers in pieces; the places are those of the questions with some names."""

    def __init__(self, names: Sequence[str]) -> None:
        self.answers: list[object] = [None]
        self.nowhere, self.strange = len(names), len(names) + 1
        self._places = {name: place for place, name in enumerate(names)}
        self._bits = self.strange.bit_length()
        self._known: dict[int, int] = {}
        # Of those seen last; where two want the same slot, the other is looked up above.
        self._seen = np.zeros(1 << SLOTS, np.uint64)
        self._numbers = np.zeros(1 << SLOTS, np.int64)

    def cut(self, texts: Sequence[str]) -> Cut:
        """Cut documents into pieces."""
        joined = CUT.join([*texts, " " * 8]).encode()
        lengths = [*map(len, texts if joined.isascii() else map(str.encode, texts))]
        ends = _cuts(joined)
        starts = np.concatenate(([0], ends + len(CUT)))[:-1]
        numbers = self._numbered(joined, starts, ends)
        upto = np.searchsorted(ends, np.cumsum(np.array(lengths, np.int64) + len(CUT)))
        rows = np.repeat(np.arange(len(texts)), np.diff(upto, prepend=0))
        return Cut(rows, numbers >> self._bits, numbers & (1 << self._bits) - 1)

    def note(self, answer: object) -> int:
        """Give a number to an answer, whatever has been answered before."""
        if isinstance(answer, list):
            answer = tuple(str(e) if isinstance(e, list | dict) else e for e in answer)
        # No figure counts places on a map, nor what lies deeper.
        self.answers.append(None if isinstance(answer, dict) else answer)
        return len(self.answers) - 1

    def _numbered(self, joined: bytes, starts: Array, ends: Array) -> Array:
        mixed = _mixed(joined, starts, ends - starts)
        slots = mixed >> np.uint64(64 - SLOTS)
        numbers: Array = self._numbers[slots]
        new = np.flatnonzero(self._seen[slots] != mixed)
        each = zip(mixed[new].tolist(), starts[new].tolist(), ends[new].tolist(), strict=True)
        numbers[new] = [self._number(*one, joined) for one in each]
        self._seen[slots[new]], self._numbers[slots[new]] = mixed[new], numbers[new]
        return numbers

    def _number(self, mixed: int, start: int, end: int, joined: bytes) -> int:
        number = self._known.get(mixed)
        if number is None:
            number = self._known[mixed] = self._read(joined[start:end])
        return number

    def _read(self, piece: bytes) -> int:
        """Return the number of an answer, and in its last bits the place of a question."""
        answer, comma, name = piece.rpartition(b', "')
        if piece.startswith(b'{"') and not comma:
            answer, name = b"null", piece[2:]
        elif piece.endswith(b"}") and piece != b"{}":
            answer, name = piece[:-1], b""
        place = self._places.get(name.decode(), self.nowhere)
        if b'"' in name or b"\\" in name:
            return self.strange
        try:
            return self.note(orjson.loads(answer)) << self._bits | place
        except orjson.JSONDecodeError:
            return self.strange


def _cuts(joined: bytes) -> Array:
    there = np.frombuffer(joined, np.uint8)
    cut = (there[:-2] == QUOTE) & (there[1:-1] == COLON) & (there[2:] == SPACE)
    return np.flatnonzero(cut)


def _mixed(joined: bytes, starts: Array, lengths: Array) -> Array:
    """Return what tells pieces apart; no text holds a zero byte, so filling up is safe."""
    words = np.ndarray(len(joined) - 7, "<u8", joined, strides=(1,))
    found = (words[starts] & FIRST[np.minimum(lengths, 8)]) * FACTOR
    done, longer = 8, np.flatnonzero(lengths > 8)
    while len(longer):
        word = words[starts[longer] + done] & FIRST[np.minimum(lengths[longer] - done, 8)]
        before = found[longer]
        found[longer] = ((before ^ before >> HALF) * FACTOR ^ word) * FACTOR
        done += 8
        longer = longer[lengths[longer] > done]
    return found | np.uint64(1)  # none is zero, as slots are that nobody has taken
