"""Kumu's JSON (“blueprint”): https://docs.kumu.io/guides/import/blueprints

Kumu finds the ends of a connection by their labels, so each is written once only.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from core.sheets import as_text
from networks.exchange.attributes import facts_of_node, facts_of_tie, node_from, tie_from
from networks.exchange.labels import unlike
from networks.exchange.plain import Gathering, PlainNetwork, Unreadable


def write(network: PlainNetwork) -> bytes:
    """Return the network as a blueprint; the sector is the type of an element."""
    labels = unlike((node.id, node.label) for node in network.nodes)
    elements = [
        {"id": node.id, "label": labels[node.id], "type": node.sector, **facts_of_node(node)}
        for node in network.nodes
    ]
    connections = [
        {
            "from": labels[tie.source],
            "to": labels[tie.target],
            "direction": "directed" if tie.directed else "undirected",
            "type": tie.kinds[0] if tie.kinds else "",
            "weight": tie.weight,
            **facts_of_tie(tie),
            "kinds": [*tie.kinds],
        }
        for tie in network.ties
    ]
    blueprint = {"elements": elements, "connections": connections}
    return (json.dumps(blueprint, ensure_ascii=False, indent=1) + "\n").encode()


def read(content: bytes) -> PlainNetwork:
    """Return the network in a blueprint.

    :raise Unreadable: when it is none
    """
    try:
        blueprint = json.loads(as_text(content))
    except (ValueError, RecursionError):
        raise Unreadable(kind="Kumu") from None
    if not isinstance(blueprint, dict):
        raise Unreadable(kind="Kumu")
    found, ids = Gathering(), {}
    for number, element in enumerate(_all(blueprint, "elements"), 1):
        facts = _texts(element)
        facts["sector"] = facts.get("sector") or facts.get("type", "")
        node = node_from(facts.get("id", "") or facts.get("_id", ""), facts, number)
        found.node(node, number)
        ids[node.id] = ids[node.label or node.id] = node.id
    for number, connection in enumerate(_all(blueprint, "connections"), 1):
        facts = _texts(connection)
        facts["kinds"] = facts.get("kinds") or facts.get("type", "")
        ends = [ids.get(facts.get(end, ""), facts.get(end, "")) for end in ("from", "to")]
        directed = facts.get("direction", "directed") == "directed"
        found.tie(tie_from(ends[0], ends[1], facts, number, directed), number)
    return found.network()


def _all(blueprint: Mapping[str, Any], name: str) -> Iterator[Mapping[str, Any]]:
    listed = blueprint.get(name, [])
    if not isinstance(listed, list) or any(not isinstance(each, dict) for each in listed):
        raise Unreadable(kind="Kumu")
    yield from listed


def _texts(thing: Mapping[str, Any]) -> dict[str, str]:
    """Return what is said of a thing as texts, also what stands in its attributes."""
    inner = thing.get("attributes")
    told = {**(inner if isinstance(inner, dict) else {}), **thing}
    return {
        name: "; ".join(map(str, value)) if isinstance(value, list) else str(value)
        for name, value in told.items()
        if value is not None and not isinstance(value, dict)
    }
