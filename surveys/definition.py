"""A questionnaire as data: what one immutable version of a survey asks.

The canonical JSON is what :meth:`Definition.to_json` returns. It comes from an XLSForm
(``surveys.exchange``), holds expressions as text; ``questionnaires.evaluating`` compiles them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from typing import Any, Literal

from core.languages import chain

Texts = Mapping[str, str]  # by language code, as in {"de": "Ja", "en": "Yes"}
Kind = Literal["group", "repeat", "note", "calculate", "question"]
Type = Literal[
    "", "text", "integer", "decimal", "date", "time", "datetime", "select_one",
    "select_multiple", "acknowledge", "geopoint", "rank", "range",
]  # fmt: skip


@dataclass(frozen=True)
class Choice:
    """One of the answers offered by a list; *attributes* are its further columns."""

    name: str
    label: Texts = field(default_factory=dict)
    attributes: Mapping[str, str] = field(default_factory=dict)

    @property
    def picture(self) -> str:
        """The name of its pictogram in ``static/pictograms.svg``; empty when it has none."""
        return self.attributes.get("osi_picture", "")


@dataclass(frozen=True)
class Item:
    """A group, a repeat, a note, a calculation or a question.

    ``osi`` holds our own columns without their prefix, as in ``{"tie": "strength"}``.
    Expressions are XLSForm text and empty when there is none; ``required`` is one too
    (``yes`` in a form is kept as ``true()``).
    """

    kind: Kind
    name: str
    type: Type = ""
    label: Texts = field(default_factory=dict)
    hint: Texts = field(default_factory=dict)
    message: Texts = field(default_factory=dict)  # of the constraint
    required_message: Texts = field(default_factory=dict)
    list: str = ""  # the name of its list of choices
    relevant: str = ""
    required: str = ""
    constraint: str = ""
    calculation: str = ""
    choice_filter: str = ""
    count: str = ""  # of a repeat; empty: as many as people add
    default: str = ""
    appearance: str = ""
    parameters: str = ""
    read_only: bool = False
    osi: Mapping[str, str] = field(default_factory=dict)
    extra: Mapping[str, str] = field(default_factory=dict)  # columns of others, only kept
    items: tuple["Item", ...] = ()  # of a group or repeat

    @property
    def is_fixed(self) -> bool:
        """Whether people only read the answer, as it is given or calculated."""
        return self.read_only or bool(self.calculation)


@dataclass(frozen=True)
class Definition:
    """All that one version of a questionnaire asks, in all its languages."""

    title: Texts
    form_id: str
    default_language: str
    languages: tuple[str, ...]
    items: tuple[Item, ...]
    lists: Mapping[str, tuple[Choice, ...]] = field(default_factory=dict)
    language_names: Texts = field(default_factory=dict)  # as in {"de": "Deutsch"}
    settings: Mapping[str, str] = field(default_factory=dict)  # of others, only kept

    def walk(self) -> Iterator[Item]:
        """Yield every item, parents before their children, in the order of the form."""
        yield from _walk(self.items)

    def item(self, name: str) -> Item:
        """Return the item with this *name*.

        :raise KeyError: when there is none
        """
        for item in self.walk():
            if item.name == name:
                return item
        raise KeyError(name)

    def having(self, column: str, value: str = "") -> list[Item]:
        """List the items with a *value* (or any) in our own *column*, e.g. tie, strength."""
        found = (item for item in self.walk() if column in item.osi)
        return [item for item in found if not value or item.osi[column] == value]

    def to_json(self) -> dict[str, Any]:
        """Return plain data, without what is empty."""
        data: dict[str, Any] = _without_empty(self)
        return data

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Definition":
        lists = {
            name: tuple(Choice(**choice) for choice in choices)
            for name, choices in data.get("lists", {}).items()
        }
        items = tuple(_item(each) for each in data.get("items", ()))
        languages = tuple(data.get("languages", ()))
        return cls(
            title=data.get("title", {}),
            form_id=data.get("form_id", ""),
            default_language=data.get("default_language", ""),
            languages=languages,
            items=items,
            lists=lists,
            language_names=data.get("language_names", {}),
            settings=data.get("settings", {}),
        )


def text_in(texts: Texts, language: str, fallback: str) -> tuple[str, str]:
    """Return the text in *language* or what is nearest to it, else in *fallback*, else in
    any; and its language.
    """
    if text := texts.get(language):
        return text, language
    for code in (*chain(language), fallback, *texts):
        if text := texts.get(code):
            return text, code
    return "", language


def titles_of(given: Texts, definition: Definition) -> Texts:
    """Return what a survey is called: as a team has *given* it, else as the form says."""
    return {**definition.title, **{code: title for code, title in given.items() if title}}


def _item(data: Mapping[str, Any]) -> Item:
    return Item(**{**data, "items": tuple(_item(each) for each in data.get("items", ()))})


def _walk(items: tuple[Item, ...]) -> Iterator[Item]:
    for item in items:
        yield item
        yield from _walk(item.items)


EMPTY: tuple[object, ...] = ("", {}, [], False)
NAMES = {kind: tuple(each.name for each in fields(kind)) for kind in (Choice, Item, Definition)}


def _without_empty(data: Any) -> Any:
    """Return plain data of one's own."""
    if isinstance(data, str | int):
        return data
    if isinstance(data, list | tuple):
        return [_without_empty(each) for each in data]
    if names := NAMES.get(type(data)):
        data = {name: getattr(data, name) for name in names}
    if isinstance(data, Mapping):
        kept = {name: _without_empty(value) for name, value in data.items()}
        return {name: value for name, value in kept.items() if value not in EMPTY}
    return data
