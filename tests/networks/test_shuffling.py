"""Whether a change of the E-I index is more than chance would give."""

from itertools import permutations
from random import Random
from time import process_time

import networkx as nx
import pytest

from networks.shuffling import ei_difference

FOUR = {"a": "x", "b": "x", "c": "y", "d": "y"}


def test_the_share_of_deals_is_that_of_all_deals() -> None:
    before, after = [("a", "b"), ("c", "d"), ("a", "c")], [("a", "c"), ("b", "d"), ("a", "d")]
    found = ei_difference(before, after, FOUR, deals=20_000)
    assert found is not None
    assert [found.before, found.after] == pytest.approx([-1 / 3, 1.0])
    every = []
    for dealt in permutations("xxyy"):
        kind = dict(zip("abcd", dealt, strict=True))
        then, now = (
            sum(1 if kind[a] != kind[b] else -1 for a, b in pairs) / 3
            for pairs in (before, after)
        )
        every.append(now - then)
    middle = sum(every) / len(every)
    far = [abs(each - middle) >= abs(found.change - middle) - 1e-9 for each in every]
    assert found.p == pytest.approx(sum(far) / len(far), abs=0.02)


def test_the_same_waves_give_the_same_figures() -> None:
    pairs = [("a", "b"), ("b", "c")], [("a", "c"), ("b", "d")]
    assert ei_difference(*pairs, FOUR) == ei_difference(*pairs, FOUR)


def test_without_ties_there_is_nothing_to_compare() -> None:
    assert ei_difference([], [("a", "b")], FOUR) is None
    assert ei_difference([("a", "b")], [], FOUR) is None


def test_a_wave_that_turns_outward_is_no_chance_and_one_that_grows_evenly_may_be() -> None:
    chance = Random(1)  # noqa: S311 - a story
    sectors = {f"O{n:03}": "wxyz"[n % 4] for n in range(80)}
    codes = list(sectors)
    pairs = [tuple(sorted(chance.sample(codes, 2))) for _ in range(1200)]
    inside = [(a, b) for a, b in pairs if sectors[a] == sectors[b]]
    across = [(a, b) for a, b in pairs if sectors[a] != sectors[b]]
    turned = ei_difference(inside[:150], across[:150], sectors)
    even = ei_difference(across[:150], across[150:300], sectors)
    assert turned is not None and even is not None
    assert [turned.change, turned.p] == pytest.approx([2.0, 1 / 1001])
    assert [even.change, even.p] == pytest.approx([0.0, 1.0], abs=0.2)


def test_a_thousand_deals_of_two_hundred_organisations_take_less_than_a_second() -> None:
    sectors = {f"O{n:03}": "wxyz"[n % 4] for n in range(200)}
    graphs = [nx.gnm_random_graph(200, 1000, seed=seed) for seed in (1, 2)]
    one, other = ([(f"O{a:03}", f"O{b:03}") for a, b in each.edges] for each in graphs)
    begun = process_time()
    assert ei_difference(one, other, sectors)
    assert process_time() - begun < 1
