"""The words of free texts: which, in which spelling, and how many people used them."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from core.stems import key_of, words_of

LIMIT = 60  # words in a list


@dataclass(frozen=True)
class Word:
    """A word in its most frequent spelling, how many people used it, and its size 1–5."""

    text: str
    people: int
    size: int
    key: str  # what its forms have in common


def word_list(
    texts: Iterable[str], language: str, at_least: int, told: Callable[[int], int] = int
) -> list[Word]:
    """List the words that *at_least* so many people used; each text is one person's.

    How many they are is said as *told* says it.
    """
    people: Counter[str] = Counter()
    spellings: dict[str, Counter[str]] = defaultdict(Counter)
    for text in texts:
        keyed = [(key_of(word, language), word) for word in words_of(text, language)]
        people.update({key for key, _ in keyed})
        for key, word in keyed:
            spellings[key][word] += 1

    frequent = [(key, told(count)) for key, count in people.items() if count >= at_least]
    named = [(count, _usual(spellings[key]), key) for key, count in frequent]
    named.sort(key=lambda each: (-each[0], each[1].casefold(), each[2]))
    return _sized(named[:LIMIT])


def _usual(spellings: Counter[str]) -> str:
    """The most frequent spelling; of equal ones the shortest, then the one with a capital."""
    return min(spellings, key=lambda word: (-spellings[word], len(word), word))


def _sized(named: list[tuple[int, str, str]]) -> list[Word]:
    if not named:
        return []
    most, least = named[0][0], named[-1][0]
    span = max(most - least, 1)
    return [
        Word(text, count, 1 + round(4 * (count - least) / span) if most > least else 3, key)
        for count, text, key in named
    ]
