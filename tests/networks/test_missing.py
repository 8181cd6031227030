"""What the silent could change, and how near to the truth we come without them."""

from dataclasses import replace
from statistics import fmean
from typing import Any

import networkx as nx
import pytest

from bench.silence import heard, nearness, networks, rho
from networks import measures
from networks.analysing import Analysis
from networks.missing import EACH, Silence, range_of
from networks.network import ANSWERS, RECORDED, Network, Selection
from networks.tying import State, Tie

SEEDS = 30


def test_three_in_ten_silent_do_not_upset_who_bridges_and_who_is_named() -> None:
    """Over Knoke, Lazega, both of Indiana and Florence where they lie beside the project;
    where they do not, Florence alone is held to the same."""
    found = {
        name: {measure: nearness(arcs, measure, SEEDS if len(arcs) < 50 else 6)
               for measure in ("betweenness", "in_degree")}
        for name, arcs in networks().items()
    }  # fmt: skip
    assert "Florentine" in found
    assert fmean(each["betweenness"]["best"] for each in found.values()) >= 0.82
    assert fmean(each["in_degree"]["best"] for each in found.values()) >= 0.93
    for each in found.values():
        assert each["betweenness"]["within"] >= 0.8
        assert each["in_degree"]["within"] >= 0.85


@pytest.fixture
def florence() -> Any:
    return nx.DiGraph(nx.florentine_families_graph())


def quiet(arcs: Any, *names: str) -> Network:
    return heard(arcs, frozenset(names))


def test_where_all_answered_there_is_no_range(florence: Any) -> None:
    network = quiet(florence)
    for measure in EACH:
        column = Analysis(network).column(measure)
        for code, (low, best, high) in range_of(network, measure).items():
            assert (low, best, high) == pytest.approx((column[code],) * 3), measure


@pytest.mark.parametrize("measure", EACH)
def test_a_range_holds_what_is_shown_and_the_best_estimate(florence: Any, measure: str) -> None:
    network = quiet(florence, "Medici", "Strozzi", "Pazzi")
    analysis = Analysis(network)
    shown, ranges = analysis.column(measure), analysis.range_of(measure)
    for code in network.nodes:
        low, best, high = ranges[code]
        assert low <= shown[code] <= high
        assert low <= best <= high


def test_the_same_silence_has_the_same_range_every_time(florence: Any) -> None:
    network = quiet(florence, "Medici", "Strozzi")
    assert range_of(network, "betweenness") == range_of(network, "betweenness")


def test_who_kept_silent_and_is_named_by_nobody_may_still_have_ties(florence: Any) -> None:
    """The Pazzi and their only partner are silent: nothing is known, so nothing is said."""
    network = quiet(florence, "Pazzi", "Salviati")
    assert [*network.silent] == ["Pazzi"]
    assert "Pazzi" not in [node.code for node in Analysis(network).isolates]
    arcs: Any = nx.gnp_random_graph(20, 0.2, seed=3, directed=True)
    arcs.remove_edges_from([*arcs.in_edges(0)])
    low, best, high = range_of(quiet(arcs, "0"), "degree")["0"]
    assert low == 0 < best < high


def test_a_tie_of_the_silent_that_the_other_tells_is_there(florence: Any) -> None:
    network = quiet(florence, "Medici")
    assert range_of(network, "degree")["Medici"][0] == 6


def test_when_nobody_answered_nothing_is_drawn(florence: Any) -> None:
    silence = Silence(quiet(florence, *map(str, florence)))
    assert not silence.is_drawn
    assert set(silence.range_of("degree").values()) == {(0.0, 0.0, 0.0)}


def test_strangers_whom_nobody_asked_do_not_start_to_talk(florence: Any) -> None:
    network = quiet(florence, "Medici", "Pazzi")
    stranger = replace(network.nodes["Pazzi"], registered=False)
    network = replace(network, nodes={**network.nodes, "Pazzi": stranger})
    assert range_of(network, "degree")["Pazzi"] == (1.0, 1.0, 1.0)


def test_the_whole_has_a_range_too(florence: Any) -> None:
    silence = Silence(quiet(florence, "Medici", "Strozzi", "Pazzi"))
    span = silence.range_of_whole("density")
    assert span is not None
    low, best, high = span
    assert low < best < high
    assert silence.range_of_whole("ei_index") is None


def test_ranks_are_compared_by_their_middle_when_equal() -> None:
    assert rho([1, 2, 2, 3], [10, 20, 20, 30]) == pytest.approx(1)
    assert rho([1, 2, 3], [3, 2, 1]) == pytest.approx(-1)
    assert rho([1, 1, 1], [1, 2, 3]) == 0


def test_quick_ways_to_a_figure_lead_to_the_same(florence: Any) -> None:
    silence = Silence(quiet(florence, "Medici", "Strozzi"))
    silence.sectors |= {code: ("", "a", "b")[n % 3] for n, code in enumerate(silence.codes)}
    for case in (*silence._variants, *silence._draws[:5]):
        known = case.graph.subgraph([code for code in case.codes if case.sectors[code]])
        assert case.whole("ei_index") == pytest.approx(measures.ei_index(known, case.sectors))
        assert case.whole("density") == pytest.approx(measures.density(case.graph))
        between = measures.betweenness(case.graph)
        assert case.each("betweenness") == pytest.approx([*between.values()])


def test_ties_seen_elsewhere_change_no_range_unless_they_are_looked_at(florence: Any) -> None:
    network = quiet(florence, "Medici", "Strozzi")
    met = replace(network, recorded=[Tie("Medici", "Strozzi", State.RECORDED, seen=())])
    for measure in ("degree", "betweenness", "in_degree"):
        assert range_of(met, measure) == range_of(network, measure)
    both = met.narrowed(Selection(layers=(ANSWERS, RECORDED)))
    low, _, _ = range_of(both, "degree")["Medici"]
    assert low == range_of(network, "degree")["Medici"][0] + 1
