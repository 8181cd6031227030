"""Searching texts for words: which hold them all, and the stretch in which they stand."""

import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from people.naming import fold

AROUND = 60  # characters shown before what was found, and twice as many after


@dataclass(frozen=True)
class Entry:
    """Something that can be found: what it is called, what it says, where it stands."""

    title: str
    text: str = ""
    where: Mapping[str, object] = field(default_factory=dict)  # the values of its address


def holding(
    entries: Iterable[Entry], words: str, most: int = sys.maxsize
) -> tuple[list[Entry], int]:
    """Return the first *most* that hold all *words*, a fitting title first, and how many do.

    Umlauts and capitals make no difference. The text of what is returned is only the
    stretch around the first word that stands in it.
    """
    wanted = fold(words).split()
    in_title, in_text = [], []
    for each in entries if wanted else ():
        title = fold(each.title)
        rest = [word for word in wanted if word not in title]
        if not rest:
            in_title.append(each)
        elif (text := fold(each.text)) and all(word in text for word in rest):
            in_text.append(each)
    found = in_title + in_text
    shown = [replace(each, text=around(each.text, wanted)) for each in found[:most]]
    return shown, len(found)


def around(text: str, folded: Iterable[str]) -> str:
    """Return the stretch of *text* in which the first of some *folded* words stands."""
    plain = " ".join(text.split())
    whole, origin = "", []  # folding may make two letters of one
    for at, letter in enumerate(plain):
        short = fold(letter)
        whole += short
        origin += [at] * len(short)
    places = [origin[at] for word in folded if (at := whole.find(word)) >= 0]
    first = min(places, default=0)
    begin, end = max(0, first - AROUND), first + 2 * AROUND
    start = plain.find(" ", begin, first) + 1 if begin else 0
    shown = plain[start:end].strip()
    return f"{'… ' if start else ''}{shown}{' …' if end < len(plain) else ''}"
