"""What others have published of known networks, figure by figure."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import networkx as nx
import pytest

from networks import measures
from tests.networks.measures.graphs import beside, marriages, read

Known = tuple[str, str, Any, float]  # network, measure, whose, and the value as printed


@cache
def network(name: str) -> Any:
    match name:
        case "kite":
            return nx.krackhardt_kite_graph()
        case "florence":
            return marriages()
        case "florence of 16":
            graph = marriages()
            graph.add_node("Pucci")
            return graph
        case "club":
            return nx.karate_club_graph()
        case "women":
            return nx.davis_southern_women_graph()
        case "holes":
            example: Any = nx.Graph()
            example.add_edges_from(HOLES)
            return example
        case "arrows":
            return nx.DiGraph([(0, 1), (0, 2), (1, 0), (2, 1)])
        case "money":
            return read("knoke", "money")
    return read(name)


def of(name: str, measure: str, values: Mapping[Any, float]) -> Iterator[Known]:
    for whose, value in values.items():
        yield name, measure, whose, value


def always() -> Iterator[Known]:
    """Krackhardt 1990; Breiger & Pattison 1986 and Wasserman & Faust 1994; Zachary 1977 and
    Brandes et al. 2008; Borgatti & Halgin 2011; UCINET's example of structural holes."""
    yield from of("kite", "degree", {3: 6, 5: 5, 6: 5, 7: 3, 8: 2, 9: 1})
    yield from of(
        "kite",
        "betweenness",
        {
            7: 0.389,
            5: 0.231,
            6: 0.231,
            8: 0.222,
            3: 0.102,
            0: 0.023,
            1: 0.023,
            2: 0.0,
            9: 0.0,
        },
    )
    yield from of(
        "kite",
        "closeness",
        {
            5: 0.643,
            6: 0.643,
            3: 0.6,
            7: 0.6,
            0: 0.529,
            1: 0.529,
            2: 0.5,
            8: 0.429,
            9: 0.31,
        },
    )
    yield from of(
        "florence",
        "betweenness",
        {
            "Medici": 0.522,
            "Guadagni": 0.255,
            "Albizzi": 0.212,
            "Salviati": 0.143,
            "Ridolfi": 0.114,
            "Bischeri": 0.104,
            "Strozzi": 0.103,
            "Barbadori": 0.093,
            "Tornabuoni": 0.092,
            "Castellani": 0.055,
            "Peruzzi": 0.022,
            "Pazzi": 0.0,
        },
    )
    yield from of(
        "florence",
        "closeness",
        {
            "Medici": 0.560,
            "Ridolfi": 0.5,
            "Albizzi": 0.483,
            "Tornabuoni": 0.483,
            "Guadagni": 0.467,
            "Strozzi": 0.438,
            "Bischeri": 0.4,
            "Castellani": 0.389,
            "Acciaiuoli": 0.368,
            "Ginori": 0.333,
            "Lamberteschi": 0.326,
            "Pazzi": 0.286,
        },
    )
    yield from of("florence", "centralisation", {"betweenness": 0.437, "closeness": 0.322})
    yield from of("florence of 16", "centralisation", {"degree": 0.267})
    yield from of("florence of 16", "density", {None: 0.167})
    yield from of("holes", "constraint", {"G": 0.4, "A": 0.595, "C": 1.0})
    yield from of("holes", "effective_size", {"G": 4.67, "A": 2.5, "C": 1.0})
    yield from of("holes", "constraint by weight", {"G": 0.299, "A": 0.795, "C": 1.0})
    yield from of("holes", "effective_size by weight", {"G": 5.47, "A": 2.47, "C": 1.0})
    yield from of("arrows", "constraint", {0: 1.003, 1: 1.003, 2: 1.389})
    yield from of("arrows", "effective_size", {0: 1.167, 1: 1.167, 2: 1.0})
    yield from of("arrows", "constraint by weight", {0: 0.840, 1: 1.143, 2: 1.378})
    yield from of("arrows", "effective_size by weight", {0: 1.567, 1: 1.083, 2: 1.0})
    yield from of("club", "raw betweenness", {0: 231.07, 33: 160.55, 32: 76.69, 2: 75.85})
    yield from of("club", "constraint", {0: 0.1554, 33: 0.1564})
    yield from of("club", "degree", {33: 17, 0: 16, 32: 12, 2: 10, 1: 9})
    yield from of("club", "pagerank", {33: 0.1009, 0: 0.0970, 32: 0.0717})
    yield from of("club", "eigenvector", {33: 0.373, 0: 0.355})
    yield from of("club", "core", {33: 4, 0: 4, 11: 1, 16: 2})
    yield from of("club", "transitivity", {None: 0.2557})
    yield from of("club", "average_clustering", {None: 0.5706})
    yield from of("club", "density", {None: 0.139})
    yield from of("club", "ei_index by club", {None: -0.718})
    yield from of("club", "assortativity by club", {None: 0.7175})
    yield from of(
        "women",
        "bipartite betweenness",
        {
            "E8": 0.24,
            "E9": 0.23,
            "E7": 0.13,
            "Nora Fayette": 0.11,
            "Evelyn Jefferson": 0.10,
            "Theresa Anderson": 0.09,
            "E6": 0.07,
            "Sylvia Avondale": 0.07,
            "E1": 0.0,
        },
    )
    yield from of(
        "women",
        "bipartite degree",
        {
            "E8": 0.78,
            "E9": 0.67,
            "E7": 0.56,
            "Nora Fayette": 0.57,
            "Evelyn Jefferson": 0.57,
            "Theresa Anderson": 0.57,
            "Sylvia Avondale": 0.5,
            "E6": 0.44,
            "E1": 0.17,
        },
    )
    yield from of("women", "bipartite closeness", {
        "E8": 0.85, "E9": 0.79, "E7": 0.73, "Nora Fayette": 0.8, "Evelyn Jefferson": 0.8,
    })  # fmt: skip


