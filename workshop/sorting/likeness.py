"""Which cards say the same: their words, parts of words and families, weighed by rarity.

A card is a bag of traits: pieces of three to five letters of its words, so that compounds
and slips of the pen still meet; the stems of its words; and the families of ``kin``. A trait
counts the more the fewer cards have it (TF-IDF, after Salton and Buckley 1988), and two
cards are as alike as the cosine of their bags.
"""

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from core.languages import direction_of
from core.stems import base, key_of, words_of
from people.naming import PLACES
from workshop.sorting.kin import families_of, folded

PIECES = (3, 4, 5)  # letters
TITLE = 2.0  # how much more a word says in the title
STEM, FAMILY = 0.5, 2.0  # how much they say beside the pieces of a word
LONGEST = 40  # letters of a word that are looked at
KNOWN = 2**13  # cards whose traits are remembered
ALIKE = 0.38  # from here on one card may say what another says
SLIP = 0.5  # a word of which less than this share is new may be a known one, misspelt
BESIDE = 0.7  # how near others have to come to the likest to be told, too
VAGUE = 0.2  # how much a word says that only tells where
SETTING = PLACES | {"berlin", "bezirk", "campus", "kiez", "stadtteil", "unterkunft", "viertel"}
CYRILLIC, ARABIC = re.compile("[\u0400-\u04ff]"), re.compile("[\u0600-\u06ff]")

Floats = NDArray[np.float32]
Numbers = NDArray[np.int32]


@dataclass(frozen=True)
class Card:
    """An idea as it is compared with others."""

    number: int
    title: str
    text: str = ""
    language: str = "de"
    question: int = 0  # which it answers


@dataclass(frozen=True)
class Match:
    """A card that says something alike; 1 is the same."""

    card: Card
    likeness: float


class Likeness:
    """The cards of a board, ready to be compared with each other and with new ones.

    *before* is the one of the board a moment ago, whose cards need not be read again.
    """

    def __init__(self, cards: Iterable[Card], before: "Likeness | None" = None) -> None:
        self.cards = tuple(cards)
        self._names: dict[str, int] = dict(before._names) if before else {}
        known = before._bags if before else {}
        self._bags: dict[Card, tuple[Numbers, Floats]] = {
            card: known.get(card) or self._bag(card) for card in self.cards
        }
        self._weigh()

    def alike(
        self, title: str, text: str = "", language: str = "de", most: int = 3
    ) -> list[Match]:
        """Return the cards that may say the same, the likest first."""
        if not self.cards:
            return []
        likes = self._likes(self._typed(Card(0, title, text, language)))
        enough = max(ALIKE, BESIDE * float(likes.max()))
        order = np.argsort(-likes, kind="stable")[:most]
        return [Match(self.cards[i], float(likes[i])) for i in order if likes[i] >= enough]

    def matrix(self) -> Floats:
        """Return how alike each card is to each other, in the order of the cards."""
        rows = [self._likes(traits(card)) for card in self.cards]
        return np.array(rows, np.float32).reshape(len(rows), len(rows))

    def _typed(self, card: Card) -> Mapping[str, float]:
        """Return the traits of a *card* that somebody types, without slips of the pen."""
        found = dict(traits(card))
        for word, language in _parts(card):
            pieces = pieces_of(folded(word)[:LONGEST])
            new = [piece for piece in pieces if piece not in self._names]
            if new and len(new) < SLIP * len(pieces):
                for name in (*new, f"={folded(key_of(word, language))}"):
                    found.pop(name, None)
        return found

    def _bag(self, card: Card) -> tuple[Numbers, Floats]:
        found = traits(card)
        numbers = [self._names.setdefault(name, len(self._names)) for name in found]
        return np.array(numbers, np.int32), np.array([*found.values()], np.float32)

    def _weigh(self) -> None:
        """Sort what is in the bags of all cards by trait, and weigh it."""
        bags = [self._bags[card] for card in self.cards]
        traits_ = np.concatenate([bag[0] for bag in bags] or [np.zeros(0, np.int32)])
        counts = np.concatenate([bag[1] for bag in bags] or [np.zeros(0, np.float32)])
        owners = np.repeat(np.arange(len(bags)), [len(bag[0]) for bag in bags])
        having = np.bincount(traits_, minlength=len(self._names))
        self._rarity = np.log1p(len(bags) / np.maximum(having, 1))
        weights = counts * self._rarity[traits_]
        lengths = np.sqrt(np.bincount(owners, weights**2, minlength=len(bags)))
        order = np.sort((traits_.astype(np.int64) << 32) | np.arange(len(traits_))) & 0xFFFFFFFF
        self._owners = owners[order]
        self._weights = (weights / np.maximum(lengths, 1e-9)[owners])[order]
        self._ends = np.cumsum(having)
        self._having = having

    def _likes(self, found: Mapping[str, float]) -> Floats:
        known = {self._names[name]: n for name, n in found.items() if name in self._names}
        numbers = np.array([*known], np.int32)
        weights = np.array([*known.values()]) * self._rarity[numbers]
        strange = sum(n**2 for name, n in found.items() if name not in self._names)
        length = math.sqrt(weights @ weights + strange * math.log1p(len(self.cards)) ** 2)

        having = self._having[numbers]
        first = self._ends[numbers] - having
        places = np.arange(having.sum()) + np.repeat(first - np.cumsum(having) + having, having)
        shared = np.repeat(weights, having) * self._weights[places]
        sums = np.bincount(self._owners[places], shared, minlength=len(self.cards))
        return (sums / (length or 1.0)).astype(np.float32)


@lru_cache(KNOWN)
def traits(card: Card) -> Mapping[str, float]:
    """Return what is in the words of a *card*, and how much each of it counts."""
    found: dict[str, float] = defaultdict(float)
    families: dict[int, float] = defaultdict(float)
    for (word, language), weight in _parts(card).items():
        stem, strength = key_of(word, language), math.sqrt(weight)
        for family in families_of(word) | families_of(stem):
            families[family] += weight
        found[f"={folded(stem)}"] += STEM * strength
        pieces = pieces_of(folded(word)[:LONGEST])
        for piece in pieces:
            found[piece] += strength / math.sqrt(len(pieces))
    return found | {f"#{each}": FAMILY * math.sqrt(w) for each, w in families.items()}


def said_in(card: Card) -> Mapping[tuple[str, str], float]:
    """Return the words of a *card* with their languages, and how much each of them counts."""
    said: dict[tuple[str, str], float] = defaultdict(float)
    for part, weight in ((card.title, TITLE), (card.text, 1.0)):
        language = _written_in(part, card.language)
        for word in words_of(part, language):
            said[word, language] += weight if folded(word) not in SETTING else weight * VAGUE
    return said


def _parts(card: Card) -> Mapping[tuple[str, str], float]:
    """Return the words of a *card*, those with a hyphen taken apart."""
    parts: dict[tuple[str, str], float] = defaultdict(float)
    for (word, language), weight in said_in(card).items():
        for part in word.split("-"):
            parts[part, language] += weight
    return parts


def _written_in(text: str, language: str) -> str:
    """Return the language of a *text*, by its letters where they are of another one."""
    if ARABIC.search(text):
        return language if direction_of(language) == "rtl" else "ar"
    if CYRILLIC.search(text):
        return language if base(language) in {"ru", "uk"} else "ru"
    return language


@lru_cache(KNOWN)
def pieces_of(word: str) -> list[str]:
    """Return the pieces of a folded word, its ends marked."""
    padded = f"_{word}_"
    return [
        padded[start : start + size]
        for size in PIECES
        for start in range(len(padded) - size + 1)
    ]
