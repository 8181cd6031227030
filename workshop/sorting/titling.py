"""What a group of cards is called: its most telling words, as people wrote them."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from core.stems import key_of
from workshop.sorting.kin import families_of, folded
from workshop.sorting.likeness import Card, pieces_of, said_in

LIKELY = 20  # words that are weighed against each other
RELATED = 0.4  # how near words of one family are, at least
NEAR = 0.5  # from here on a word is a part of another one, or the same misspelt
NOUN = 2.0  # how much rather a word with a capital letter is taken
KNOWN = 2**16

Words = Mapping[str, tuple[str, float]]  # by their stems: the spelling, and how much it counts


class Titles:
    """The words of all cards, to tell what is special about some of them."""

    def __init__(self, cards: Iterable[Card]) -> None:
        self._words = {card: _words(card) for card in cards}
        self._having = Counter(stem for words in self._words.values() for stem in words)

    def of(self, cards: Sequence[Card]) -> str:
        """Name *cards* by the word that reaches most of them, and one that says more."""
        spellings = self._spellings(cards)
        telling = {
            word: self._rarity(stem) * self._reach(word, cards) ** 2 * _bonus(word)
            for stem, word in spellings.items()
        }
        first = max(telling, key=lambda word: telling[word], default="")
        others = [word for word in telling if self._says_more(word, first, cards)]
        second = max(others, key=lambda word: telling[word], default="")
        return ", ".join(filter(None, (first, second)))

    def _spellings(self, cards: Sequence[Card]) -> Mapping[str, str]:
        """Return the most usual spellings of the words that may tell something."""
        spelled: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
        for card in cards:
            for stem, (word, weight) in self._words[card].items():
                spelled[stem][word] += weight
        weights = {s: self._rarity(s) * sum(words.values()) for s, words in spelled.items()}
        likely = sorted(weights, key=lambda stem: -weights[stem])[:LIKELY]  # the oldest first
        return {stem: _usual(spelled[stem]) for stem in likely}

    def _rarity(self, stem: str) -> float:
        return math.log1p(len(self._words) / self._having[stem])

    def _reach(self, word: str, cards: Sequence[Card]) -> float:
        return sum(self._in(word, card) for card in cards)

    def _in(self, word: str, card: Card) -> float:
        """Return how much of *word* is in *card*."""
        words = self._words[card].values()
        return max((nearness(word, each) * weight for each, weight in words), default=0.0)

    def _says_more(self, word: str, first: str, cards: Sequence[Card]) -> bool:
        having = sum(self._in(word, card) >= RELATED for card in cards)
        is_new = max(nearness(word, first), nearness(first, word)) < RELATED
        return is_new and having >= max(2, len(cards) / 2)


@lru_cache(KNOWN)
def nearness(word: str, other: str) -> float:
    """Return how much of *word* is in the *other* one: all, a part, its family, or nothing."""
    pieces = _pieces(word)
    shared = len(pieces & _pieces(other)) / (len(pieces) or 1)
    related = RELATED if families_of(word) & families_of(other) else 0.0
    return max(shared if shared >= NEAR else 0.0, related)


@lru_cache(KNOWN)
def _pieces(word: str) -> frozenset[str]:
    return frozenset(pieces_of(folded(word).replace("-", "")))


def _words(card: Card) -> Words:
    """Return the words of *card* by their stems; what stands in the title counts more."""
    said = sorted(said_in(card).items(), key=lambda each: each[1])
    return {key_of(*word): (word[0], math.sqrt(weight)) for word, weight in said}


def _usual(spelled: Mapping[str, float]) -> str:
    return min(spelled, key=lambda word: (-spelled[word], len(word), word))


def _bonus(word: str) -> float:
    return NOUN if word[0].isupper() else 1.0
