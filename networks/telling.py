"""One sentence for each measure on what it is in this network, with its figure."""

from collections import Counter
from statistics import fmean
from typing import Any

from core.errors import message
from networks.analysing import Analysis
from networks.explaining import EACH, LOWEST_FIRST
from networks.missing import Range
from networks.network import Node

Told = tuple[str, dict[str, Any]]  # a sentence for the translators, and what it names

FIRST = {
    "degree": message("Nobody has more ties than %(name)s: %(value)s. "
                      "The average is %(mean)s."),
    "strength": message("Nobody's ties add up to more than those of %(name)s: %(value)s. "
                        "The average is %(mean)s."),
    "in_degree": message("Nobody is named more often than %(name)s: %(value)s times. "
                         "The average is %(mean)s."),
    "betweenness": message("Of 100 shortest ways between others, %(hundred)s lead over "
                           "%(name)s, over nobody more. The average is %(mean)s of 1."),
    "closeness": message("Nobody reaches all others in fewer steps than %(name)s: %(value)s. "
                         "The average is %(mean)s."),
    "eigenvector": message("Nobody has better connected partners than %(name)s: %(value)s. "
                           "The average is %(mean)s."),
    "pagerank": message("Nobody is met more often than %(name)s: %(value)s. "
                        "The average is %(mean)s."),
    "constraint": message("Nobody is tied in less than %(name)s: %(value)s. "
                          "The average is %(mean)s."),
    "effective_size": message("Nobody has more different partners than %(name)s: %(value)s. "
                              "The average is %(mean)s."),
    "core": message("The innermost layer is number %(value)s; %(many)s organisations "
                    "stand in it."),
}  # fmt: skip


def highest(analysis: Analysis, measure: str, some: int = 5) -> list[tuple[Node, float, Range]]:
    """List who stands first by a measure; whose value is not defined or nought does not."""
    sign = 1 if measure in LOWEST_FIRST else -1
    values = {code: v for code, v in analysis.column(measure).items() if v == v and v > 1e-12}
    first = sorted(values, key=lambda code: (sign * values[code], code))[:some]
    ranges = analysis.range_of(measure)
    return [(analysis.network.nodes[code], values[code], ranges[code]) for code in first]


def sentence(analysis: Analysis, measure: str) -> Told:
    """Return what a measure tells of this network."""
    if measure in {each.key for each in EACH}:
        return _of_each(analysis, measure)
    return _WHOLE[measure](analysis)


def _of_each(analysis: Analysis, measure: str) -> Told:
    values = [value for value in analysis.column(measure).values() if value == value]
    first = highest(analysis, measure, 1)
    if not values:
        return message("It is not defined here."), {}
    if not first:
        return message("It is 0 for everyone here."), {}
    node, value, _ = first[0]
    many = sum(each == value for each in values)
    known = {"name": node, "value": value, "hundred": round(100 * value), "many": many}
    return FIRST[measure], {**known, "mean": fmean(values)}


def _density(analysis: Analysis) -> Told:
    return message("Of 100 possible ties, %(hundred)s exist."), {
        "hundred": 100 * analysis.density
    }


def _components(analysis: Analysis) -> Told:
    parts = [len(part) for part in analysis.components]
    alone = len(analysis.isolates)
    return message(
        "The network has %(parts)s parts; %(largest)s organisations are in the largest. "
        "%(alone)s of those who answered have no tie in it yet."
    ), {"parts": len(parts), "largest": parts[0], "alone": alone}


def _cut_points(analysis: Analysis) -> Told:
    number, some = len(analysis.cut_points), analysis.cut_points[:8]
    if not number:
        return message("No single organisation holds two parts together."), {}
    names = [analysis.network.nodes[code] for code in some]
    if number == 1:
        return message("One organisation holds two parts together: %(names)s."), {
            "names": names
        }
    sentence = message(
        "%(number)s organisations each hold parts together, among them %(names)s."
    )
    return sentence, {"number": number, "names": names}


def _bridges(analysis: Analysis) -> Told:
    return message(
        "%(number)s of %(all)s ties are single threads: without one of them, somebody would "
        "be cut off."
    ), {"number": len(analysis.bridges), "all": len(analysis.network.ties)}


def _reciprocity(analysis: Analysis) -> Told:
    arcs, pairs = analysis.reciprocity, analysis.reciprocity_of_pairs
    if arcs is None or pairs is None:
        return message("It is not defined here."), {}
    return message(
        "Of 100 nominations, %(hundred)s are returned. Of 100 ties, %(pairs)s are named by "
        "both sides."
    ), {"hundred": round(100 * arcs), "pairs": round(100 * pairs)}


def _transitivity(analysis: Analysis) -> Told:
    return message(
        "Of 100 pairs with a common partner, %(hundred)s work with each other, too."
    ), {"hundred": round(100 * analysis.transitivity)}


def _centralisation(analysis: Analysis) -> Told:
    found = analysis.centralisation
    if found["betweenness"] is None:
        return message("It is not defined here."), {}
    return message(
        "By ways between others it is %(between)s of 100, by the number of ties %(ties)s, by "
        "closeness %(near)s."
    ), {
        "between": round(100 * (found["betweenness"] or 0)),
        "ties": round(100 * (found["degree"] or 0)),
        "near": round(100 * (found["closeness"] or 0)),
    }


def _ei_index(analysis: Analysis) -> Told:
    found = analysis.ei_shuffled
    if found is None:
        return message("It is not defined here."), {}
    known = {"signed": found.index, "expected": found.expected, "p": found.p}
    known |= {"low": found.low, "high": found.high}
    if found.p > 0.05:
        return message(
            "It is %(signed)s. With sectors dealt out by chance it would be %(expected)s, and "
            "95 of 100 times between %(low)s and %(high)s: so this may well be chance "
            "(p = %(p)s)."
        ), known
    if found.index > found.expected:
        return message(
            "It is %(signed)s. With sectors dealt out by chance it would be %(expected)s: the "
            "organisations work across sectors more than chance explains (p = %(p)s)."
        ), known
    return message(
        "It is %(signed)s. With sectors dealt out by chance it would be %(expected)s: the "
        "organisations stay in their sectors more than chance explains (p = %(p)s)."
    ), known


def _assortativity(analysis: Analysis) -> Told:
    value = analysis.assortativity
    if value is None:
        return message("It is not defined here."), {}
    if value > 0.05:
        return message("It is %(signed)s: like works with like rather more."), {"signed": value}
    if value < -0.05:
        return message("It is %(signed)s: unlike work together rather more."), {"signed": value}
    return message("It is %(signed)s: about as by chance."), {"signed": value}


def _mixing(analysis: Analysis) -> Told:
    return message("%(crossing)s of %(all)s ties lead across the border of a sector."), {
        "crossing": analysis.crossing, "all": len(analysis.network.ties),
    }  # fmt: skip


def _community(analysis: Analysis) -> Told:
    sizes = Counter(analysis.column("community").values())
    number = sum(size > 1 for size in sizes.values())
    found = {"number": number, "modularity": analysis.modularity or 0.0}
    return message("There are %(number)s communities (modularity %(modularity)s)."), found


_WHOLE = {
    "density": _density, "components": _components, "cut_points": _cut_points,
    "bridges": _bridges, "reciprocity": _reciprocity, "transitivity": _transitivity,
    "centralisation": _centralisation, "ei_index": _ei_index,
    "assortativity": _assortativity, "mixing": _mixing, "community": _community,
}  # fmt: skip
