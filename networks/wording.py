"""Sentences that name organisations: the names come in last, as their reader may see them.

What is kept of a sentence holds codes in place of names. So whoever withdraws the name
later is not named any more, whatever was written before.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Protocol

OPEN, SHUT = "\ue000", "\ue001"  # nobody types these
NAMED = re.compile(f"{OPEN}([^{SHUT}]*){SHUT}")


class Tongue(Protocol):
    """A language in which findings and reasons are told."""

    language: str

    def gettext(self, text: str, /, **values: object) -> str: ...
    def ngettext(self, one: str, many: str, number: int, /, **values: object) -> str: ...
    def share(self, share: float, form: str = "0 %", /) -> str: ...
    def term(self, code: str, /) -> str: ...
    def decimal(self, value: float, form: str = "0.00", /) -> str: ...


def named(code: str) -> str:
    """Return the place of a name in a sentence."""
    return f"{OPEN}{code}{SHUT}"


def listed(tongue: Tongue, things: Iterable[str], most: int = 3) -> str:
    """Return things as a list in words: "A, B and C"; what is too much is counted."""
    some = list(things)
    if len(some) > most:
        more = len(some) - most + 1
        last = tongue.ngettext("%(num)d more", "%(num)d more", more)
        some = [*some[: most - 1], last]
    if len(some) < 2:
        return "".join(some)
    pair = {"some": ", ".join(some[:-1]), "last": some[-1]}
    return tongue.gettext("%(some)s and %(last)s", **pair)


def pieces(words: str) -> Iterator[tuple[str, str]]:
    """Yield a sentence as pairs: text, and the code of the organisation named after it."""
    parts = NAMED.split(words)
    yield from zip(parts[::2], [*parts[1::2], ""], strict=True)


def plain(words: str, called: Callable[[str], str]) -> str:
    """Return a sentence with the names that *called* gives for codes."""
    said = NAMED.sub(lambda found: called(found[1]) + SHUT, words)
    return said.replace(f".{SHUT}.", ".").replace(SHUT, "")


def codes_in(words: str) -> list[str]:
    """List the organisations that a sentence names, each once."""
    return list(dict.fromkeys(NAMED.findall(words)))
