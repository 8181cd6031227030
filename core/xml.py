"""What every XML file of ours must mind."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from xml.parsers.expat import ExpatError, ParserCreate

DEEPEST = 100  # elements within each other
MOST = 50_000  # elements of a document
NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def clean(text: str) -> str:
    """Return *text* without what XML cannot hold: control characters, half characters.

    Source: XML 1.0, fifth edition, §2.2.
    """
    return NOT_IN_XML.sub("", text)


class NotXml(Exception):
    """What came is no XML, or holds what none of ours needs: a DOCTYPE, entities, depths."""


@dataclass(slots=True)
class Node:
    """An element by its local name, whatever prefix and namespace it was written with."""

    name: str
    attributes: Mapping[str, str]
    children: "list[Node]" = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(self.pieces).strip()

    def all(self, name: str) -> "list[Node]":
        return [child for child in self.children if child.name == name]

    def first(self, name: str) -> "Node | None":
        return next(iter(self.all(name)), None)


def read(data: bytes) -> Node:
    """Return the root of a document that somebody sent.

    A DOCTYPE ends it at once, so no entity is ever declared, expanded or fetched.

    :raise NotXml: when it cannot be read, or should not
    """
    try:
        return _Reader().read(data)
    except (ExpatError, UnicodeError, LookupError, ValueError) as error:
        raise NotXml from error


Begin = Callable[[str, Mapping[str, str], int], None]  # name, attributes, line
End = Callable[[str, str, int], None]  # name, the text before its end, line


def listen(data: bytes, begin: Begin, end: End) -> None:
    """Tell of each element as it begins and as it ends; no tree is kept of a long file.

    A DOCTYPE ends it at once, as in :func:`read`.

    :raise NotXml: when it cannot be read, or should not; it says at which line
    """
    parser, texts = ParserCreate(namespace_separator=" "), [""]
    parser.buffer_text = True

    def begins(name: str, attributes: Mapping[str, str]) -> None:
        if len(texts) > DEEPEST:
            refuse()
        texts.append("")
        begin(name.rpartition(" ")[2], attributes, parser.CurrentLineNumber)

    def ends(name: str) -> None:
        end(name.rpartition(" ")[2], texts.pop(), parser.CurrentLineNumber)

    def says(text: str) -> None:
        texts[-1] += text

    def refuse(*_what: object) -> None:
        raise NotXml(parser.CurrentLineNumber)

    parser.StartElementHandler, parser.EndElementHandler = begins, ends
    parser.CharacterDataHandler = says
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = refuse
    try:
        parser.Parse(data, True)
    except ExpatError as error:
        raise NotXml(error.lineno) from error
    except (UnicodeError, LookupError) as error:
        raise NotXml(parser.CurrentLineNumber) from error


class _Reader:
    """Builds the tree while the parser runs."""

    def __init__(self) -> None:
        self._open = [Node("", {})]
        self._number = 0

    def read(self, data: bytes) -> Node:
        parser = ParserCreate(namespace_separator=" ")
        parser.StartElementHandler = self._begin
        parser.EndElementHandler = lambda _name: self._open.pop()
        parser.CharacterDataHandler = lambda text: self._open[-1].pieces.append(text)
        parser.StartDoctypeDeclHandler = self._refuse
        parser.EntityDeclHandler = self._refuse
        parser.Parse(data, True)
        return self._open[0].children[0]

    def _begin(self, name: str, attributes: Mapping[str, str]) -> None:
        self._number += 1
        if len(self._open) > DEEPEST or self._number > MOST:
            raise NotXml
        node = Node(name.rpartition(" ")[2], attributes)
        self._open[-1].children.append(node)
        self._open.append(node)

    def _refuse(self, *_what: object) -> None:
        raise NotXml