def read_beside() -> Iterator[Known]:
    """Knoke & Wood 1981 with Hanneman & Riddle 2005; Lazega 2001; Luke 2015."""
    found = beside()
    if "knoke" in found:
        yield from of("knoke", "raw betweenness", {
            "MAYR": 17.83, "COMM": 12.33, "EDUC": 11.69, "NEWS": 2.75,
        })  # fmt: skip
        yield from of("knoke", "constraint", {"EDUC": 0.386, "MAYR": 0.387, "UWAY": 0.514})
        yield from of("knoke", "density", {None: 0.5444})
        yield from of("knoke", "reciprocity", {None: 0.6939})
        yield from of("knoke", "reciprocity_of_pairs", {None: 0.5313})
        yield from of("knoke", "centralisation", {"betweenness": 0.2011, "in_degree": 0.5062})
        yield from of("money", "ties", {None: 22})
    if "lazega" in found:
        yield from of("lazega", "ties", {None: 892})
        yield from of("lazega", "density", {None: 0.1795})
        yield from of("lazega", "reciprocity", {None: 0.392})
    if "TCcoll" in found and "TCdiss" in found:
        yield from of("TCcoll", "density", {None: 0.537})
        yield from of("TCcoll", "transitivity", {None: 0.661})
        yield from of("TCdiss", "density", {None: 0.343})
        yield from of("TCdiss", "transitivity", {None: 0.527})
        yield from of("TCdiss", "ties", {None: 103})


HOLES = {
    "AB": 2,
    "AF": 3,
    "AG": 5,
    "AE": 2,
    "EG": 8,
    "FG": 3,
    "BG": 4,
    "BD": 1,
    "DG": 3,
    "GC": 10,
}
ARROWS = {(0, 1): 2, (0, 2): 2, (1, 0): 1, (2, 1): 1}
AFFILIATIONS = 14  # events of the women
MEMBERS = 18


def value_of(name: str, measure: str, whose: Any) -> float:
    graph = network(name)
    if measure == "ties":
        return float(graph.number_of_edges())
    if measure == "raw betweenness":
        n = len(graph)
        pairs = (n - 1) * (n - 2) / (1 if graph.is_directed() else 2)
        return measures.betweenness(graph)[whose] * pairs
    if measure.endswith(" by weight"):
        weights: Any = HOLES if name == "holes" else ARROWS
        weighed = graph.copy()
        nx.set_edge_attributes(weighed, {(a, b): v for (a, b), v in weights.items()}, "weight")
        return float(getattr(measures, measure.partition(" ")[0])(weighed, "weight")[whose])
    if measure.endswith(" by club"):
        club = dict(graph.nodes("club"))
        return float(getattr(measures, measure.partition(" ")[0])(graph, club))
    if measure.startswith("bipartite "):
        return _bipartite(graph, measure.partition(" ")[2], whose)
    found = getattr(measures, measure)(graph)
    return float(found if whose is None else found[whose])


def _bipartite(graph: Any, measure: str, whose: str) -> float:
    """Scale by what is possible when ties lie between two kinds only (Borgatti & Halgin)."""
    is_event = whose.startswith("E") and whose[1:].isdigit()
    own, other = (AFFILIATIONS, MEMBERS) if is_event else (MEMBERS, AFFILIATIONS)
    value, n = getattr(measures, measure)(graph)[whose], AFFILIATIONS + MEMBERS
    if measure == "degree":
        return float(value / other)
    if measure == "closeness":
        return float(value * (other + 2 * (own - 1)) / (n - 1))
    s, t = divmod(own - 1, other)
    most = (
        other**2 * (s + 1) ** 2 + other * (s + 1) * (2 * t - s - 1) - t * (2 * s - t + 3)
    ) / 2
    return float(value * (n - 1) * (n - 2) / 2 / most)


@pytest.mark.parametrize(("name", "measure", "whose", "value"), [*always(), *read_beside()])
def test_a_figure_is_as_published(name: str, measure: str, whose: Any, value: float) -> None:
    digits = len(str(value).partition(".")[2])
    step = 0.51 * 10**-digits if digits > 1 or value != int(value) else 0.005
    assert value_of(name, measure, whose) == pytest.approx(value, abs=step)


def test_there_are_more_than_sixty_such_figures_wherever_this_runs() -> None:
    assert len([*always()]) >= 100
    assert network("club").number_of_edges() == 78


def test_hinges_and_threads_of_known_networks_are_where_they_should_be() -> None:
    assert measures.cut_points(network("kite")) == [7, 8]
    assert measures.bridges(network("kite")) == [(7, 8), (8, 9)]
    assert measures.cut_points(network("club")) == [0]
    families = {"Medici", "Albizzi", "Salviati", "Guadagni"}
    assert set(measures.cut_points(network("florence"))) == families
