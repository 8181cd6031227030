"""Pajek's .net files: http://mrvar.fdv.uni-lj.si/pajek/ (manual, “Data objects”).

Pajek keeps sectors in shapes and colours, and what a tie is in its label. It knows no
quotation marks within a label and takes one name once; where a label had to change, or a
node is more than its label, a line of comment says so, which other programs skip.
"""

import json
import re
import shlex
from collections.abc import Iterator
from typing import Any

from core.errors import message
from core.sheets import as_text
from networks.exchange.attributes import WHAT, facts_of_node
from networks.exchange.labels import unlike
from networks.exchange.plain import (
    MOST_NODES,
    AtLine,
    Gathering,
    NoNumber,
    PlainNetwork,
    PlainNode,
    PlainTie,
    TooLarge,
    Unknown,
    Unreadable,
    as_number,
    kinds_as_text,
    kinds_in,
    number,
    one_line,
    strength_in,
)
from networks.layout import HEIGHT, WIDTH

SHAPES = {
    "economy": "box ic Blue",
    "society": "ellipse ic Orange",
    "politics": "triangle ic Purple",
    "science": "diamond ic Green",
}
NOWHERE = 0.5, 0.5
OTHERS = "ellipse ic Gray"
REMARK = "% node "
NOT_IN_LABELS = str.maketrans({'"': "'", "\\": "/"})
RELATION = re.compile(r"\*\w+\s*:\s*\d+\s*(.*)")


class TwoKinds(AtLine):
    reason = message(
        "Line %(line)s: a network between two kinds of nodes cannot be read, "
        "only one between organisations."
    )


def write(network: PlainNetwork) -> bytes:
    """Return the network as Pajek reads it."""
    return ("\r\n".join(_lines(network)) + "\r\n").encode()


def _lines(network: PlainNetwork) -> Iterator[str]:
    labels = unlike((node.id, node.label.translate(NOT_IN_LABELS)) for node in network.nodes)
    numbers = {node.id: number for number, node in enumerate(network.nodes, 1)}
    yield "% Shapes and colours are sectors: box = economy, ellipse = society,"
    yield "% triangle = politics, diamond = science, grey = not known."
    yield "% The label of a tie: kinds | strength (1-3, 0 = not said) | state | wave"
    yield f"*Vertices {len(network.nodes)}"
    for node in network.nodes:
        x, y = _place(node)
        shape = SHAPES.get(node.sector, OTHERS)
        yield f'{numbers[node.id]} "{labels[node.id]}" {x:.4f} {y:.4f} {shape}'
    for node in network.nodes:
        facts = {"id": node.id, "label": node.label, **facts_of_node(node)}
        yield f"{REMARK}{numbers[node.id]} {json.dumps(facts, ensure_ascii=False)}"
    for head, directed in (("*Arcs", True), ("*Edges", False)):
        ties = [tie for tie in network.ties if tie.directed == directed]
        if ties or not (directed or network.ties):
            yield head
        for tie in ties:
            ends = f"{numbers[tie.source]} {numbers[tie.target]}"
            dots = " p Dots" if tie.state == "unknown" else ""
            yield f'{ends} {as_number(tie.weight)} l "{_label(tie)}"{dots}'


def _place(node: PlainNode) -> tuple[float, float]:
    x, y = node.place or (WIDTH / 2, HEIGHT / 2)
    return x / WIDTH, y / HEIGHT


def _label(tie: PlainTie) -> str:
    parts = [kinds_as_text(tie.kinds), tie.strength, tie.state, one_line(tie.wave)]
    return " | ".join(str(part).translate(NOT_IN_LABELS) for part in parts)


def read(content: bytes) -> PlainNetwork:
    """Return the first network in a .net or .paj file.

    :raise Unreadable: when there is none
    """
    reader = _Reader()
    for line, text in enumerate(re.split(r"\r\n|\r|\n", as_text(content)), 1):
        if text.startswith(REMARK):
            reader.remark(text)
        elif text.startswith("*"):
            reader.begin(text, line)
        elif text.strip() and not text.lstrip().startswith(("%", "/*")):
            reader.hear(text, line)
    return reader.network()


