"""How long bringing needs and offers together takes: `python -m bench.matching`.

Beside it stands what somebody would do by hand: each need in turn takes the best places left.
"""

import time
from math import log
from random import Random

from agency.matching.allocating import Allocation, allocate
from agency.matching.fitting import LEVELS, TIMES, Fit, Wanted, fit
from people import taxonomy
from people.places import CENTRES

GOALS = {500: 5.0, 2000: 60.0}  # CPU seconds, for as many needs and as many offers
TERMS = [term.code for term in taxonomy.TERMS.values() if "P" in term.side]
GROWTH = 1.5  # at most, by pairs: sixteen times as many take no more than 64 times as long
NEEDING_CARE = 0.15  # of all needs


def bench_matching(*sizes: int) -> dict[str, float]:
    """Return CPU seconds, their growth, the gap left, and what hand-picking reaches."""
    found = {}
    for size in sizes or (*GOALS,):
        begun = time.process_time()
        pairs = fit(some(size, 1, care=True), some(size, 2, care=False))
        best = allocate(pairs)
        found[f"{size} x {size}"] = time.process_time() - begun
        found[f"{size} x {size}, gap left"] = best.gap
        begun = time.process_time()
        fair = allocate(pairs, fair=True)
        found[f"{size} x {size}, fairly"] = time.process_time() - begun
        found[f"{size} x {size}, what fairness keeps"] = _ratio(fair, best)
        by_hand, plain = picked(pairs), allocate(pairs, bundled=False)
        found[f"{size} x {size}, by hand of the best"] = by_hand / plain.objective
    small, *_, large = sizes or (*GOALS,)
    for kind in ("", ", fairly"):
        times = found[f"{large} x {large}{kind}"], found[f"{small} x {small}{kind}"]
        growth = log(times[0] / times[1]) / log((large / small) ** 2)
        found[f"{large} beside {small}{kind}, exponent of growth"] = growth
    return found


def some(size: int, seed: int, *, care: bool) -> list[Wanted]:
    """Return made-up needs, or offers; some of the needs require childcare."""
    chance = Random(seed)  # noqa: S311 - the same district each time
    found = []
    for number in range(size):
        term = chance.choice(TERMS)
        with_care = care and term != "childcare" and chance.random() < NEEDING_CARE
        found.append(
            Wanted(
                str(number),
                term,
                chance.randint(1, 12),
                chance.choice([*CENTRES]),
                chance.choice(LEVELS[:5]),
                frozenset(chance.sample(TIMES, chance.randint(0, 2))),
                ("childcare",) if with_care else (),
            )
        )
    return found


def picked(found: Fit) -> float:
    """Return the sum of the scores when the best pair left is taken each time."""
    needs = [need.quantity for need in found.needs]
    offers = [offer.quantity for offer in found.offers]
    total = 0.0
    for need, offer in sorted(found.pairs(), key=lambda pair: -found.scores[pair]):
        number = min(needs[need], offers[offer])
        needs[need] -= number
        offers[offer] -= number
        total += number * float(found.scores[need, offer])
    return total


def _ratio(one: Allocation, other: Allocation) -> float:
    return one.objective / other.objective


if __name__ == "__main__":
    for name, value in bench_matching().items():
        print(f"{name:32} {value:8.3f}")
