"""Who needs childcare has a place there at a time when they come: compared with all ways."""

from itertools import product
from random import Random

import networkx as nx
import pytest

from agency.matching.allocating import allocate
from agency.matching.explaining import Change, opened
from agency.matching.fitting import TIMES, Fit, Wanted, beside, besides, bits, fit

MORNING, EVENING = frozenset(["t_morning"]), frozenset(["t_evening"])


def course(name: str, quantity: int, times: frozenset[str]) -> Wanted:
    return Wanted(name, "sewing_workshop", quantity, times=times)


def care(name: str, quantity: int, times: frozenset[str]) -> Wanted:
    return Wanted(name, "childcare", quantity, times=times)


def test_places_at_the_wrong_time_of_day_do_not_count() -> None:
    need = Wanted("N", "sewing_workshop", 10, requires=("childcare",))
    offers = [course("F1", 10, EVENING), care("F2", 9, MORNING), care("F3", 2, EVENING)]
    assert allocate(fit([need], offers)).served == [2]
    offers.append(course("F4", 4, MORNING))
    assert allocate(fit([need], offers)).served == [6]


def test_what_is_there_all_day_helps_whenever_people_come() -> None:
    need = Wanted("N", "sewing_workshop", 10, requires=("childcare",))
    both = [course("F1", 3, EVENING), course("F2", 4, MORNING), care("F3", 6, frozenset())]
    assert allocate(fit([need], both)).served == [6]


def small(seed: int) -> Fit:
    chance = Random(seed)  # noqa: S311 - chance

    def times() -> frozenset[str]:
        return frozenset(chance.sample(TIMES[:3], chance.randint(1, 2)))

    needs = [
        Wanted(f"N{n}", "sewing_workshop", 3, times=times() | times(), requires=("childcare",))
        for n in range(2)
    ]
    offers = [course(f"F{n}", chance.randint(1, 2), times()) for n in range(2)]
    return fit(
        needs, [*offers, *(care(f"C{n}", chance.randint(1, 2), times()) for n in (1, 2))]
    )


def can_be(found: Fit, served: dict[tuple[int, int], int]) -> bool:
    """Tell whether all who come find a place for their children then, one by one."""
    graph: nx.DiGraph[object] = nx.DiGraph()
    for (need, offer), number in served.items():
        graph.add_edge("from", (need, offer), capacity=number)
        when = bits(found.needs[need].times) & bits(found.offers[offer].times)
        for place, other in enumerate(found.offers):
            if other.term == "childcare" and bits(other.times) & when:
                graph.add_edge((need, offer), place, capacity=number)
                graph.add_edge(place, "to", capacity=other.quantity)
    if not sum(served.values()):
        return True
    return "to" in graph and nx.maximum_flow_value(graph, "from", "to") == sum(served.values())


@pytest.mark.parametrize("seed", range(20))
def test_no_way_to_share_out_serves_more_than_the_one_found(seed: int) -> None:
    found = small(seed)
    pairs = [pair for pair in found.pairs() if found.offers[pair[1]].term != "childcare"]
    best = allocate(found)
    own = {(f.need, f.offer): round(f.quantity) for f in best.flows if not f.also}
    assert can_be(found, own)
    ways = (
        dict(zip(pairs, each, strict=True)) for each in product(range(3), repeat=len(pairs))
    )
    values = [
        sum(found.scores[pair] * number for pair, number in way.items())
        for way in ways
        if all(
            sum(n for (_, j), n in way.items() if j == offer) <= found.offers[offer].quantity
            for offer in range(2)
        )
        and all(sum(n for (i, _), n in way.items() if i == need) <= 3 for need in range(2))
        and can_be(found, way)
    ]
    assert best.objective == pytest.approx(max(values))


def test_what_is_needed_at_a_time_of_its_own_is_looked_for_then() -> None:
    own = (("childcare", ("t_morning",), "karow"),)
    need = Wanted(
        "N", "sewing_workshop", 10, times=EVENING, requires=("childcare",), besides=own
    )
    offers = [course("F1", 10, EVENING), care("F2", 9, MORNING), care("F3", 2, EVENING)]
    found = fit([need], offers)
    assert besides(need, offers[0], offers) == [[1]]
    assert allocate(found).served == [9]
    assert beside(need, "childcare").locality == "karow"
    assert allocate(fit([need], [offers[0], offers[2]])).served == [0]
    no_room = [course("F1", 10, EVENING), care("F2", 0, MORNING), care("F3", 2, EVENING)]
    (opening,) = opened(need, 10, no_room, [10, 0, 2])[:1]
    assert (opening.change, opening.what) == (Change.BESIDES, "childcare")
