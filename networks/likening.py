"""How likely two organisations without a tie are to work together, by the ties of the others.

A logistic model of the pairs that are there: how many partners each has (as in the beta
model, Chatterjee, Diaconis & Sly 2011), resource allocation over common partners (Zhou, Lü
& Zhang 2009), and how much of the other's sector each already works with. A tie is never
counted among its own signs, so pairs with and without one are measured alike.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import networkx as nx
import numpy as np

SHY = 3.0  # how strongly the model keeps to what all organisations have in common
USUAL, FIRM = 0.5, 10.0  # what a sign is worth before anything is seen, and how sure that is
STEPS = 6  # of Newton; more change nothing
ONE_TIE = 1.0  # as if everyone had one more chance in each sector, used as often as usual


def likelihoods(graph: "nx.Graph[Any]", sectors: Mapping[Any, str]) -> Any:
    """Return the chance of a tie for all pairs, in the order of the graph; 0 with oneself."""
    ties = adjacency(graph)
    if len(ties) < 3 or not ties.any() or ties.sum() == len(ties) * (len(ties) - 1):
        return np.zeros_like(ties)
    signs = [np.log(0.1 + resource_allocation(ties))]
    known = [sectors.get(node, "") for node in graph]
    if len(set(known)) > 1:
        signs.append(leaning(ties, known))
    return _fitted(ties, signs)


def adjacency(graph: "nx.Graph[Any]") -> Any:
    """Return who has a tie with whom, as ones in a square."""
    place = {node: number for number, node in enumerate(graph)}
    ties = np.zeros((len(place), len(place)))
    for a, b in graph.edges:
        if a != b:
            ties[place[a], place[b]] = ties[place[b], place[a]] = 1.0
    return ties


def resource_allocation(ties: Any) -> Any:
    """Add up common partners, each by the share it has for one (Zhou, Lü & Zhang 2009)."""
    return ties / np.maximum(ties.sum(axis=0), 1) @ ties


def leaning(ties: Any, sectors: Sequence[str]) -> Any:
    """Add up which share of the other's sector each works with, but for the other itself."""
    kinds, kind = np.unique(np.array(sectors, dtype=str), return_inverse=True)
    member = np.eye(len(kinds))[kind]
    usual = ties.sum() / (len(ties) * (len(ties) - 1))
    have = (ties @ member)[:, kind] - ties
    chances = member.sum(axis=0)[kind][None] - (kind[:, None] == kind[None]) - 1
    share = (have + ONE_TIE * usual) / (np.maximum(chances, 0) + ONE_TIE)
    return share + share.T


def _fitted(ties: Any, signs: list[Any]) -> Any:
    """Fit the model by Newton's steps, which need no row for each pair."""
    n, off = len(ties), 1 - np.eye(len(ties))
    signs = [_standard(sign, off) for sign in signs]
    shyness = np.array([1e-6, *[SHY] * n, *[FIRM] * len(signs)])
    usual = np.array([0.0] * (n + 1) + [USUAL] * len(signs))
    weights = usual.copy()
    weights[0] = np.log(ties.sum() / (off - ties).sum())
    chance = _chance(weights, signs, off)
    for _ in range(STEPS):
        error, doubt = chance - ties, chance * (1 - chance)
        slope = [error.sum() / 2, *error.sum(axis=1), *((error * s).sum() / 2 for s in signs)]
        bend = _bend(doubt, signs) + np.diag(shyness)
        step = np.array(slope) + shyness * (weights - usual)
        weights = weights - np.linalg.solve(bend, step)
        chance = _chance(weights, signs, off)
    return chance


def _chance(weights: Any, signs: list[Any], off: Any) -> Any:
    n = len(off)
    own = weights[1 : n + 1]
    total = weights[0] + own[:, None] + own[None]
    for weight, sign in zip(weights[n + 1 :], signs, strict=True):
        total = total + weight * sign
    return off / (1 + np.exp(-np.clip(total, -30, 30)))


def _bend(doubt: Any, signs: list[Any]) -> Any:
    n, size = len(doubt), 1 + len(doubt) + len(signs)
    bend = np.zeros((size, size))
    bend[0, 0], bend[0, 1 : n + 1] = doubt.sum() / 2, doubt.sum(axis=1)
    bend[1 : n + 1, 1 : n + 1] = doubt + np.diag(doubt.sum(axis=1))
    for place, sign in enumerate(signs, n + 1):
        seen = doubt * sign
        bend[0, place], bend[1 : n + 1, place] = seen.sum() / 2, seen.sum(axis=1)
        for beside, other in enumerate(signs[place - n - 1 :], place):
            bend[place, beside] = (seen * other).sum() / 2
    return np.triu(bend) + np.triu(bend, 1).T


def _standard(sign: Any, off: Any) -> Any:
    pairs = off.sum()
    centred = (sign - (sign * off).sum() / pairs) * off
    spread = np.sqrt((centred**2).sum() / pairs)
    return centred / spread if spread > 1e-9 else centred * 0
