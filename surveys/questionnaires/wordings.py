"""The texts that are read aloud, each with the key by which it is known.

The keys are those under which texts are reviewed, so they last from version to version;
the consent for a purpose has one of its own, ``consent/survey``.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256

from surveys.definition import Definition, Item, Texts
from surveys.questionnaires.laying import split_code
from surveys.translating.texts import key_of, keyed

NAMED = "${"  # a text with this repeats answers, so it differs from one person to the next
DIGITS = 20


@dataclass(frozen=True)
class Wording:
    """A text in all its languages, and which part of which question it is.

    The part is ``label``, ``hint``, ``consent``, or ``=`` and the name of a choice.
    """

    key: str
    texts: Texts
    item: Item
    part: str


def key_of_consent(purpose: str) -> str:
    return f"consent/{purpose}"


def wordings(definition: Definition) -> Iterator[Wording]:
    """Yield what people read, each text once, in the order in which they come to it."""
    seen: set[str] = set()
    for item in definition.walk():
        if item.kind == "calculate":
            continue
        yield from wordings_of(item)
        if item.list and item.list not in seen:
            seen.add(item.list)
            yield from choices_of(definition, item)


def wordings_of(item: Item) -> Iterator[Wording]:
    """Yield the label and the hint of an item."""
    for column in ("label", "hint"):
        texts: Texts = getattr(item, column)
        if any(texts.values()):
            yield Wording(key_of(item, column), texts, item, column)


def choices_of(definition: Definition, item: Item) -> Iterator[Wording]:
    """Yield the choices of a question."""
    for key, choice in keyed(item.list, definition.lists.get(item.list, ())):
        yield Wording(key, choice.label, item, f"={choice.name}")


def is_constant(text: str) -> bool:
    """Whether a text is the same for everybody."""
    return NAMED not in text


def spoken_text(text: str) -> str:
    """Return a text as one says it: without the code that stands on the index tab."""
    return " ".join(split_code(text)[1].split())


def digest_of(text: str) -> str:
    """Return what changes when somebody would have to say something else."""
    return sha256(spoken_text(text).encode()).hexdigest()[:DIGITS]
