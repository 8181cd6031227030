"""Rows that are named in texts and documents, where the database does not know of it.

A concept cites ``passage:7``, a find is known by whose answer it is from. Such numbers are
those of an archive in an archive, and those of this server again when they are brought in.
What is not there any more is number 0, and what is known by it gets a name of its own.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from hashlib import sha256
from typing import Any

from agency.concepts.phrasing import LIVE
from agency.evidence.references import Kind, Reference

Row = dict[str, Any]
Number = Callable[[str, int], int | None]  # of a table, as it is called there
Name = Callable[[str, str], str]
NUMBERED: Mapping[Kind, str] = {
    Kind.IDEA: "idea",
    Kind.PASSAGE: "passage",
    Kind.SOURCE: "own_source",
    Kind.VOTE: "round",
}
CITED = ("frozen", "survey", *NUMBERED.values())
POINTS: Mapping[str, Sequence[str]] = {  # these tables name rows of those
    "concept_comment": ("concept_entry",),
    "concept_edition": (*CITED, "concept_entry", "organisation"),
    "concept_entry": CITED,
    "funding_check": ("venture",),
    "listing": ("organisation", "passage"),
    "sifted": ("organisation", "passage"),
    "venture_canvas": CITED,
    "venture_event": ("organisation",),
}
FOUND = re.compile(r"(p?)([1-9]\d{0,17})(\.(?:need|offer)\..+)", re.ASCII)
DECIMAL = re.compile(r"[1-9]\d{0,17}", re.ASCII)


class Pointing:
    """Turns the names of rows into what they are called elsewhere."""

    def __init__(self, number: Number, name: Name = lambda _table, name: name) -> None:
        self._number, self._name = number, name

    def turn(self, table: str, row: Row) -> Row:
        """Return a row in which all that it names is called as it is elsewhere.

        :raise ValueError: when what it names cannot be read
        """
        change = getattr(self, f"_{table}", None) if table in POINTS else None
        return row | change(row) if change else row

    def _concept_entry(self, row: Row) -> Row:
        return self._said(row)

    def _concept_edition(self, row: Row) -> Row:
        content = row["content"]
        parts = [
            {
                **part,
                **self._said(part),
                "id": self._part(part["id"]),
                "organisation": self._place("organisation", part["organisation"]),
            }
            for part in content["parts"]
        ]
        return {"content": {**content, "parts": parts}}

    def _concept_comment(self, row: Row) -> Row:
        return {"entry": row["entry"] and self._part(row["entry"])}

    def _venture_canvas(self, row: Row) -> Row:
        return {"evidence": self._cited(row["evidence"])}

    def _venture_event(self, row: Row) -> Row:
        return {"changes": [self._change(*change) for change in row["changes"]]}

    def _change(self, name: str, old: object, new: object) -> list[object]:
        table = name.removesuffix("_id")
        if table == name or table not in POINTS["venture_event"]:
            return [name, old, new]
        return [name, self._place(table, old), self._place(table, new)]

    def _funding_check(self, row: Row) -> Row:
        is_venture = row["kind"] in POINTS["funding_check"]
        return {"key": self._digits(row["kind"], row["key"])} if is_venture else {}

    def _listing(self, row: Row) -> Row:
        return {"source_key": row["source_key"] and self._find(row["source_key"])}

    def _sifted(self, row: Row) -> Row:
        return {"key": self._find(row["key"])}

    def _said(self, said: Mapping[str, Any]) -> Row:
        """Return the words of an entry, and what it rests on."""
        return {
            "text": LIVE.sub(self._live, said["text"]),
            "facts": {name: LIVE.sub(self._live, text) for name, text in said["facts"].items()},
            "evidence": self._cited(said["evidence"]),
        }

    def _live(self, found: re.Match[str]) -> str:
        try:
            reference = Reference.of(found[1])
        except ValueError:
            return found[0]
        return f"[[{reference.kind}:{self._key(reference.kind, reference.key)}]]"

    def _cited(self, cited: Sequence[Sequence[str]]) -> list[list[str]]:
        turned = []
        for kind, key, mark in cited:
            if not isinstance(key, str) or not isinstance(mark, str):
                raise TypeError
            turned.append([kind, self._key(Kind(kind), key), mark])
        return turned

    def _key(self, kind: Kind, key: str) -> str:
        if kind in NUMBERED:
            return self._digits(NUMBERED[kind], key)
        if kind == Kind.FIGURE:
            return self._name("frozen", key)
        if kind == Kind.FINDING:
            slug, _, about = key.partition("/")
            return f"{self._name('survey', slug)}/{about}"
        return key  # a gap goes by its code

    def _digits(self, table: str, key: str) -> str:
        return str(self._place(table, int(key)) or 0) if DECIMAL.fullmatch(key) else "0"

    def _place(self, table: str, number: object) -> int | None:
        """Return what a row is called elsewhere; nothing when it is not there."""
        if number is None:
            return None
        if not isinstance(number, int):
            raise TypeError
        return self._number(table, number) if number > 0 else None

    def _part(self, number: int) -> int:
        """Return the number of an entry; what is gone keeps one that no entry has."""
        return self._place("concept_entry", number) or -abs(number)

    def _find(self, key: str) -> str:
        """Return the key of a find, which begins with whose it is."""
        found = FOUND.fullmatch(key)
        if not found:
            return key
        table = "passage" if found[1] else "organisation"
        number = self._place(table, int(found[2]))
        gone = f"gone {sha256(key.encode()).hexdigest()[:16]}"
        return f"{found[1]}{number}{found[3]}" if number else f"{gone}{found[3]}"
