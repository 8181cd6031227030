"""DL, the text format of UCINET (DL manual of Analytic Technologies), read by igraph too.

Labels there end at a space or comma, and quoted ones are not read everywhere. So spaces are
written as spaces that do not break, and signs that mean something in the wide form of East
Asia; both are read back. A matrix says both directions of a tie, so both are written.
"""

import re
import shlex
from collections.abc import Iterator

from core.errors import message
from core.sheets import as_text
from networks.exchange.labels import unlike
from networks.exchange.plain import (
    MOST_NODES,
    AtLine,
    Gathering,
    PlainNetwork,
    PlainNode,
    PlainTie,
    TooLarge,
    Unknown,
    Unreadable,
    as_number,
    number,
    one_line,
)

AS_ONE_WORD = str.maketrans(
    {" ": "\xa0", ",": "，", '"': "＂", "'": "＇", "=": "＝", ":": "："}
)
AS_TYPED = str.maketrans({"，": ",", "＂": '"', "＇": "'", "＝": "=", "：": ":"})
SETTING = re.compile(r"(nm|nr|nc|n|format|diagonal)\s*=?\s*(\S+)", re.IGNORECASE)
FORMATS = {
    "fullmatrix": "fullmatrix", "fm": "fullmatrix", "edgelist1": "edgelist1",
    "el1": "edgelist1", "edgelist": "edgelist1", "nodelist1": "nodelist1", "nl1": "nodelist1",
    "nodelist": "nodelist1",
}  # fmt: skip
MARKS = re.compile(
    r"\s*(labels embedded|(?:(?:row|column|col|matrix) )?labels(?=\s*:)|data(?=\s*:))\s*:?",
    re.IGNORECASE,
)


class OtherDl(Unreadable):
    reason = message(
        "This kind of DL file cannot be read: “%(text)s”. Those with one network in the format "
        "edgelist1, nodelist1 or fullmatrix can."
    )


def write(network: PlainNetwork) -> bytes:
    """Return the network as UCINET reads it: labels, and every tie with its weight.

    It holds nothing to tell ties apart that were recorded elsewhere; so these stay out.
    """
    labels = unlike((node.id, node.label.translate(AS_ONE_WORD)) for node in network.nodes)
    numbers = {node.id: number for number, node in enumerate(network.nodes, 1)}
    lines = [f"dl n={len(network.nodes)}", "format = edgelist1"]
    if labels:
        lines += ["labels:", *(label.translate(AS_ONE_WORD) for label in labels.values())]
    lines.append("data:")
    for tie in network.ties:
        if tie.is_recorded:
            continue
        a, b, weight = numbers[tie.source], numbers[tie.target], as_number(tie.weight)
        lines.append(f"{a} {b} {weight}")
        if not tie.directed:
            lines.append(f"{b} {a} {weight}")
    return ("\r\n".join(lines) + "\r\n").encode()


def read(content: bytes) -> PlainNetwork:
    """Return the network in a DL file.

    Where every tie is said both ways alike, it has no direction.

    :raise Unreadable: when there is none
    """
    lines = re.split(r"\r\n|\r|\n", as_text(content))
    reader = _Reader()
    begun = next((line for line, text in enumerate(lines) if text.strip()), None)
    if begun is None or not re.match(r"\s*dl\b", lines[begun], re.I):
        raise Unreadable(kind="DL")
    lines[begun] = re.sub(r"^\s*dl\b", "", lines[begun], flags=re.I)
    for line, text in enumerate(lines, 1):
        reader.hear(text, line)
    return reader.network()


