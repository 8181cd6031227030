"""The texts of a questionnaire one by one, each under a key that lasts from version to version.

Corrections are laid over a definition under these keys. Codes and expressions stay as they
are, so a correction needs no new version.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from surveys.definition import Choice, Definition, Item, Texts

COLUMNS = ("label", "hint", "message", "required_message")
REGISTER = ("self", "partners", "wished")  # their choices come from the register
OTHER = "other"
REFERENCE = re.compile(r"\$\{[^}]*\}")
DRAFT = "osi::draft"

Corrections = Mapping[str, Mapping[str, str]]  # by key and language


@dataclass(frozen=True)
class Wording:
    """A text as it stands in a questionnaire, in all its languages."""

    key: str
    column: str  # title, label, hint, message, required_message, or choice
    texts: Texts
    kind: str = ""  # of its item
    among: str = ""  # the name of the list, of a choice

    def source(self, language: str) -> str:
        return self.texts.get(language, "")

    @property
    def is_name(self) -> bool:
        """Whether it is the same in all languages, as a locality is, so nothing is missing."""
        words = {REFERENCE.sub("", text).strip() for text in self.texts.values()}
        if words == {""}:
            return True
        return self.column == "choice" and len(words) == 1 and len(self.texts) > 1


def wordings(definition: Definition) -> Iterator[Wording]:
    """Yield every text that is there in some language, in the order of the form."""
    if definition.title:
        yield Wording("title", "title", definition.title)
    listed: set[str] = set()
    for item in definition.walk():
        for column in COLUMNS:
            if texts := getattr(item, column):
                yield Wording(key_of(item, column), column, texts, item.kind)
        if item.list and item.list not in listed:
            listed.add(item.list)
            yield from _choices(definition, item)


def key_of(item: Item, column: str) -> str:
    return f"{item.name}/{column}"


def laid_over(definition: Definition, corrections: Corrections) -> Definition:
    """Return *definition* with the corrected texts in the place of the others."""
    if not corrections:
        return definition
    more = {language for texts in corrections.values() for language in texts}
    return replace(
        definition,
        title=_corrected(definition.title, corrections.get("title")),
        languages=tuple(dict.fromkeys([*definition.languages, *sorted(more)])),
        items=_items(definition.items, corrections),
        lists={
            name: tuple(
                replace(choice, label=_corrected(choice.label, corrections.get(key)))
                for key, choice in keyed(name, choices)
            )
            for name, choices in definition.lists.items()
        },
    )


def drafts_of(definition: Definition) -> set[str]:
    """Return the languages whose texts no person had checked when the form was written."""
    return {*definition.settings.get(DRAFT, "").split()}


def mark(*texts: str) -> str:
    """Return by what a text, or several in this order, are recognised."""
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()[:32]


def references(text: str) -> list[str]:
    """Return the answers that are named in a text, each once."""
    return sorted({*REFERENCE.findall(text)})


def _items(items: tuple[Item, ...], corrections: Corrections) -> tuple[Item, ...]:
    def of(item: Item, column: str) -> Texts:
        return _corrected(getattr(item, column), corrections.get(key_of(item, column)))

    return tuple(
        replace(
            item,
            label=of(item, "label"),
            hint=of(item, "hint"),
            message=of(item, "message"),
            required_message=of(item, "required_message"),
            items=_items(item.items, corrections),
        )
        for item in items
    )


def _corrected(texts: Texts, more: Mapping[str, str] | None) -> Texts:
    return {**texts, **more} if more else texts


def _choices(definition: Definition, item: Item) -> Iterator[Wording]:
    of_register = all(
        each.osi.get("register") in REGISTER
        for each in definition.walk()
        if each.list == item.list
    )
    for key, choice in keyed(item.list, definition.lists.get(item.list, ())):
        if choice.label and (choice.name == OTHER or not of_register):
            yield Wording(key, "choice", choice.label, item.kind, item.list)


def keyed(name: str, choices: tuple[Choice, ...]) -> Iterator[tuple[str, Choice]]:
    """Yield choices with their keys; of two with the same name the second is told apart."""
    seen: Counter[str] = Counter()
    for choice in choices:
        seen[choice.name] += 1
        again = f"/{seen[choice.name]}" if seen[choice.name] > 1 else ""
        yield f"{name}//{choice.name}{again}", choice
