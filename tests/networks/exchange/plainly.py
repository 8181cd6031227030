"""Plain networks to write and read back: by hand, and at random with strings that hurt."""

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from networks.exchange.plain import PlainNetwork, PlainNode, PlainTie, one_line
from tests.hostile import STRINGS

MORE = Path("../shared/trust/hostile.json")
OTHERS = (
    [each["value"] for each in json.loads(MORE.read_text())["inputs"] if "value" in each]
    if MORE.exists()
    else []
)
AWKWARD = [
    '"', '""', "'", "\\", 'ends with \\', "*Vertices 3", "% comment", "*Edges", "data:",
    "labels:",
    "dl n=3", "a, b", "a  b", "a\u00a0b", "a|b", "a;b", "]]>", "<!--", "&amp;", "1", "1 2", "#",
    "x=y", "n=7", "{}", "[]", "null", "\u2028", "\x85", "\ufffe", "\ud800", "'=1+1", "''", "  ",
    "_x0041_", "sep=;", "\u200f", "source", "true", "0", "-1", "1e5", "\U0001fffe",
]  # fmt: skip
HOSTILE = [*dict.fromkeys(e[:200] for e in [*AWKWARD, *STRINGS, *OTHERS] if isinstance(e, str))]
KINDS = ("rooms", "joint_project", "funding", "Räume")
SOURCES = ("workshop", "meeting", "import")
STATES = ("confirmed", "one_sided", "contradicted", "unknown")


def plain(names: list[str], ties: list[PlainTie] | None = None) -> PlainNetwork:
    """Organisations with these names, each tied to the next."""
    nodes = tuple(a_node(f"O{number}", name) for number, name in enumerate(names, 1))
    chain = [
        PlainTie(
            one.id, other.id, 2, strength=2, kinds=("rooms", "Räume"), state="unknown",
            wave="autumn", forth=True, back=False,
        )
        for one, other in pairwise(nodes)
    ]  # fmt: skip
    return PlainNetwork(nodes, tuple(chain if ties is None else ties))


def a_node(id: str, name: str, **more: Any) -> PlainNode:
    facts = {"sector": "economy", "kind": "enterprise", "locality": "buch"} | more
    return PlainNode(id, one_line(name) or id, **facts)


@st.composite
def networks(draw: st.DrawFn, directed: bool = False) -> PlainNetwork:
    """Networks whose strings hurt, with isolates, and with ties of any weight."""
    words = st.sampled_from(HOSTILE) | st.text(st.characters(codec=None), max_size=12)
    names = draw(st.lists(words, min_size=1, max_size=7))
    nodes = [
        a_node(
            f"O{number}",
            name,
            sector=draw(st.sampled_from(["economy", "society", "politics", "science", ""])),
            kind=one_line(draw(words)[:60]),
            locality=draw(st.sampled_from(["buch", "karow", ""])),
        )
        for number, name in enumerate(names, 1)
    ]
    pairs = [(a.id, b.id) for a in nodes for b in nodes if a.id < b.id or (directed and a != b)]
    chosen = draw(st.lists(st.sampled_from(pairs), unique=True, max_size=9)) if pairs else []
    return PlainNetwork(tuple(nodes), tuple(draw(_ties(pair, directed)) for pair in chosen))


@st.composite
def _ties(draw: st.DrawFn, pair: tuple[str, str], directed: bool) -> PlainTie:
    weight = st.integers(1, 10**12).map(lambda number: number / 1000)
    said = st.sampled_from([None, True, False])
    return PlainTie(
        *pair,
        weight=draw(weight),
        strength=draw(st.integers(0, 3)),
        kinds=tuple(draw(st.lists(st.sampled_from(KINDS), unique=True, max_size=3))),
        state=draw(st.sampled_from(STATES)),
        wave=draw(st.sampled_from(["autumn", "", "wave-2"])),
        directed=directed,
        forth=draw(said),
        back=draw(said),
        seen=tuple(draw(st.lists(st.sampled_from(SOURCES), unique=True, max_size=2))),
    )
