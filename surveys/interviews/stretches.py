"""Stretches of a text: finding one, finding it again, and parting the text at them.

Places are counted in characters from 0, the end is not included.
"""

import re
from collections.abc import Iterable, Iterator
from hashlib import sha256
from itertools import pairwise

Place = tuple[int, int]


def find(text: str, words: str, near: int = 0) -> Place | None:
    """Return where *words* stand in *text*, nearest to *near*; white space does not matter.

    Capitals count first; if the words stand nowhere so, they do not.
    """
    if not words.split():
        return None
    pattern = r"\s+".join(map(re.escape, words.split()))
    for flags in (0, re.IGNORECASE):
        if found := [each.span() for each in re.finditer(pattern, text, flags)]:
            return min(found, key=lambda place: (abs(place[0] - near), place))
    return None


def whole(text: str) -> Place:
    """Return the whole of a text, without the white space around it."""
    begins = len(text) - len(text.lstrip())
    return begins, max(begins + len(text.strip()), begins)


def digest(text: str, place: Place) -> str:
    """Return what tells whether a stretch is the same."""
    return sha256(text[slice(*place)].encode()).hexdigest()


def where_now(text: str, place: Place, known: str) -> Place | None:
    """Return where the stretch that stood at *place* stands now, nearest; or nowhere."""
    length = place[1] - place[0]
    starts = range(len(text) - length + 1)
    for begins in sorted(starts, key=lambda start: abs(start - place[0])):
        if digest(text, (begins, begins + length)) == known:
            return begins, begins + length
    return None


def parted(text: str, places: Iterable[Place]) -> Iterator[tuple[str, bool]]:
    """Yield the text in pieces, and whether each is marked; a mark of all of it is none."""
    marked = [place for place in places if place != whole(text)]
    edges = sorted({0, len(text), *(edge for place in marked for edge in place)})
    for begins, ends in pairwise(edges):
        yield text[begins:ends], any(b <= begins and ends <= e for b, e in marked)
