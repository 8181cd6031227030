"""Groups of opinion, as Polis draws them, and whether they would be there again.

C. Small et al., "Polis: Scaling Deliberation by Mapping High Dimensional Opinion Spaces",
Recerca 26 (2021): missing votes become the mean of the statement, two principal components,
pushed outwards where somebody voted little, k-means, and the k of the best silhouette.
Whether groups are stable is asked as C. Hennig does, "Cluster-wise assessment of cluster
stability", CSDA 52 (2007): they are looked for again among four fifths of the people and of the
statements, many times, and compared by the adjusted Rand index (L. Hubert and P. Arabie, 1985).
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from workshop.rules.consensus import natural

Real = NDArray[np.float64]
Whole = NDArray[np.int64]

FEWEST_VOTES = 7  # of a person, before their place says anything
FEWEST_PEOPLE = 20  # fewer can always be cut into groups somehow
MOST_GROUPS = 5
AGAIN = 20
SHARE = 0.8
ALIKE = (
    0.65  # from here recovery is at least moderate (D. Steinley, 2004); chance stays below 0.5
)
SEED = 7
WORTH = 0.02  # how much better one more group must part people
MOST_MEASURED = 500  # people whose silhouettes are looked at


@dataclass(frozen=True)
class Opinions:
    """Who belongs to which group (0 is the largest), and how surely."""

    groups: Mapping[str, int]
    agreement: float

    @property
    def stable(self) -> bool:
        """Say whether the groups may be shown at all."""
        several = len(set(self.groups.values())) > 1
        return several and len(self.groups) >= FEWEST_PEOPLE and self.agreement >= ALIKE


def opinion_groups(votes: Mapping[tuple[str, str], int]) -> Opinions:
    """Group those who voted on enough statements; the same votes give the same groups."""
    people = sorted({person for person, _ in votes}, key=natural)
    statements = sorted({statement for _, statement in votes}, key=natural)
    row = {person: number for number, person in enumerate(people)}
    column = {statement: number for number, statement in enumerate(statements)}
    table = np.full((len(people), len(statements)), np.nan)
    for (person, statement), vote in votes.items():
        table[row[person], column[statement]] = vote
    enough = np.flatnonzero(
        (~np.isnan(table)).sum(axis=1) >= min(FEWEST_VOTES, len(statements))
    )
    table = table[enough]
    if len(enough) < 4 or len(statements) < 2:
        return Opinions({people[number]: 0 for number in enough}, 0.0)
    found = _by_size(_grouped(table, np.random.default_rng(SEED)))
    agreement = _agreement(table, found)
    named = {people[number]: int(group) for number, group in zip(enough, found, strict=True)}
    return Opinions(named, agreement)


def _agreement(table: Real, found: Whole) -> float:
    """Return how much the groups are the same when a fifth of everything is missing."""
    draw = np.random.default_rng(SEED)
    people, statements = table.shape
    alike = []
    for _ in range(AGAIN):
        some = np.sort(draw.choice(people, max(4, int(SHARE * people)), replace=False))
        asked = np.sort(draw.choice(statements, max(2, int(SHARE * statements)), replace=False))
        part = table[np.ix_(some, asked)]
        said = (~np.isnan(part)).any(axis=1)
        again = _grouped(part[said], draw)
        alike.append(adjusted_rand(found[some[said]], again))
    return float(np.mean(alike))


def _grouped(table: Real, draw: np.random.Generator) -> Whole:
    places = projected(table)
    measured = draw.permutation(len(places))[:MOST_MEASURED]
    best, best_silhouette = np.zeros(len(places), dtype=np.int64), -2.0
    for number in range(2, min(MOST_GROUPS, 2 + len(places) // 12) + 1):
        groups = _k_means(places, number, draw)
        silhouette = _silhouette(places[measured], groups[measured])
        if silhouette > best_silhouette + WORTH:
            best, best_silhouette = groups, silhouette
    return best


def projected(table: Real) -> Real:
    """Return where everyone stands on the two components that part them most."""
    voted = ~np.isnan(table)
    seen = np.maximum(voted.sum(axis=0), 1)
    means = np.where(voted, table, 0.0).sum(axis=0) / seen
    centred = np.where(voted, table - means, 0.0)
    axes = _axes(centred)
    outwards = np.sqrt(table.shape[1] / np.maximum(voted.sum(axis=1), 1))
    places: Real = (centred @ axes) * outwards[:, None]
    return places


def _axes(centred: Real) -> Real:
    """Return the two main directions, by turning a few towards them again and again."""
    if centred.shape[0] < centred.shape[1]:
        people = _axes(np.ascontiguousarray(centred.T))
        main: Real = np.linalg.qr(centred.T @ people)[0]
        return main
    products = centred.T @ centred
    start = np.random.default_rng(SEED).normal(size=(len(products), min(8, len(products))))
    turned, spread = np.linalg.qr(start)[0], np.zeros(1)
    for _ in range(300):
        onwards = products @ turned
        before, spread = spread, (turned * onwards).sum(axis=0)[:2]
        turned = np.linalg.qr(onwards)[0]
        if np.allclose(before, spread, rtol=1e-9):
            break
    _, axes = np.linalg.eigh(turned.T @ products @ turned)
    main = turned @ axes[:, :-3:-1]
    return np.asarray(main)


def _k_means(places: Real, number: int, draw: np.random.Generator) -> Whole:
    """Return the best of five runs from far-off starts (k-means++)."""
    best, least = np.zeros(len(places), dtype=np.int64), np.inf
    for _ in range(5):
        centres = _far_off(places, number, draw)
        groups = np.full(len(places), -1)
        for _ in range(100):
            away = (centres**2).sum(axis=1) - 2 * (places @ centres.T)
            nearest = away.argmin(axis=1)
            if (nearest == groups).all():
                break
            groups = nearest
            members = groups[None, :] == np.arange(number)[:, None]
            sizes = members.sum(axis=1)[:, None]
            centres = np.where(sizes > 0, members @ places / np.maximum(sizes, 1), centres)
        spread = float(away.min(axis=1).sum())
        if spread < least - 1e-9:
            best, least = groups, spread
    return best


def _far_off(places: Real, number: int, draw: np.random.Generator) -> Real:
    chosen = [places[draw.integers(len(places))]]
    for _ in range(number - 1):
        away = (
            ((places[:, None, :] - np.array(chosen)[None, :, :]) ** 2).sum(axis=2).min(axis=1)
        )
        whole = away.sum()
        odds = away / whole if whole > 0 else None
        chosen.append(places[draw.choice(len(places), p=odds)])
    return np.array(chosen)


def _silhouette(places: Real, groups: Whole) -> float:
    names = np.unique(groups)
    if len(names) < 2:
        return -1.0
    away = np.sqrt(((places[:, None, :] - places[None, :, :]) ** 2).sum(axis=2))
    inside = groups[None, :] == names[:, None]
    sums = away @ inside.T
    sizes = inside.sum(axis=1)
    own = np.searchsorted(names, groups)
    everyone = np.arange(len(places))
    near = sums[everyone, own] / np.maximum(sizes[own] - 1, 1)
    others = sums / sizes
    others[everyone, own] = np.inf
    far = others.min(axis=1)
    wider = np.maximum(np.maximum(near, far), 1e-12)
    return float(np.where(sizes[own] > 1, (far - near) / wider, 0.0).mean())


def _by_size(groups: Whole) -> Whole:
    """Number the groups by size; of two alike, the one of the first person comes first."""
    names, first, sizes = np.unique(groups, return_index=True, return_counts=True)
    place = {int(names[n]): new for new, n in enumerate(np.lexsort((first, -sizes)))}
    return np.array([place[int(group)] for group in groups])


def adjusted_rand(one: Whole, other: Whole) -> float:
    """Return how alike two groupings are: 1 the same, 0 as by chance."""
    _, rows = np.unique(one, return_inverse=True)
    _, columns = np.unique(other, return_inverse=True)
    both = np.zeros((rows.max() + 1, columns.max() + 1))
    np.add.at(both, (rows, columns), 1)
    pairs, size = (both * (both - 1) / 2).sum(), len(one)
    in_one, in_other = both.sum(axis=1), both.sum(axis=0)
    first = (in_one * (in_one - 1) / 2).sum()
    second = (in_other * (in_other - 1) / 2).sum()
    chance = first * second / (size * (size - 1) / 2) if size > 1 else 0.0
    most = (first + second) / 2
    return float((pairs - chance) / (most - chance)) if most != chance else 1.0
