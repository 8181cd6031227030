"""What is different between two texts of a concept, in words that people can read."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from agency.concepts.models import Section
from agency.concepts.sections import Content, Part

WORDS = re.compile(r"\s+|\w+|[^\w\s]")


class Change(StrEnum):
    """What has become of a part."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True)
class Stretch:
    """Words that stayed, came or went."""

    kind: str  # "same", "added", "removed"
    words: str


@dataclass(frozen=True)
class Difference:
    """What has become of one part between two contents."""

    change: Change
    part: Part  # as it is, or as it was when it is gone
    stretches: Sequence[Stretch] = ()
    facts: Sequence[tuple[str, str, str]] = ()  # name, before, after
    cited: int = 0  # so many pieces of evidence more
    no_longer_cited: int = 0


def differences(before: Content, after: Content) -> dict[Section, list[Difference]]:
    """Return what was added, removed and changed, section by section."""
    return {
        section: found
        for section in Section
        if (found := list(_in_section(before.of(section), after.of(section))))
    }


def frame_differences(before: Content, after: Content) -> list[tuple[str, str, str]]:
    """List what holds for the whole and has changed: name, before, after."""
    names = ("title", "starts", "months", "esf", "land")
    pairs = [(n, getattr(before, n), getattr(after, n)) for n in names]
    pairs.append(("programme", before.terms.name, after.terms.name))
    return [
        (name, "" if was is None else str(was), "" if now is None else str(now))
        for name, was, now in pairs
        if was != now
    ]


def stretches(before: str, after: str) -> list[Stretch]:
    """Compare two texts word by word."""
    old, new = WORDS.findall(before), WORDS.findall(after)
    found: list[Stretch] = []
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            found.append(Stretch("same", "".join(old[a:b])))
            continue
        if a < b:
            found.append(Stretch("removed", "".join(old[a:b])))
        if c < d:
            found.append(Stretch("added", "".join(new[c:d])))
    return found


def _in_section(before: Sequence[Part], after: Sequence[Part]) -> Iterator[Difference]:
    old = {each.id: each for each in before}
    for part in after:
        was = old.pop(part.id, None)
        if was is None:
            yield Difference(Change.ADDED, part)
        elif was != part:
            yield _difference(was, part)
    for part in old.values():
        yield Difference(Change.REMOVED, part)


def _difference(was: Part, part: Part) -> Difference:
    names = [*dict.fromkeys((*was.facts, *part.facts))]
    facts = [(name, was.facts.get(name, ""), part.facts.get(name, "")) for name in names]
    return Difference(
        Change.CHANGED,
        part,
        stretches(was.text, part.text),
        [each for each in facts if each[1] != each[2]],
        len({*part.evidence} - {*was.evidence}),
        len({*was.evidence} - {*part.evidence}),
    )
