"""What holds for all needs and offers, whatever they are."""

from itertools import product
from random import Random

import pytest

from agency.matching.allocating import allocate
from agency.matching.explaining import Change, openings
from agency.matching.fitting import LEVELS, TIMES, Fit, Wanted, fit
from people.places import CENTRES

TERMS = ("jobs", "job_coaching", "childcare", "language_course", "sewing_workshop")


def somebody(chance: Random, number: int, most: int, *, requires: bool) -> Wanted:
    term = chance.choice(TERMS)
    needs_care = requires and term != "childcare" and chance.random() < 0.4
    return Wanted(
        str(number),
        term,
        chance.randint(1, most),
        chance.choice([*CENTRES, ""]),
        chance.choice([*LEVELS, ""]),
        frozenset(chance.sample(TIMES, chance.randint(0, 2))),
        ("childcare",) if needs_care else (),
        chance.choice([None, 1, 2, 3]),
    )


def a_fit(seed: int, size: int = 12, most: int = 6) -> Fit:
    chance = Random(seed)  # noqa: S311 - chance
    needs = [somebody(chance, n, most, requires=True) for n in range(size)]
    offers = [somebody(chance, n, most, requires=False) for n in range(size)]
    return fit(needs, offers)


@pytest.mark.parametrize("seed", range(25))
@pytest.mark.parametrize("fair", [False, True])
def test_no_place_is_given_twice_and_nothing_that_must_hold_is_broken(
    seed: int, fair: bool
) -> None:
    found = a_fit(seed)
    best = allocate(found, fair=fair)
    taken = [0.0] * len(found.offers)
    besides: dict[tuple[int, str], float] = {}
    for flow in best.flows:
        assert flow.quantity == int(flow.quantity) > 0
        taken[flow.offer] += flow.quantity
        if flow.also:
            assert found.offers[flow.offer].term == flow.also
            key = flow.need, flow.also
            besides[key] = besides.get(key, 0) + flow.quantity
        else:
            assert found.holds[flow.need, flow.offer]
            assert found.needs[flow.need].by != found.offers[flow.offer].by or (
                found.needs[flow.need].by is None
            )
    assert all(n <= offer.quantity for n, offer in zip(taken, found.offers, strict=True))
    for number, need in enumerate(found.needs):
        assert 0 <= best.served[number] <= need.quantity
        for term in need.requires:
            assert besides.get((number, term), 0) == best.served[number]


@pytest.mark.parametrize("seed", range(25))
def test_the_best_is_as_good_as_trying_all(seed: int) -> None:
    found = a_fit(seed, size=3, most=2)
    pairs = found.pairs()[:7]
    best = 0.0
    for amounts in product(range(3), repeat=len(pairs)):
        flows = dict(zip(pairs, amounts, strict=True))
        by_need = [sum(n for (i, _), n in flows.items() if i == k) for k in range(3)]
        by_offer = [sum(n for (_, j), n in flows.items() if j == k) for k in range(3)]
        if all(
            n <= need.quantity for n, need in zip(by_need, found.needs, strict=True)
        ) and all(n <= offer.quantity for n, offer in zip(by_offer, found.offers, strict=True)):
            best = max(best, sum(found.scores[pair] * n for pair, n in flows.items()))
    if len(pairs) == len(found.pairs()):
        assert allocate(found, bundled=False).objective == pytest.approx(best)
    else:
        assert allocate(found, bundled=False).objective >= best - 1e-9


@pytest.mark.parametrize("seed", range(25))
def test_fairness_never_serves_the_worst_served_less(seed: int) -> None:
    found = a_fit(seed)
    plain, fair = allocate(found), allocate(found, fair=True)
    assert fair.share is not None
    assert fair.objective <= plain.objective + 1e-6
    for number, need in enumerate(found.needs):
        alone = allocate(fit([need], found.offers)).served[0]
        if alone:
            assert fair.served[number] >= fair.share * need.quantity - 1e-6
    shares = [
        plain.served[n] / need.quantity
        for n, need in enumerate(found.needs)
        if allocate(fit([need], found.offers)).served[0]
    ]
    assert fair.share >= min(shares, default=0.0) - 1e-9


@pytest.mark.parametrize("seed", range(25))
def test_what_would_help_does_help(seed: int) -> None:
    """Whoever learns one step more finds as many places as were promised."""
    found = a_fit(seed)
    best = allocate(found)
    for number, need in enumerate(found.needs):
        for opening in openings(found, best, number):
            assert opening.places <= best.unmet(found.needs)[number]
            if opening.change is Change.GERMAN:
                rank = LEVELS.index(opening.what)
                reached = [
                    o for o in found.offers if LEVELS.index(o.german or "none") <= rank + 1
                ]
                assert sum(offer.quantity for offer in reached) >= opening.places
                assert rank == LEVELS.index(need.german) + 1