class _Reader:
    """Hears the lines of a file, one section after the other."""

    def __init__(self) -> None:
        self._section, self._begun = "", False
        self._names: dict[str, tuple[str, int]] = {}  # by number: label, and at which line
        self._remarks: dict[str, dict[str, Any]] = {}
        self._ties: list[tuple[str, str, str, str, bool, int]] = []
        self._relation = ""
        self._row = 0

    def begin(self, text: str, line: int) -> None:
        words = text.split()
        self._section = words[0].lower().partition(":")[0]
        told = RELATION.match(text)
        self._relation = one_line(told[1].strip("\"' ")) if told else ""
        if self._section == "*vertices":
            if self._begun:
                self._section = "*values"  # of a partition or vector
                return
            self._begun = True
            if len(words) > 2:
                raise TwoKinds(line=line)
            if len(words) < 2 or not words[1].isdecimal():
                raise NoNumber(line=line, text=" ".join(words[1:])[:60])
            if int(words[1]) > MOST_NODES:
                raise TooLarge
            for each in range(1, int(words[1]) + 1):
                self._names[str(each)] = (str(each), line)

    def remark(self, text: str) -> None:
        """Take up what a file of ours says of a node; what is amiss there does not matter."""
        number, _, facts = text.removeprefix(REMARK).partition(" ")
        try:
            told = json.loads(facts)
        except ValueError:
            return
        if isinstance(told, dict):
            self._remarks[number] = told

    def hear(self, text: str, line: int) -> None:
        match self._section:
            case "*vertices":
                words = _words(text, line)
                if words[0] not in self._names:
                    raise Unknown(line=line, text=words[0][:60])
                self._names[words[0]] = (one_line(words[1] if words[1:] else words[0]), line)
            case "*arcs" | "*edges":
                words = _words(text, line)
                if len(words) < 2:
                    raise AtLine(line=line, kind="Pajek")
                more = words[3:]
                label = more[more.index("l") + 1] if "l" in more[:-1] else self._relation
                weight = words[2] if words[2:] else ""
                directed = self._section == "*arcs"
                self._ties.append((words[0], words[1], weight, label, directed, line))
            case "*arcslist" | "*edgeslist":
                first, *others = text.split()
                directed = self._section == "*arcslist"
                self._ties += [
                    (first, each, "", self._relation, directed, line) for each in others
                ]
            case "*matrix":
                self._row += 1
                for column, weight in enumerate(text.split(), 1):
                    if number(weight, line):
                        ends = str(self._row), str(column)
                        self._ties.append((*ends, weight, self._relation, True, line))

    def network(self) -> PlainNetwork:
        """Return what was heard."""
        if not self._begun:
            raise Unreadable(kind="Pajek")
        found, ids = Gathering(), {}
        for numbered, (label, line) in self._names.items():
            told = self._remarks.get(numbered, {})
            ids[numbered] = one_line(told.get("id") or label or numbered)
            if ids[numbered] in found.nodes:
                ids[numbered] = f"{ids[numbered]} ({numbered})"
            name = one_line(told.get("label", label))
            sector, kind, locality = (one_line(told.get(part, "")) for part in WHAT)
            found.node(PlainNode(ids[numbered], name, sector, kind, locality), line)
        for source, target, weight, label, directed, line in self._ties:
            for end in (source, target):
                if end not in ids:
                    raise Unknown(line=line, text=end[:60])
            tie = _tie(ids[source], ids[target], weight, label, directed, line)
            found.tie(tie, line)
        return found.network()


def _tie(
    source: str, target: str, weight: str, label: str, directed: bool, line: int
) -> PlainTie:
    kinds, strength, state, wave = [*(part.strip() for part in label.split("|")), "", "", ""][
        :4
    ]
    if label.count("|") != 3:
        kinds, strength, state, wave = label, "", "", ""
    return PlainTie(
        source, target, number(weight, line), strength_in(strength), kinds_in(kinds),
        one_line(state), one_line(wave), directed,
    )  # fmt: skip


def _words(text: str, line: int) -> list[str]:
    """Divide a line; within quotation marks nothing is divided and nothing else special."""
    reader = shlex.shlex(text, posix=True)
    reader.whitespace_split, reader.quotes, reader.escape, reader.commenters = True, '"', "", ""
    try:
        return [*reader]
    except ValueError:
        raise AtLine(line=line, kind="Pajek") from None
