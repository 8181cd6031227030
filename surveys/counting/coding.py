"""Turning documents of answers into columns: each is read once, and not kept."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from operator import itemgetter
from typing import Any

import numpy as np
import orjson

from surveys.counting.columns import Array, Column, Vocabulary

Codes = dict[str, list[Array]]


class Coder:
    """Reads documents, and keeps for each of some questions the numbers of its answers.

    What it knows already it gives the same numbers. *facts* are noted beside the documents.
    """

    def __init__(
        self, names: Iterable[str], known: Mapping[str, Column], facts: Sequence[str] = ()
    ) -> None:
        self.names = tuple(names)
        self.words = {
            name: Vocabulary(known[name].said) if name in known else Vocabulary()
            for name in (*self.names, *facts)
        }
        self.blank = dict.fromkeys((*self.names, ""))
        self.pick = itemgetter(*self.names, "", "")  # never one alone, or it would be no row
        self.codes: Codes = {name: [] for name in self.words}
        self.turned: dict[str, int] = {}  # how far the answers to a question must be turned

    def read(self, texts: Sequence[str]) -> None:
        """Read a few documents; few, so that each is forgotten while it is still at hand."""
        blank, pick = self.blank, self.pick
        rows = [pick({**blank, **_read(text)}) for text in texts]
        for name, said in zip(self.names, zip(*rows, strict=True), strict=False):
            self.note(name, said)

    def note(self, name: str, said: Sequence[object]) -> None:
        """Note the answers to one question."""
        numbered = self.words[name].__getitem__
        for turned in TURNS[self.turned.get(name, 0) :]:
            try:
                codes = np.fromiter(map(numbered, turned(said)), np.int32, len(said))
            except TypeError:  # a list has no number, nor has a tuple with lists in it
                self.turned[name] = self.turned.get(name, 0) + 1
                continue
            self.codes[name].append(codes)
            return

    def note_fact(self, name: str, said: Sequence[object]) -> None:
        """Note a fact, which is the same for many who follow each other."""
        if said.count(said[0]) == len(said):
            self.codes[name].append(np.full(len(said), self.words[name][said[0]], np.int32))
        else:
            self.note(name, said)

    def columns(self) -> dict[str, Column]:
        """Return what was read as columns."""
        empty = [np.zeros(0, np.int32)]
        return {
            name: Column(np.concatenate(empty + codes), self.words[name].said)
            for name, codes in self.codes.items()
        }


def _read(text: str) -> dict[str, Any]:
    try:
        document: dict[str, Any] = orjson.loads(text)
    except orjson.JSONDecodeError:  # such as NaN, which is no JSON
        document = json.loads(text)
    return document


def _as_tuples(answers: Iterable[Any]) -> Iterable[object]:
    return [tuple(each) if each.__class__ is list else each for each in answers]


def _as_kept(answers: Iterable[object]) -> Iterable[object]:
    """Leave out what no figure counts: places on a map, and whatever lies deeper."""
    for each in answers:
        if isinstance(each, list):
            yield tuple(map(str, each))
        else:
            yield None if isinstance(each, dict) else each


TURNS: Sequence[Callable[[Iterable[Any]], Iterable[object]]] = (iter, _as_tuples, _as_kept)
