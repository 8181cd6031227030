import csv
import random
from collections import Counter
from collections.abc import Hashable, Sequence
from math import comb
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.workshop.sorting.cards import CARDS, ELSEWHERE, TOPICS, laid_out
from workshop.sorting.clustering import Group, grouped_by, propose
from workshop.sorting.likeness import Card


def agreement(one: Sequence[Hashable], other: Sequence[Hashable]) -> float:
    """Return the adjusted Rand index of two partitions: 1 is the same, 0 is chance."""

    def pairs(parts: Sequence[Hashable]) -> int:
        return sum(comb(size, 2) for size in Counter(parts).values())

    both, ones, others = pairs([*zip(one, other, strict=True)]), pairs(one), pairs(other)
    chance = ones * others / comb(len(one), 2)
    return (both - chance) / ((ones + others) / 2 - chance)


def parts(cards: Sequence[Card], groups: Sequence[Group]) -> list[int]:
    """Return for each card in which group it is; who is alone is a group."""
    where = {card: n for n, group in enumerate(groups) for card in group.cards}
    return [where.get(card, -1 - card.number) for card in cards]


def titles(groups: Sequence[Group]) -> list[set[str]]:
    return [{card.title for card in group.cards} for group in groups]


def test_cards_hang_together_as_a_facilitator_would_hang_them() -> None:
    assert agreement(TOPICS, parts(CARDS, propose(CARDS))) >= 0.95


def test_the_proposal_is_a_good_start_for_other_topics_too() -> None:
    cards, topics = laid_out(ELSEWHERE)
    assert agreement(topics, parts(cards, propose(cards))) >= 0.65


def test_the_bikes_of_the_demo_hang_together() -> None:
    with Path("demo/data/ideas.csv").open(encoding="utf-8") as lines:
        rows = [*csv.DictReader(lines)]
    cards = [Card(n, row["title"], row["text"]) for n, row in enumerate(rows)]
    bikes = {row["title"] for row in rows if row["tag"] == "bike"}
    assert bikes in titles(propose(cards))


def test_cards_that_fit_nowhere_stay_alone() -> None:
    grouped = {card.title for group in propose(CARDS) for card in group.cards}
    alone = {"Der Bus soll abends länger fahren", "Schwimmbad wieder öffnen"}
    assert not alone & grouped


def test_groups_are_called_by_words_that_stand_on_their_cards() -> None:
    for group in propose(CARDS):
        said = " ".join(f"{card.title} {card.text}" for card in group.cards)
        assert group.name
        assert all(word in said for word in group.name.split(", "))


def test_a_name_tells_what_most_of_the_cards_are_about() -> None:
    cards = [
        Card(1, "Bäume für den Marktplatz"),
        Card(2, "Mehr Bäume pflanzen"),
        Card(3, "Baumpaten gesucht", "Wer gießt die Bäume im Sommer?"),
        Card(4, "Zahnärztin finden"),
    ]
    (group,) = propose(cards)
    assert [card.number for card in group.cards] == [1, 2, 3]
    assert group.name.startswith("Bäume")


def test_the_same_cards_make_the_same_proposal_in_whatever_order_they_come() -> None:
    shuffled = random.Random(5).sample(CARDS, len(CARDS))  # noqa: S311 - no secret
    assert propose(shuffled) == propose(CARDS)


def test_cards_in_several_languages_hang_together() -> None:
    cards = [
        Card(1, "Fahrräder reparieren", "Eine Werkstatt für alle"),
        Card(2, "ورشة تصليح الدراجات", language="ar"),
        Card(3, "Ремонт велосипедів", language="uk"),
        Card(4, "Kinderbetreuung am Nachmittag"),
        Card(5, "حضانة أطفال", language="ar"),
    ]
    groups = [{card.number for card in group.cards} for group in propose(cards)]
    assert groups == [{1, 2, 3}, {4, 5}]


@pytest.mark.parametrize("cards", [[], [Card(1, "Kita")], [Card(1, ""), Card(2, "")]])
def test_where_there_is_nothing_to_sort_nothing_is_proposed(cards: list[Card]) -> None:
    assert propose(cards) == []


def test_equal_cards_are_one_group() -> None:
    (group,) = propose([Card(n, "Bänke am Panke-Ufer") for n in range(6)])
    assert len(group.cards) == 6


def test_no_group_swallows_the_wall() -> None:
    """A chain of cards, each like the next one only, does not become one group."""
    likes = np.eye(64, dtype=np.float32)
    for row in range(63):
        likes[row, row + 1] = likes[row + 1, row] = 0.3
    assert max(map(len, grouped_by(likes))) <= 4


@settings(max_examples=40)
@given(st.integers(1, 14), st.randoms(use_true_random=False))
def test_each_group_is_alike_enough_and_no_two_groups_are(
    size: int, chance: random.Random
) -> None:
    likes = np.eye(size, dtype=np.float32)
    for row in range(size):
        for column in range(row):
            likes[row, column] = likes[column, row] = chance.random() / 2
    groups = grouped_by(likes)
    assert sorted(row for group in groups for row in group) == [*range(size)]
    for one in groups:
        for other in groups:
            if one is not other:
                mean = float(likes[np.ix_(one, other)].mean())
                assert mean < 0.17 + 0.02 * np.log2((len(one) + len(other)) / 2) + 1e-6
