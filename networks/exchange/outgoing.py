"""What of a network goes into a file, with the names that its readers may see."""

import math
from collections.abc import Mapping
from typing import Any

from networks.analysing import NODE_MEASURES, Analysis
from networks.exchange.plain import PlainNetwork, PlainNode, PlainTie, kinds_in, one_line
from networks.layout import Place
from networks.network import Node
from networks.tying import Tie


def outgoing(
    analysis: Analysis,
    places: Mapping[str, Place],
    audience: str,
    language: str,
    wave: str = "",
) -> PlainNetwork:
    """Return the network for *audience*; whoever keeps silent has no measures.

    Where an organisation may not be named, neither its place in the city is told.
    """
    network = analysis.network
    everyone = network.nodes | network.silent
    return PlainNetwork(
        nodes=tuple(
            _node(node, analysis.each.get(code, {}), places.get(code), audience, language)
            for code, node in sorted(everyone.items())
        ),
        ties=tuple(_tie(each, wave) for each in network.ties),
        wishes=tuple(
            (wish.source, wish.target)
            for wish in network.wishes
            if wish.source in everyone and wish.target in everyone
        ),
    )


def _node(
    node: Node, measured: Mapping[str, Any], place: Place | None, audience: str, language: str
) -> PlainNode:
    known = {name: measured[name] for name in NODE_MEASURES if name in measured}
    defined = {name: value for name, value in known.items() if not _is_undefined(value)}
    named = node.is_named_for(audience)
    return PlainNode(
        id=node.code,
        label=one_line(node.called(audience, language)),
        sector=one_line(node.sector),
        kind=one_line(node.kind),
        locality=one_line(node.locality) if named else "",
        facts={"answered": int(node.answered), "registered": int(node.registered), **defined},
        place=place,
    )


def _tie(tie: Tie, wave: str) -> PlainTie:
    return PlainTie(
        tie.a,
        tie.b,
        weight=float(tie.strength or 1),
        strength=tie.strength,
        kinds=tuple(kind for each in tie.kinds for kind in kinds_in(each)),
        state=tie.state.value,
        wave=wave,
        forth=tie.forth is not None,
        back=tie.back is not None,
    )


def _is_undefined(value: Any) -> bool:
    return isinstance(value, float) and math.isnan(value)
