"""What of a network goes into a file, with the names that its readers may see."""

from collections.abc import Iterable, Mapping
from typing import Any

from networks.analysing import NODE_MEASURES, Analysis
from networks.exchange.plain import PlainNetwork, PlainNode, PlainTie, kinds_in, one_line
from networks.layout import Place
from networks.network import Node
from networks.tying import Seen, State, Tie


def outgoing(
    analysis: Analysis,
    places: Mapping[str, Place],
    audience: str,
    language: str,
    wave: str = "",
) -> PlainNetwork:
    """Return the network for *audience*, as ``Network.for_audience`` leaves it.

    Whoever keeps silent has no measures. What was recorded elsewhere goes along, as a tie of
    its own where no answer knows of it. Where an organisation may not be named, neither its
    place in the city is told.
    """
    network = analysis.network
    tied = {each.pair for each in network.ties}
    beyond = [each for each in network.recorded if each.pair not in tied]
    ends = {code: network.everyone[code] for each in beyond for code in each.pair}
    seen = {each.pair: each.seen for each in network.recorded}
    everyone = ends | network.nodes | network.silent
    ids = _ids(everyone, audience)
    nodes = []
    for code, node in sorted(everyone.items()):
        measured, place = analysis.each.get(code, {}), places.get(code)
        nodes.append(_node(ids[code], node, measured, place, audience, language))
    return PlainNetwork(
        nodes=tuple(nodes),
        ties=tuple(
            _tie(each, ids, wave, seen.get(each.pair, ())) for each in (*network.ties, *beyond)
        ),
        wishes=tuple(
            (ids[wish.source], ids[wish.target])
            for wish in network.wishes
            if wish.source in ids and wish.target in ids
        ),
    )


def _ids(everyone: Mapping[str, Node], audience: str) -> dict[str, str]:
    """Return what each is known by in the file.

    The code of somebody who is not registered comes from the name, which could be guessed
    from it; so it stays in the house, unless the name may be told.
    """
    ids = {code: code for code in everyone}
    strangers = sorted(code for code, node in everyone.items() if not node.registered)
    for number, code in enumerate(strangers, 1):
        if not everyone[code].is_named_for(audience):
            ids[code] = f"N{number}"
    return ids


def _node(
    id: str,
    node: Node,
    measured: Mapping[str, Any],
    place: Place | None,
    audience: str,
    language: str,
) -> PlainNode:
    known = {name: measured[name] for name in NODE_MEASURES if name in measured}
    defined = {name: _steady(value) for name, value in known.items() if value == value}
    named = node.is_named_for(audience)
    return PlainNode(
        id=id,
        label=one_line(node.called(audience, language)),
        sector=one_line(node.sector),
        kind=one_line(node.kind),
        locality=one_line(node.locality) if named else "",
        facts={"answered": int(node.answered), "registered": int(node.registered), **defined},
        place=place,
    )


def _tie(tie: Tie, ids: Mapping[str, str], wave: str, seen: Iterable[Seen]) -> PlainTie:
    return PlainTie(
        ids[tie.a],
        ids[tie.b],
        weight=float(tie.strength or 1),
        strength=tie.strength,
        kinds=tuple(kind for each in tie.kinds for kind in kinds_in(each)),
        state=tie.state.value,
        wave="" if tie.state == State.RECORDED else wave,
        forth=tie.forth is not None,
        back=tie.back is not None,
        seen=tuple(dict.fromkeys(each.source.value for each in seen)),
    )


def _steady(value: Any) -> Any:
    """Return a figure without its last digits, which differ from one run to the next."""
    return float(f"{value:.12g}") if isinstance(value, float) else value
