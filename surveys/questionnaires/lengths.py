"""The short and the long version of a form, where it asks which one somebody will fill in."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from surveys.definition import Definition, Item
from surveys.questionnaires.conditions import simply

SHORT, LONG = "short", "long"  # the choices of that question


def question_of_length(definition: Definition) -> Item | None:
    """Return the question that asks for the version; none where there is only one."""
    for item in definition.walk():
        names = {choice.name for choice in definition.lists.get(item.list, ())}
        if item.type == "select_one" and names == {SHORT, LONG}:
            return item
    return None


def is_about_itself(definition: Definition, item: Item) -> bool:
    """Whether a question is about the survey itself: a consent, or the version."""
    length = question_of_length(definition)
    return "consent" in item.osi or (length is not None and item.name == length.name)


def in_version(definition: Definition, version: str, items: Sequence[Item]) -> list[Item]:
    """Return what of *items* is asked in a version, without the question for it.

    What depends on a question that is not asked, and what only a screen can say, is left out.
    """
    length = question_of_length(definition)
    return [*_kept(items, length.name, version, set())] if length else [*items]


def _kept(items: Sequence[Item], length: str, version: str, gone: set[str]) -> Iterator[Item]:
    for item in items:
        wanted = dict(simply(item.relevant) or []) if item.relevant else {}
        others = version not in wanted.get(length, (version,)) or gone & wanted.keys()
        calculated = item.kind == "note" and any("${" in text for text in item.label.values())
        inner = () if others else tuple(_kept(item.items, length, version, gone))
        if others or calculated or item.name == length or (item.items and not inner):
            gone |= {item.name} - {length}
            continue
        yield replace(item, items=inner)
