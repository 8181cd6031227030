"""The attributes of nodes and ties: what ours are called, and what others call the same."""

from collections.abc import Mapping

from networks.analysing import NODE_MEASURES
from networks.exchange.plain import (
    NoName,
    PlainNode,
    PlainTie,
    kinds_as_text,
    kinds_in,
    number,
    one_line,
    strength_in,
)

WHOLE = {"answered", "registered", "degree", "core", "community"}
WHOLE |= {"strength", "named_by_source", "named_by_target"}
WHAT = "sector", "kind", "locality"
NODE_FACTS = (*WHAT, "answered", "registered", *NODE_MEASURES)
TIE_FACTS = (
    "kinds",
    "strength",
    "state",
    "wave",
    "named_by_source",
    "named_by_target",
    "seen_in",
)
SAME = {
    "source": "source quelle from von start node1 ego sender",
    "target": "target ziel to nach end node2 alter receiver",
    "id": "id key code kennung nummer nodeid",
    "label": "label name bezeichnung title titel organisation organization",
    "sector": "sector sektor",
    "kind": "kind art",
    "locality": "locality ortsteil",
    "weight": "weight gewicht",
    "strength": "strength staerke stärke",
    "kinds": "kinds type typ relation relations beziehung edgelabel",
    "state": "state zustand",
    "wave": "wave welle",
    "directed": "directed gerichtet direction",
    "named_by_source": "named_by_source",
    "named_by_target": "named_by_target",
    "seen_in": "seen_in",
}
OURS = {theirs: ours for ours, all_of_them in SAME.items() for theirs in all_of_them.split()}
YES = {"1", "true", "yes", "ja", "directed", "gerichtet"}


def column(title: str) -> str:
    """Return what we call what others call *title*."""
    folded = one_line(title).casefold().replace(" ", "_")
    return OURS.get(folded, folded)


def type_of(name: str) -> str:
    """Return the type of an attribute, as GEXF names types."""
    if name in WHOLE:
        return "integer"
    return "double" if name in NODE_MEASURES else "string"


def facts_of_node(node: PlainNode) -> dict[str, object]:
    """Return what a file says of a node; what nobody knows is left out."""
    told = {"sector": node.sector, "kind": node.kind, "locality": node.locality}
    return {name: value for name, value in told.items() if value} | dict(node.facts)


def facts_of_tie(tie: PlainTie) -> dict[str, object]:
    """Return what a file says of a tie; what nobody knows is left out."""
    told: dict[str, object] = {"kinds": kinds_as_text(tie.kinds), "strength": tie.strength}
    told |= {"state": tie.state, "wave": one_line(tie.wave), "seen_in": "; ".join(tie.seen)}
    told = {name: value for name, value in told.items() if value}
    said = {"named_by_source": tie.forth, "named_by_target": tie.back}
    return told | {name: int(value) for name, value in said.items() if value is not None}


def node_from(id: str, facts: Mapping[str, str], line: int) -> PlainNode:
    """Return the node that a file tells of.

    :raise NoName: when it has no id
    """
    label = one_line(facts.get("label", ""))
    known = one_line(id) or label
    if not known:
        raise NoName(line=line)
    sector, kind, locality = (one_line(facts.get(name, "")) for name in WHAT)
    return PlainNode(known, label, sector, kind, locality)


def tie_from(
    source: str, target: str, facts: Mapping[str, str], line: int, directed: bool
) -> PlainTie:
    """Return the tie that a file tells of.

    :raise NoNumber: when its weight is none
    """
    strength = strength_in(facts.get("strength", ""))
    said = {"0": False, "1": True}
    return PlainTie(
        one_line(source),
        one_line(target),
        weight=number(facts.get("weight", ""), line, float(strength or 1)),
        strength=strength,
        kinds=kinds_in(facts.get("kinds", "")),
        state=one_line(facts.get("state", "")),
        wave=one_line(facts.get("wave", "")),
        directed=directed,
        forth=said.get(facts.get("named_by_source", "")),
        back=said.get(facts.get("named_by_target", "")),
        seen=kinds_in(facts.get("seen_in", "")),
    )
