"""A figure: what is shown of answers, as plain data that stays as it is for ever.

It is made of what a page shows, after hiding, so nothing in it tells more than the page did.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Any

MISSING = "–"


@dataclass(frozen=True)
class Part:
    """A stretch of a drawn row: what share of it, and in which shade from 0 to 4."""

    share: float
    shade: int


@dataclass(frozen=True)
class Row:
    """A row that is drawn; without parts there is only its label and what is said of it."""

    label: str
    parts: tuple[Part, ...]
    said: str


@dataclass(frozen=True)
class Figure:
    """A chart or network with its table, and all that one must know to read it.

    ``n`` is how many answered, as it may be told; ``key`` names the shades of a scale;
    ``svg`` is the picture where it is not drawn from rows, as of a network, and ``named``
    tells whom it names: codes with the names as they stand there.
    """

    title: str
    wording: str
    language: str
    n: str
    head: tuple[str, ...]
    table: tuple[tuple[str, ...], ...]
    drawn: tuple[Row, ...] = ()
    key: tuple[tuple[str, int], ...] = ()
    filters: tuple[str, ...] = ()
    limits: tuple[str, ...] = ()
    svg: str = ""
    named: tuple[tuple[str, str], ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Return it as plain data."""
        data = asdict(self)
        if not self.named:  # as it was before figures told
            del data["named"]
        return data

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Figure":
        """Return the figure that :meth:`to_json` has made plain."""
        drawn = tuple(
            Row(row["label"], tuple(Part(**part) for part in row["parts"]), row["said"])
            for row in data["drawn"]
        )
        pairs = tuple((text, shade) for text, shade in data["key"])
        table = tuple(map(tuple, data["table"]))
        lists = {name: tuple(data[name]) for name in ("head", "filters", "limits")}
        named = tuple((code, name) for code, name in data.get("named", ()))
        parts = {"drawn": drawn, "key": pairs, "table": table, "named": named}
        return cls(**{**data, **lists, **parts})

    @property
    def digest(self) -> str:
        """The same for the same content; SHA-256 of its canonical JSON."""
        text = json.dumps(self.to_json(), ensure_ascii=False, sort_keys=True)
        return sha256(text.encode()).hexdigest()
