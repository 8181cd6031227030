"""How long likeness takes: `python -m bench.likeness`, or `bench_likeness()` from bin/bench."""

import random
import time
from collections.abc import Callable, Iterator
from functools import cache, partial
from itertools import count

from workshop.sorting.clustering import propose
from workshop.sorting.kin import PLACE
from workshop.sorting.likeness import Card, Likeness

MANY, ROOM = 2000, 300  # cards of people online, and of a room
GOALS = {
    "is there such a card, of 2,000": (10, "ms"),
    "  after one more card": (100, "ms"),
    "2,000 cards read for the first time": (4, "s"),
    "proposal for 300 cards": (2, "s"),
}


def bench_likeness() -> Iterator[tuple[str, float]]:
    """Yield what is measured, and its CPU time in the unit of its goal."""
    names, chance = iter(GOALS), random.Random(7)  # noqa: S311 - no secret
    cards = [_card(number, chance) for number in range(MANY)]
    Likeness(cards[:20])  # so that nobody waits for libraries to load
    first = _seconds(lambda: Likeness(cards))
    wall = Likeness(cards)
    typed = [_card(0, chance).title for _ in range(100)]
    asked = _seconds(lambda: [wall.alike(title) for title in typed]) / len(typed)
    yield next(names), 1000 * asked
    numbers = count(MANY)
    more = [_seconds(partial(_one_more, wall, next(numbers), chance)) for _ in range(9)]
    yield next(names), 1000 * sorted(more)[4]
    yield next(names), first
    yield next(names), _seconds(lambda: propose(cards[:ROOM]))


def _one_more(wall: Likeness, number: int, chance: random.Random) -> Likeness:
    return Likeness([*wall.cards, _card(number, chance)], wall)


def _card(number: int, chance: random.Random) -> Card:
    """Return a card of words from all families, as long as those of citizens' councils."""
    words = [
        chance.choice(_roots()) + chance.choice(["", "e", "en", "plan"]) for _ in range(16)
    ]
    return Card(number, " ".join(words[:4]), " ".join(words[4:]))


@cache
def _roots() -> list[str]:
    lines = PLACE.read_text(encoding="utf-8").splitlines()
    german = [line.split("|")[0] for line in lines if not line.startswith("#")]
    return [root for line in german for root in line.split() if not root.startswith("=")]


def _seconds(act: Callable[[], object]) -> float:
    begun = time.process_time()
    act()
    return time.process_time() - begun


if __name__ == "__main__":
    for name, figure in bench_likeness():
        goal, unit = GOALS[name]
        print(f"{name}: {figure:.2f} {unit} (goal {goal} {unit})")
