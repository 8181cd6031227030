"""Families of words: which words speak of the same thing, in the languages of a room.

They are written down in ``kin.txt``. Letters alone do not tell that a crèche and a nursery
are kin, and a learned model of a language would be large and not explain itself.
"""

from collections import defaultdict
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from people.naming import fold

PLACE = Path(__file__).with_name("kin.txt")
INSIDE = 5  # letters of a root that is found anywhere in a word
LONGEST = 40  # letters of a word that are looked at
KNOWN = 2**15  # words whose families are remembered
ALIKE = str.maketrans("ıکیىةە", "iكييهه")  # as they are typed on other keyboards

Families = frozenset[int]


class Roots(NamedTuple):
    """The families by what their words are, begin with, or hold."""

    whole: dict[str, set[int]]
    start: dict[str, set[int]]
    inside: dict[str, set[int]]

    def between(self, letters: str, start: int, end: int) -> set[int]:
        """Return the families whose root stands there in a word."""
        part = letters[start:end]
        found = self.inside.get(part, set())
        if start == 0:
            found = found | self.start.get(part, set())
            found = found | (self.whole.get(part, set()) if end == len(letters) else set())
        return found


@lru_cache(KNOWN)
def folded(word: str) -> str:
    """Return *word* as it is compared, in small letters without signs."""
    return fold(word).translate(ALIKE)


@lru_cache(KNOWN)
def families_of(word: str) -> Families:
    """Return the numbers of the families to which a *word* belongs.

    A root within a longer one says nothing: there is no garden in a kindergarten.
    """
    roots, letters = _roots(), folded(word)[:LONGEST]
    spans = [
        (start, end, found)
        for start in range(len(letters))
        for end in range(start + 2, len(letters) + 1)
        if (found := roots.between(letters, start, end))
    ]
    outer = [
        a for a in spans if not any(b[0] <= a[0] and a[1] <= b[1] for b in spans if b != a)
    ]
    return frozenset(family for _, _, found in outer for family in found)


@cache
def _roots() -> Roots:
    roots = Roots(defaultdict(set), defaultdict(set), defaultdict(set))
    lines = PLACE.read_text(encoding="utf-8").splitlines()
    for family, line in enumerate(line for line in lines if not line.startswith("#")):
        for root in line.replace("|", " ").split():
            letters = folded(root.removeprefix("="))
            if root.startswith("="):
                roots.whole[letters].add(family)
            else:
                kind = roots.inside if len(letters) >= INSIDE else roots.start
                kind[letters].add(family)
    return roots
