"""What a network tells, as findings with their figures. Pure; the words come later.

A finding is about what an organisation gives or where room is for more; of those who did
not answer none says that they stand alone, as nobody knows.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import igraph

from networks import measures
from networks.analysing import Analysis
from networks.measures.communities import LARGE
from networks.missing import Range
from networks.suggestion import Suggestion, Terms

FIRM, USUAL = 0.8, 0.5  # shares of answers: from here on nearly whole, more than a sketch
CUTS, NEEDS = 3, 3  # so many of these at most
GROUP = 3  # members at least
WIDE = 2  # wishes, needs: fewer are no finding
LOW, HIGH = "low", "high"  # the ends of a range among figures


@dataclass(frozen=True)
class Found:
    """A finding: what it says follows from its kind and its figures alone."""

    kind: str
    figures: Mapping[str, Any]  # plain data
    about: str = ""  # which of its kind: an organisation, two sectors, a term

    @property
    def key(self) -> str:
        return f"{self.kind}:{self.about}" if self.about else self.kind


def find(
    analysis: Analysis,
    suggestions: list[Suggestion],
    terms: Terms,
    *,
    with_ranges: bool = True,
) -> list[Found]:
    """List what there is to say, the most telling first.

    Ranges say what those who did not answer could change; in large networks they are dear.
    """
    network = analysis.network
    if not network.answered:
        return []
    found, cuts = [_answers(analysis)], list(_cuts(analysis)) if network.ties else []
    if network.ties:
        found += [*_bridge(analysis, with_ranges), *cuts[:1]]
        found += [*_crossing(analysis, with_ranges), *_room(analysis)]
    found += [*_open(analysis, suggestions), *_wishes(analysis), *_needs(analysis, terms)]
    whole = _whole(analysis, with_ranges) if network.ties else ()
    return [*found, *cuts[1:], *whole]


def _answers(analysis: Analysis) -> Found:
    answered, asked = analysis.network.answered, analysis.network.asked
    share = answered / asked if asked else 1.0
    level = "firm" if share >= FIRM else "usual" if share >= USUAL else "sketch"
    return Found("answers", {"answered": answered, "asked": asked, "level": level})


def _bridge(analysis: Analysis, with_ranges: bool) -> Iterator[Found]:
    best = analysis.bridge
    if best:
        code = best.node.code
        span = analysis.range_of("betweenness")[code] if with_ranges else None
        yield Found("bridge", {"value": round(best.betweenness, 4)} | _ends(span), code)


def _ends(span: Range | None) -> dict[str, float]:
    """Return between what a figure lies, where that is more than one number."""
    if not span or round(span[0], 4) == round(span[2], 4):
        return {}
    return {LOW: round(span[0], 4), HIGH: round(span[2], 4)}


def _cuts(analysis: Analysis) -> Iterator[Found]:
    """Find who alone connects others with the rest, and how many."""
    nodes = list(analysis.graph)
    place = {code: number for number, code in enumerate(nodes)}
    whole = igraph.Graph(len(nodes), [(place[a], place[b]) for a, b in analysis.graph.edges])
    parts = whole.connected_components()
    held = {}
    for cut in whole.articulation_points() if len(nodes) <= LARGE else ():
        mine = [n for n in parts[parts.membership[cut]] if n != cut]
        rest = whole.induced_subgraph(mine).connected_components()
        held[nodes[cut]] = len(mine) - max(rest.sizes())
    strongest = sorted(held.items(), key=lambda each: (-each[1], each[0]))
    for code, others in strongest[:CUTS]:
        yield Found("cut", {"others": others}, code)


def _crossing(analysis: Analysis, with_ranges: bool) -> Iterator[Found]:
    chance = analysis.ei_shuffled
    if analysis.ei_index is None or chance is None:
        return
    figures: dict[str, Any] = {
        "crossing": analysis.crossing,
        "ties": len(analysis.network.ties),
        "index": round(analysis.ei_index, 4),
        "expected": round(chance.expected, 4),
        "p": round(chance.p, 4),
    }
    span = analysis.range_of_whole("ei_index") if with_ranges else None
    yield Found("crossing", figures | _ends(span))


def _room(analysis: Analysis) -> Iterator[Found]:
    pair = analysis.strangest
    if pair:
        figures = {"ties": pair.ties, "possible": pair.possible}
        both = {"one": pair.one, "other": pair.other}
        yield Found("room", figures | both, f"{pair.one}-{pair.other}")


def _open(analysis: Analysis, suggestions: list[Suggestion]) -> Iterator[Found]:
    """Find who has answered and has all ties before them, and for whom we know somebody."""
    network = analysis.network
    pairs = network.beside | {each.pair for each in network.apart}
    tied = network.doubted.union(*pairs)
    codes = [node.code for node in analysis.isolates if node.code not in tied]
    if codes:
        known = {code for each in suggestions for code in each.pair}
        yield Found("open", {"codes": codes, "suggested": len(known & {*codes})})


def _wishes(analysis: Analysis) -> Iterator[Found]:
    pairs = {(wish.source, wish.target) for wish in analysis.network.wishes}
    mutual = [(a, b) for a, b in sorted(pairs) if a < b and (b, a) in pairs]
    tied = analysis.network.beside
    free = [p for p in mutual if p not in tied and not analysis.graph.has_edge(*p)]
    if free:
        yield Found("mutual", {"pairs": [list(pair) for pair in free]})
    wished = Counter(target for _, target in pairs)
    most = max(wished.values(), default=0)
    if most >= WIDE:
        codes = sorted(code for code, number in wished.items() if number == most)
        yield Found("wished", {"codes": codes, "wishes": most})


def _needs(analysis: Analysis, terms: Terms) -> Iterator[Found]:
    """Find what several look for and others offer, with whom they have no tie."""
    open_needs: Counter[str] = Counter()
    offering: Counter[str] = Counter()
    people = [code for code in analysis.graph if code in terms]
    offers = {code: {*each[1]} for code, each in terms.items()}
    partners = {code: {*analysis.graph[code]} for code in analysis.graph}
    for pair in analysis.network.beside:
        for one, other in (pair, pair[::-1]):
            partners.setdefault(one, set()).add(other)
    for code in people:
        offering.update(offers[code])
        near = {term for other in partners[code] for term in offers.get(other, ())}
        open_needs.update({*terms[code][0]} - near - offers[code])
    both = [
        (number, offering[term], term)
        for term, number in open_needs.items()
        if number >= WIDE and offering[term]
    ]
    for number, others, term in sorted(both, key=lambda b: (-b[0], -b[1], b[2]))[:NEEDS]:
        yield Found("need", {"needs": number, "offers": others}, term)


def _whole(analysis: Analysis, with_ranges: bool) -> Iterator[Found]:
    span = analysis.range_of_whole("density") if with_ranges else None
    yield Found("density", {"value": round(analysis.density, 4)} | _ends(span))
    if analysis.reciprocity is not None:
        yield Found("mutuality", {"value": round(analysis.reciprocity, 4)})
    if len(analysis.network.nodes) <= LARGE:
        yield from _groups(analysis)


def _groups(analysis: Analysis) -> Iterator[Found]:
    group = measures.community(analysis.graph)
    sizes = Counter(group.values())
    large = [number for number, size in sorted(sizes.items()) if size >= GROUP]
    if len(large) > 1:
        inside = [code for code in analysis.graph if group[code] == large[0]]
        middle = max(inside, key=lambda code: (analysis.degree[code], code))
        figures = {"groups": len(large), "size": sizes[large[0]], "middle": middle}
        yield Found("groups", figures)