class _Reader:
    """Hears the lines of a file: settings, labels, data."""

    def __init__(self) -> None:
        self._part = "settings"
        self._settings = {"format": "fullmatrix", "diagonal": "present"}
        self._embedded = False
        self._labels: list[str] = []
        self._data: list[tuple[list[str], int]] = []

    def hear(self, text: str, line: int) -> None:
        if self._part != "data" and (mark := MARKS.search(text)):
            if self._part == "settings":
                self._set(text[: mark.start()])
            self._turn(" ".join(mark[1].lower().split()))
            text = text[mark.end() :]
        if self._part == "settings":
            self._set(text)
        elif self._part == "labels":
            self._labels += [_typed(word) for word in _words(text, line)]
        elif self._part == "data" and text.strip():
            self._data.append((_words(text, line), line))

    def _turn(self, mark: str) -> None:
        if mark == "data":
            self._part = "data"
        elif "embedded" in mark:
            self._embedded = True
            self._part = "settings"
        else:
            self._part = "labels" if mark in ("labels", "row labels") else "other labels"

    def _set(self, text: str) -> None:
        for name, value in SETTING.findall(text.replace(",", " ")):
            self._settings[name.lower()] = value.lower()

    def network(self) -> PlainNetwork:
        """Return what was heard."""
        told = self._settings
        format = FORMATS.get(told["format"])
        size = told.get("n") or told.get("nr", "")
        if not format or told.get("nm", "1") != "1" or told.get("nc", size) != size:
            which = told["format"] if not format else f"nm={told.get('nm')} nc={told.get('nc')}"
            raise OtherDl(text=which[:60])
        if not size.isdecimal():
            raise Unreadable(kind="DL")
        if int(size) > MOST_NODES:
            raise TooLarge
        self._size = int(size)
        arcs = [*getattr(self, f"_{format}")()]
        found = Gathering()
        for each in self._everyone(arcs):
            found.node(PlainNode(each, each), 1)
        for tie, line in _without_direction(arcs):
            found.tie(tie, line)
        return found.network()

    def _everyone(self, arcs: list[tuple[PlainTie, int]]) -> list[str]:
        ends = [end for tie, _ in arcs for end in (tie.source, tie.target)]
        labels = self._labels or (
            [] if self._embedded else [*map(str, range(1, self._size + 1))]
        )
        return list(dict.fromkeys([*labels, *ends]))

    def _end(self, word: str, line: int) -> str:
        """Return who is meant: by number, or by label where labels are embedded."""
        if self._embedded:
            return _typed(word)
        if not word.isdecimal() or not 0 < int(word) <= self._size:
            raise Unknown(line=line, text=word[:60])
        at = int(word) - 1
        return self._labels[at] if at < len(self._labels) else word

    def _edgelist1(self) -> Iterator[tuple[PlainTie, int]]:
        for words, line in self._data:
            if len(words) < 2:
                raise AtLine(line=line, kind="DL")
            weight = words[2] if words[2:] else ""
            yield self._tie(self._end(words[0], line), self._end(words[1], line), weight, line)

    def _nodelist1(self) -> Iterator[tuple[PlainTie, int]]:
        for (first, *others), line in self._data:
            for each in others:
                yield self._tie(self._end(first, line), self._end(each, line), "", line)

    def _fullmatrix(self) -> Iterator[tuple[PlainTie, int]]:
        rows = self._data
        if self._embedded and rows:
            self._labels = [_typed(word) for word in rows[0][0]]
            rows = [(words[1:], line) for words, line in rows[1:]]
        cells = [(word, line) for words, line in rows for word in words]
        absent = self._settings["diagonal"] == "absent"
        width = self._size - absent
        if len(cells) != width * self._size:
            raise AtLine(line=rows[-1][1] if rows else 1, kind="DL")
        for place, (cell, line) in enumerate(cells):
            row, at = divmod(place, width)
            column = at + (absent and at >= row)
            if number(cell, line):
                self_, other = str(row + 1), str(column + 1)
                ends = self._labelled(self_), self._labelled(other)
                yield self._tie(*ends, cell, line)

    def _labelled(self, numbered: str) -> str:
        at = int(numbered) - 1
        return self._labels[at] if at < len(self._labels) else numbered

    def _tie(self, source: str, target: str, weight: str, line: int) -> tuple[PlainTie, int]:
        value = number(weight, line)
        return PlainTie(source, target, value, directed=True), line


def _without_direction(arcs: list[tuple[PlainTie, int]]) -> Iterator[tuple[PlainTie, int]]:
    """Make one tie of two arcs, where all of them are said both ways alike."""
    weights = {(tie.source, tie.target): tie.weight for tie, _ in arcs}
    if any(weights.get((b, a)) != weight for (a, b), weight in weights.items()):
        yield from arcs
        return
    seen = set()
    for tie, line in arcs:
        if (pair := frozenset((tie.source, tie.target))) not in seen:
            seen.add(pair)
            yield PlainTie(tie.source, tie.target, tie.weight), line


def _typed(word: str) -> str:
    return one_line(word.translate(AS_TYPED))


def _words(text: str, line: int) -> list[str]:
    """Divide at spaces that break and at commas, but not within quotation marks."""
    reader = shlex.shlex(text, posix=True)
    reader.whitespace_split, reader.escape, reader.commenters = True, "", ""
    reader.whitespace, reader.quotes = " \t,", '"'
    try:
        return [*reader]
    except ValueError:
        raise AtLine(line=line, kind="DL") from None
