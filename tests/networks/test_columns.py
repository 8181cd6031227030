"""The picture of needs, terms and offers, in which few lines cross."""

from itertools import combinations, pairwise, permutations
from random import Random

import networkx as nx
import pytest

from networks.columns import columns, crossings, untangled
from networks.offering import Said
from people.models import Side

Pairs = list[tuple[str, str]]


def counted(pairs: Pairs, one: list[str], other: list[str]) -> int:
    """The crossings, looked for pair by pair."""
    lines = [(one.index(a), other.index(b)) for a, b in pairs]
    return sum((a - c) * (b - d) < 0 for (a, b), (c, d) in combinations(lines, 2))


@pytest.mark.parametrize("seed", range(20))
def test_crossings_are_counted_as_one_counts_them_by_hand(seed: int) -> None:
    chance = Random(seed)  # noqa: S311 - a story
    one, other = list("ABCDEFG"), list("pqrstu")
    every = [(a, b) for a in one for b in other]
    pairs = chance.sample(every, chance.randint(0, 30))
    chance.shuffle(one)
    chance.shuffle(other)
    assert crossings(pairs, one, other) == counted(pairs, one, other)


def test_what_can_be_drawn_without_a_crossing_is() -> None:
    needs = [("A", "z"), ("B", "y"), ("C", "x"), ("C", "y")]
    offers = [("D", "z"), ("E", "x"), ("E", "y")]
    left, middle, right = untangled(needs, offers)
    assert crossings(needs, left, middle) == crossings(offers, right, middle) == 0


def test_small_pictures_are_nearly_as_good_as_they_can_be() -> None:
    chance = Random(3)  # noqa: S311 - a story
    ours = best = 0
    for _ in range(12):
        needs = chance.sample([(a, b) for a in "ABCD" for b in "wxyz"], 8)
        left, middle, _ = untangled(needs, [])
        ours += crossings(needs, left, middle)
        best += min(
            crossings(needs, one, other)
            for one in permutations(left)
            for other in permutations(middle)
        )
    assert ours <= 1.25 * best


def test_no_picture_is_worse_than_the_order_of_the_alphabet() -> None:
    graph = nx.davis_southern_women_graph()
    needs = [(w, e) for w in graph.graph["top"] for e in graph[w]]
    women, events = sorted({w for w, _ in needs}), sorted({e for _, e in needs})
    left, middle, _ = untangled(needs, [])
    assert crossings(needs, left, middle) < 0.5 * crossings(needs, women, events)
    assert (sorted(left), sorted(middle)) == (women, events)


def test_everyone_stands_in_a_row_of_their_own() -> None:
    said = [Said(f"O{n}", side, f"t{n % 3}") for n in range(9) for side in Side]
    drawn = columns(said)
    for column in (drawn.needing, drawn.terms, drawn.offering):
        heights = [cell.y for cell in column]
        assert heights == sorted(heights)
        assert all(b - a >= 34 for a, b in pairwise(heights))
        assert heights[0] > 0
        assert heights[-1] < drawn.height
    assert len(drawn.threads) == len(said)
    assert columns(said[::-1]) == drawn


def test_nothing_said_is_an_empty_picture() -> None:
    assert columns([]).threads == []
