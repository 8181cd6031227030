"""The answers as tables: a row per response, and a table of its own for each repeat.

A turn of a repeat carries the number of its response and its own; both together are its key.
Contact data are sealed apart and never in here.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Literal

from core.clock import ZONE
from core.sheets import Cell
from people.models import Naming
from surveys.definition import Choice, Definition, Item, Texts, Type, text_in
from surveys.exporting.gathering import Answers, Given
from surveys.questionnaires.scales import is_head

Audience = Literal["team", "network", "public"]
RESPONSES, CODEBOOK = "responses", "codebook"
UNSAFE = re.compile(r"[^\w.-]")  # in names of files
SEEN_BY: Mapping[Audience, set[Naming]] = {
    "team": {Naming.TEAM, Naming.NETWORK, Naming.PUBLIC},
    "network": {Naming.NETWORK, Naming.PUBLIC},
    "public": {Naming.PUBLIC},
}


def _own(name: str, kind: Type, german: str, english: str, choices: str = "") -> Item:
    label = {"de": german, "en": english}
    return Item("question", name, kind, label, list=choices)


def _choice(name: str, german: str, english: str) -> Choice:
    return Choice(name, {"de": german, "en": english})


RESPONSE = _own("response", "integer", "Nummer der Antwort", "Number of the answer")
ORGANISATION = _own(
    "organisation", "text", "Kennung der Organisation", "Code of the organisation"
)
ABOUT = [
    RESPONSE,
    ORGANISATION,
    _own("name", "text", "Name der Organisation", "Name of the organisation"),
    _own("language", "text", "Sprache der Antwort", "Language of the answer"),
    _own("channel", "select_one", "Weg der Antwort", "Way of the answer", "our channels"),
    _own("leading", "select_one", "Führt sie für ihre Organisation?",
         "Does it lead for its organisation?", "our yes and no"),
    _own("submitted", "date", "Tag der Abgabe", "Day on which it was sent"),
]  # fmt: skip
LISTS = {  # no form can name its lists so
    "our channels": (
        _choice("link", "Link für alle", "link for everyone"),
        _choice("invitation", "Einladung", "invitation"),
        _choice("counsellor", "Gespräch", "conversation"),
        _choice("paper", "Papier", "paper"),
    ),
    "our yes and no": (_choice("yes", "ja", "yes"), _choice("no", "nein", "no")),
}


@dataclass(frozen=True)
class Options:
    """How answers are taken along: in words or codes, in which language, for whose eyes."""

    labels: bool = False
    language: str = "de"
    audience: Audience = "team"
    leading_only: bool = False


@dataclass(frozen=True)
class Column:
    """A column with a name that no other of its table has, and what it says."""

    name: str
    item: Item


@dataclass(frozen=True)
class Table:
    """A table: what stands in it, row by row, as it is kept; each look reads it anew."""

    name: str
    columns: Sequence[Column]
    rows: Callable[[], Iterator[list[Any]]]


@dataclass(frozen=True)
class Labels:
    """The texts of a questionnaire in the chosen language, or in the next best."""

    definition: Definition
    language: str
    kept: dict[str, dict[str, str]] = field(default_factory=dict)

    def text(self, texts: Texts) -> str:
        return text_in(texts, self.language, self.definition.default_language)[0]

    def choices(self, item: Item) -> Mapping[str, str]:
        """Return the labels of the choices of a question by their names."""
        if item.list not in self.kept:
            listed = self.definition.lists.get(item.list, ())
            self.kept[item.list] = {
                choice.name: self.text(choice.label) or choice.name for choice in listed
            }
        return self.kept[item.list]


@dataclass(frozen=True)
class Taking:
    """What is taken along of a survey."""

    definition: Definition
    answers: Answers
    options: Options
    slug: str = ""
    title: Texts = field(default_factory=dict)
    versions: Sequence[tuple[int, date]] = ()  # their numbers, and since when each was asked

    @property
    def labels(self) -> Labels:
        ours = {**self.definition.lists, **LISTS}
        return Labels(replace(self.definition, lists=ours), self.options.language)

    def tables(self) -> list[Table]:
        """Return the table of the responses, and one for each repeat."""
        paths = list(_repeats(self.definition.items))
        inner = (UNSAFE.sub("_", path[-1].name) for path in paths)
        names = distinct([RESPONSES, CODEBOOK, *inner])
        turns = [self._turns(name, path) for name, path in zip(names[2:], paths, strict=True)]
        return [self._responses(), *turns]

    def _responses(self) -> Table:
        items = self._questions(self.definition.items)
        consents = [item.name for item in self.definition.having("consent")]
        wordings = [_wording(name) for name in consents]

        def rows() -> Iterator[list[Any]]:
            for given in self.answers:
                agreed = self.answers.agreed.get(given.id, {})
                answers = [given.answers.get(item.name) for item in items]
                yield [*self._about(given), *answers, *map(agreed.get, consents)]

        return Table(RESPONSES, _columns([*ABOUT, *items, *wordings]), rows)

    def _turns(self, name: str, path: Sequence[Item]) -> Table:
        items = self._questions(path[-1].items)
        numbers = [Item("question", each.name, "integer", each.label) for each in path]

        def rows() -> Iterator[list[Any]]:
            for given in self.answers:
                for place, turn in _walk(given.answers, path):
                    answers = [turn.get(item.name) for item in items]
                    yield [given.id, given.code, *place, *answers]

        return Table(name, _columns([RESPONSE, ORGANISATION, *numbers, *items]), rows)

    def _about(self, given: Given) -> list[Cell]:
        is_named = given.naming in SEEN_BY[self.options.audience]
        return [
            given.id,
            given.code,
            given.name if is_named else None,
            given.language,
            str(given.channel),
            "yes" if given.leading else "no",
            given.submitted.astimezone(ZONE).date().isoformat(),
        ]

    def _questions(self, items: Sequence[Item]) -> list[Item]:
        """Return the questions of one table: those in groups, but not those of repeats."""
        found: list[Item] = []
        for item in items:
            if item.kind == "group":
                found += self._questions(item.items)
            elif item.kind in ("question", "calculate") and self._may_be_seen(item):
                found.append(item)
        return found

    def _may_be_seen(self, item: Item) -> bool:
        named = "register" in item.osi and self.options.audience != "team"
        return not named and "pii" not in item.osi and not is_head(item)


def distinct(names: Iterable[str], longest: int = 0) -> list[str]:
    """Return *names*, numbering those that were there before; capitals make no difference."""
    found: list[str] = []
    seen: set[str] = set()
    for name in names:
        unlike, number = name, 1
        while unlike.casefold() in seen:
            number += 1
            tail = f"_{number}"
            unlike = (name[: longest - len(tail)] if longest else name) + tail
        seen.add(unlike.casefold())
        found.append(unlike)
    return found


def _columns(items: Sequence[Item]) -> list[Column]:
    names = distinct(item.name for item in items)
    return [Column(name, item) for name, item in zip(names, items, strict=True)]


def _wording(consent: str) -> Item:
    german, english = (
        f"Wortlaut, dem zugestimmt wurde: {consent}",
        f"Wording agreed to: {consent}",
    )
    return _own(f"{consent}: wording", "text", german, english)


def _repeats(items: Sequence[Item], above: tuple[Item, ...] = ()) -> Iterator[tuple[Item, ...]]:
    """Yield every repeat, with those around it before it."""
    for item in items:
        inside = (*above, item) if item.kind == "repeat" else above
        if item.kind == "repeat":
            yield inside
        yield from _repeats(item.items, inside)


def _walk(
    answers: Mapping[str, Any], path: Sequence[Item]
) -> Iterator[tuple[tuple[int, ...], Mapping[str, Any]]]:
    """Yield the turns of the last repeat on *path* with their numbers, from 1."""
    turns = answers.get(path[0].name)
    for number, turn in enumerate(turns if isinstance(turns, list) else [], start=1):
        if len(path) == 1:
            yield (number,), turn
        else:
            yield from (((number, *rest), last) for rest, last in _walk(turn, path[1:]))
