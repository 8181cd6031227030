"""Doubles: entries of the register that may be one organisation."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import combinations

from people.models import Organisation
from people.names.likeness import KINDS, words_of
from people.names.matching import Candidate, Reason, Register
from people.names.scripts import sound
from people.names.spelling import PLACES, spellings
from people.naming import names_of

LIKELY = 80  # of 100
CROWD = 30  # a word that more entries share tells nothing
SHOWN = 30


@dataclass(frozen=True)
class Pair:
    """Two entries that may be one; *one* has stood in the register for longer."""

    one: Organisation
    other: Organisation
    score: int
    reason: Reason


def doubles(
    organisations: Sequence[Organisation], known_as_two: Collection[frozenset[int]] = ()
) -> list[Pair]:
    """List the likeliest doubles, without those that somebody has told apart."""
    found = []
    for one, other in sorted(_worth_a_look(organisations)):
        pair = organisations[one], organisations[other]
        if {each.id for each in pair} in known_as_two:
            continue
        likest = max(_likeness(*pair), key=lambda each: each.score, default=None)
        if likest and likest.score >= LIKELY:
            found.append(Pair(*pair, likest.score, likest.reason))
    return sorted(found, key=lambda each: (-each.score, each.one.code, each.other.code))[:SHOWN]


def _likeness(one: Organisation, other: Organisation) -> list[Candidate]:
    register = Register([one])
    return [each for name in names_of(other) for each in register.candidates(name)]


def _worth_a_look(organisations: Sequence[Organisation]) -> set[tuple[int, int]]:
    """Return the places of entries that share a telling word, or one that sounds alike."""
    sharing: dict[str, set[int]] = {}
    for place, each in enumerate(organisations):
        for name in names_of(each):
            for line in spellings(name) | {" ".join(words_of(name))}:
                for word in line.split():
                    if word not in KINDS and word not in PLACES and len(word) > 2:
                        sharing.setdefault(sound(word) or word, set()).add(place)
                sharing.setdefault(line, set()).add(place)
    crowds = [sorted(places) for places in sharing.values() if 1 < len(places) <= CROWD]
    return {pair for places in crowds for pair in combinations(places, 2)}
