"""Turning documents of answers into columns: each is read once, and not kept."""

import json
from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import orjson

from surveys.counting.columns import Array, Column, Vocabulary
from surveys.counting.pieces import Pieces


class Coder:
    """Reads documents, and keeps for each of some questions the numbers of its answers.

    What it knows already it gives the same numbers. *facts* are noted beside the documents.
    """

    def __init__(
        self, names: Iterable[str], known: Mapping[str, Column], facts: Sequence[str] = ()
    ) -> None:
        self._names = tuple(names)
        self._pieces = Pieces(self._names)
        self._blocks = [np.zeros((len(self._names), 0), np.int32)]
        self._facts: dict[str, list[Array]] = {name: [np.zeros(0, np.int32)] for name in facts}
        self._words = {
            name: Vocabulary(known[name].said) if name in known else Vocabulary()
            for name in (*self._names, *facts)
        }

    def read(self, texts: Sequence[str]) -> None:
        """Read a few documents; few, so that they stay at hand until they are read."""
        cut = self._pieces.cut(texts)
        block = np.zeros((self._pieces.strange + 1, len(texts)), np.int32)
        block[cut.places[:-1], cut.rows[1:]] = cut.answers[1:]  # named in the piece before
        for row in sorted({*cut.rows[cut.places == self._pieces.strange].tolist()}):
            document = _read(texts[row])
            said = [document.get(name) for name in self._names]
            block[: len(said), row] = [self._pieces.note(answer) for answer in said]
        self._blocks.append(block[: len(self._names)])

    def note(self, name: str, said: Sequence[Hashable]) -> None:
        """Note a fact, which is often the same for many who follow each other."""
        words = self._words[name]
        if said and said.count(said[0]) == len(said):
            codes = np.full(len(said), words[said[0]], np.int32)
        else:
            codes = np.fromiter(map(words.__getitem__, said), np.int32, len(said))
        self._facts[name].append(codes)

    def columns(self) -> dict[str, Column]:
        """Return what was read as columns."""
        whole = np.concatenate(self._blocks, axis=1)
        codes = {
            name: self._renumbered(name, numbers)
            for name, numbers in zip(self._names, whole, strict=True)
        }
        codes |= {name: np.concatenate(parts) for name, parts in self._facts.items()}
        return {name: Column(each, self._words[name].said) for name, each in codes.items()}

    def _renumbered(self, name: str, numbers: Array) -> Array:
        """Number the answers to one question for themselves."""
        words, answers = self._words[name], self._pieces.answers
        given = np.flatnonzero(np.bincount(numbers, minlength=len(answers)))
        codes = np.zeros(len(answers), np.int32)
        codes[given] = [words[answers[number]] for number in given.tolist()]
        return codes[numbers]


def _read(text: str) -> dict[str, Any]:
    try:
        document: dict[str, Any] = orjson.loads(text)
    except orjson.JSONDecodeError:  # such as NaN, which is no JSON
        document = json.loads(text)
    return document
