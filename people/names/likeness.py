"""How alike the words of two names are: slips of the pen, parts, and initials."""

import re
from collections.abc import Collection, Sequence
from functools import lru_cache

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from people.names.spelling import PLACES, fold
from people.names.vocabulary import FILLERS, KINDS_IN_NAMES

KINDS = frozenset(KINDS_IN_NAMES.split())
WORD = 5  # letters of a word that can be written wrong and still be that word
LONG = 8  # letters of a word in which one missing or more is a slip
SOUND_ALIKE = [set(pair) for pair in ("vw", "iy", "ck", "fv")]
SHORTEST, LONGEST = 3, 7  # letters of what may be an abbreviation
ALIKE = 84  # of 100: two words that may be one


def slipped(mine: Sequence[str], its: Sequence[str], known: Collection[str]) -> bool:
    """Tell whether two names differ by one slip of the pen in one word.

    A word that is *known* from other names was meant as it stands: Rathaus is no Radhaus.
    """
    ours, theirs = _rest(mine, its), _rest(its, mine)
    if len(ours) != 1 or len(theirs) != 1 or ours[0] in known:
        return False
    return _is_slip(ours[0], theirs[0])


def overlap(mine: Sequence[str], its: Sequence[str]) -> float:
    """Say how much of two names is in common, 0 to 90, by the weight of their words."""
    common, telling, left = 0.0, False, list(its)
    for word in sorted(mine, key=_weight, reverse=True):
        how, alike = max(((_alike(word, other), other) for other in left), default=(0, ""))
        if how >= ALIKE:
            left.remove(alike)
            common += min(_weight(word), _weight(alike)) * how / 100
            telling = telling or _weight(word) == 1
    sizes = sorted((sum(map(_weight, mine)), sum(map(_weight, its))))
    cover, whole = common / (sizes[0] or 1), common / (sizes[1] or 1)
    if not (telling and cover >= 0.6) and cover < 0.99:
        return 0.0
    return 12 + 38 * min(cover, 1) + 40 * min(whole, 1)


@lru_cache(maxsize=65_536)
def words_of(name: str) -> tuple[str, ...]:
    """Return the words of a name as they were written, but folded."""
    return tuple(re.findall(r"\w+", fold(name)))


def abbreviates(short: str, words: Sequence[str]) -> bool:
    """Tell whether *short* takes some letters of each word, at least of two, from its first.

    So "DRK", "MDC" and "SoLaWi" do; what stands behind may be missing, as may small words.
    """
    if not SHORTEST <= len(short) <= LONGEST or not words or short[0] != words[0][0]:
        return False
    telling = [word for word in words if word not in FILLERS]
    return _takes(short, words, 0) or _takes(short, telling, 0)


def _takes(short: str, words: Sequence[str], taken: int) -> bool:
    if not short:
        return taken > 1
    if not words or short[0] != words[0][0]:
        return False
    at = 0
    for end, letter in enumerate(short, 1):
        at = words[0].find(letter, at) + 1
        if not at:
            return False
        if _takes(short[end:], words[1:], taken + 1):
            return True
    return False


def _rest(some: Sequence[str], others: Sequence[str]) -> list[str]:
    left = list(some)
    for word in others:
        if word in left:
            left.remove(word)
    return left


def _is_slip(one: str, other: str) -> bool:
    shorter, longer = sorted((one, other), key=len)
    if len(shorter) < WORD or not (one + other).isalpha() or OSA.distance(one, other) != 1:
        return False
    if len(shorter) == len(longer):
        differ = {letter for pair in zip(one, other, strict=True) if len({*pair}) > 1
                  for letter in pair}  # fmt: skip
        return sorted(one) == sorted(other) or (len(one) > WORD and differ in SOUND_ALIKE)
    place = next((i for i, letter in enumerate(shorter) if letter != longer[i]), len(shorter))
    extra = longer[place]
    if place and longer[place - 1] == extra:
        return True  # written twice, or once only
    is_umlaut = extra == "e" and longer[place - 1] in "aou"
    return len(shorter) >= LONG - 1 and 0 < place < len(shorter) and not is_umlaut


def _alike(one: str, other: str) -> float:
    """Say how alike two words are; a long one may be the beginning of the other."""
    shorter, longer = sorted((one, other), key=len)
    if len(longer) > len(shorter) > WORD and longer.startswith(shorter):
        return 90.0
    return fuzz.ratio(one, other)


def _weight(word: str) -> float:
    """Say how much a word tells of which organisation it is."""
    if word in PLACES or word.isdecimal() or len(word) < 3:
        return 0.3
    return 0.5 if word in KINDS else 1
