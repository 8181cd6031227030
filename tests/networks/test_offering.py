"""Who needs and offers what, who shares it, and what meets."""

from collections import defaultdict

import networkx as nx
import pytest
from networkx.algorithms import bipartite

from networks.offering import Offers, Said
from people.models import Side

SAID = [
    Said("A", Side.NEED, "rooms"), Said("B", Side.NEED, "rooms"),
    Said("C", Side.OFFER, "rooms"), Said("A", Side.NEED, "money"),
    Said("B", Side.OFFER, "advice"), Said("C", Side.OFFER, "advice"),
    Said("D", Side.NEED, "food"), Said("D", Side.OFFER, "food"),
]  # fmt: skip


@pytest.fixture(scope="module")
def davis() -> Offers:
    """Eighteen women at fourteen events (Davis, Gardner & Gardner 1941)."""
    graph = nx.davis_southern_women_graph()
    women = graph.graph["top"]
    return Offers(Said(w, Side.NEED, event) for w in women for event in graph[w])


def test_a_term_has_as_many_ties_as_organisations_need_or_offer_it() -> None:
    found = {
        each.term: (each.needed, each.offered, each.degree) for each in Offers(SAID).demands
    }
    assert found == {
        "rooms": (("A", "B"), ("C",), 3),
        "money": (("A",), (), 1),
        "advice": ((), ("B", "C"), 2),
        "food": (("D",), ("D",), 1),
    }


def test_gaps_and_offers_that_nobody_needs_are_found() -> None:
    offers = Offers(SAID)
    assert [each.term for each in offers.gaps] == ["money"]
    assert [each.term for each in offers.idle] == ["advice"]


def test_nobody_meets_themselves() -> None:
    offers = Offers(SAID)
    assert [each.term for each in offers.met] == ["rooms"]
    assert [(m.needs, m.offers, m.terms) for m in offers.meetings] == [
        ("A", "C", ("rooms",)),
        ("B", "C", ("rooms",)),
    ]


def test_who_shares_a_need_and_who_shares_an_offer_is_told_apart() -> None:
    offers = Offers(SAID)
    assert [(c.a, c.b, c.terms) for c in offers.common(Side.NEED)] == [("A", "B", ("rooms",))]
    assert [(c.a, c.b, c.terms) for c in offers.common(Side.OFFER)] == [("B", "C", ("advice",))]


def test_a_term_that_few_share_weighs_more() -> None:
    said = [Said(code, Side.NEED, "all") for code in "ABCDE"]
    said += [Said(code, Side.NEED, "rare") for code in "DE"]
    rows = Offers(said).common(Side.NEED)
    assert (rows[0].a, rows[0].b, rows[0].terms) == ("D", "E", ("all", "rare"))
    assert rows[0].weight == pytest.approx(1 / 4 + 1)
    assert {row.weight for row in rows[1:]} == {1 / 4}
    assert sum(row.weight for row in rows) == pytest.approx(5 / 2 + 2 / 2)  # half of all ties


def test_the_order_of_what_is_said_changes_nothing() -> None:
    assert Offers(SAID).demands == Offers(SAID[::-1] + SAID).demands
    assert Offers(SAID).meetings == Offers(SAID[::-1]).meetings


@pytest.mark.parametrize(
    ("event", "women"),
    [
        ("E1", 3), ("E2", 3), ("E3", 6), ("E4", 4), ("E5", 8), ("E6", 8), ("E7", 10),
        ("E8", 14), ("E9", 12), ("E10", 5), ("E11", 4), ("E12", 6), ("E13", 3), ("E14", 3),
    ],
)  # fmt: skip
def test_the_events_of_the_southern_women_are_as_large_as_published(
    davis: Offers, event: str, women: int
) -> None:
    """Breiger 1974, table 1; E8 of 18: .78, E9: .67, E7: .56 (Borgatti & Halgin 2011)."""
    assert next(each.degree for each in davis.demands if each.term == event) == women


@pytest.mark.parametrize(
    ("one", "other", "events"),
    [
        ("Evelyn Jefferson", "Laura Mandeville", 6),
        ("Evelyn Jefferson", "Theresa Anderson", 7),
        ("Evelyn Jefferson", "Brenda Rogers", 6),
        ("Laura Mandeville", "Theresa Anderson", 6),
        ("Sylvia Avondale", "Katherina Rogers", 6),
        ("Sylvia Avondale", "Nora Fayette", 6),
        ("Pearl Oglethorpe", "Nora Fayette", 2),
    ],
)
def test_the_southern_women_share_as_many_events_as_published(
    davis: Offers, one: str, other: str, events: int
) -> None:
    """Breiger 1974: what two women share is counted by the events that both attended."""
    pair = tuple(sorted((one, other)))
    shared = {(each.a, each.b): len(each.terms) for each in davis.common(Side.NEED)}
    assert shared[pair[0], pair[1]] == events


def test_almost_all_southern_women_met_as_published(davis: Offers) -> None:
    """Of 153 pairs, 139 met at least once: a projection alone hides the two groups."""
    rows = davis.common(Side.NEED)
    assert len(rows) == 139
    assert sum(len(row.terms) for row in rows) == sum(
        n * (n - 1) // 2 for n in (each.degree for each in davis.demands)
    )


def test_newmans_weights_of_the_southern_women_are_those_of_networkx(davis: Offers) -> None:
    graph = nx.davis_southern_women_graph()
    known = bipartite.collaboration_weighted_projected_graph(graph, graph.graph["top"])
    rows = davis.common(Side.NEED)
    assert len(rows) == known.number_of_edges()
    for each in rows:
        assert each.weight == pytest.approx(known[each.a][each.b]["weight"], abs=1e-12)


def test_what_a_woman_shares_adds_up_to_the_events_at_which_she_was_not_alone(
    davis: Offers,
) -> None:
    """Newman 2001, below eq. 2."""
    strength: dict[str, float] = defaultdict(float)
    for each in davis.common(Side.NEED):
        strength[each.a] += each.weight
        strength[each.b] += each.weight
    graph = nx.davis_southern_women_graph()
    for woman in graph.graph["top"]:
        assert strength[woman] == pytest.approx(graph.degree[woman])
