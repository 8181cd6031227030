"""Needs, terms and offers in three columns, in an order in which few lines cross.

Who needs something stands left, who offers something right, the terms between them. Each
row moves to the mean place of what it is tied to, column by column, until nothing gets
better (the barycentre heuristic: Sugiyama, Tagawa & Toda 1981); then neighbours change
places where that helps. Pure geometry.
"""

from bisect import bisect_right, insort
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from random import Random

from networks.offering import Said
from people.models import Side

WIDTH, ROW, TOP = 1200, 34, 30
LEFT, RIGHT = 330, 870  # where organisations stand
TERM_LEFT, TERM_RIGHT = 440, 760  # the sides of a term's box
ROUNDS, SWITCHES = 8, 12
STARTS, SMALL, SEED = 10, 250, 2026  # small pictures are tried from several beginnings

Pair = tuple[str, str]  # an organisation and a term
Order = Sequence[str]
Orders = tuple[Order, Order, Order]


@dataclass(frozen=True)
class Cell:
    """A row of a column: an organisation or a term, and how high it stands."""

    key: str
    y: float


@dataclass(frozen=True)
class Thread:
    """What ties an organisation to a term, as a curve."""

    code: str
    term: str
    side: str
    path: str


@dataclass(frozen=True)
class Columns:
    """A picture of who needs and offers what."""

    height: int
    needing: list[Cell]
    terms: list[Cell]
    offering: list[Cell]
    threads: list[Thread]


def columns(said: Iterable[Said]) -> Columns:
    """Return the picture of *said*, which is the same whatever its order."""
    known = sorted(set(said))
    needs = [(each.code, each.term) for each in known if each.side == Side.NEED]
    offers = [(each.code, each.term) for each in known if each.side == Side.OFFER]
    left, middle, right = untangled(needs, offers)
    longest = max(len(left), len(middle), len(right), 1)
    one, two, three = (_stacked(order, longest) for order in (left, middle, right))
    y = [{cell.key: cell.y for cell in column} for column in (one, two, three)]
    threads = [
        Thread(c, t, Side.NEED, _curve(LEFT + 14, y[0][c], TERM_LEFT, y[1][t]))
        for c, t in needs
    ] + [
        Thread(c, t, Side.OFFER, _curve(TERM_RIGHT, y[1][t], RIGHT - 14, y[2][c]))
        for c, t in offers
    ]
    return Columns(2 * TOP + ROW * longest, one, two, three, threads)


def untangled(needs: Sequence[Pair], offers: Sequence[Pair]) -> Orders:
    """Order those who need, the terms and those who offer, so that few ties cross."""
    left, right = (sorted({code for code, _ in pairs}) for pairs in (needs, offers))
    middle = sorted({term for _, term in (*needs, *offers)})
    small = len(needs) + len(offers) <= SMALL
    chance, tries = Random(SEED), []  # noqa: S311 - it shuffles, it hides nothing
    for _ in range(STARTS if small else 1):
        found = _averaged(needs, offers, left, middle, right)
        tries.append(_switched(needs, offers, *found) if small else found)
        middle = chance.sample(middle, len(middle))
    best = min(tries, key=lambda orders: _crossed(needs, offers, *orders))
    return best if small else _switched(needs, offers, *best)


def _averaged(
    needs: Sequence[Pair], offers: Sequence[Pair], left: Order, middle: Order, right: Order
) -> Orders:
    """Move each row to the mean of its ends, and keep the best that came of it."""
    best, least = (left, middle, right), _crossed(needs, offers, left, middle, right)
    for _ in range(ROUNDS):
        place = _places(middle)
        left = _by_mean(left, [(code, place[term]) for code, term in needs])
        right = _by_mean(right, [(code, place[term]) for code, term in offers])
        sides = _places(left, scaled=True), _places(right, scaled=True)
        drawn = [(term, sides[0][code]) for code, term in needs]
        drawn += [(term, sides[1][code]) for code, term in offers]
        middle = _by_mean(middle, drawn)
        crossed = _crossed(needs, offers, left, middle, right)
        if crossed < least:
            best, least = (left, middle, right), crossed
    return best


def crossings(pairs: Iterable[Pair], one: Order, other: Order) -> int:
    """Count how often the ties between two columns cross."""
    here, there = _places(one), _places(other)
    lines = sorted((here[a], there[b]) for a, b in pairs)
    above: list[float] = []  # where those end that begin higher up
    crossed = 0
    for _, level in groupby(lines, key=lambda line: line[0]):
        ends = [end for _, end in level]
        crossed += sum(len(above) - bisect_right(above, end) for end in ends)
        for end in ends:
            insort(above, end)
    return crossed


def _switched(
    needs: Sequence[Pair], offers: Sequence[Pair], left: Order, middle: Order, right: Order
) -> Orders:
    """Let neighbours in a column change places as long as fewer ties cross by it."""
    turned = [[(term, code) for code, term in pairs] for pairs in (needs, offers)]
    for _ in range(SWITCHES):
        before = left, middle, right
        left = _swapped(left, [(needs, middle)])
        right = _swapped(right, [(offers, middle)])
        middle = _swapped(middle, [(turned[0], left), (turned[1], right)])
        if (left, middle, right) == before:
            break
    return left, middle, right


def _swapped(order: Order, sides: Sequence[tuple[Sequence[Pair], Order]]) -> list[str]:
    """Go down a column once and swap each two neighbours that are better off so."""
    ends: list[dict[str, list[float]]] = []
    for pairs, other in sides:
        there = _places(other)
        ends.append({key: [] for key in order})
        for one, end in pairs:
            ends[-1][one].append(there[end])
    rows = list(order)
    for n in range(len(rows) - 1):
        over, under = rows[n], rows[n + 1]
        gain = sum((a > b) - (a < b) for e in ends for a in e[over] for b in e[under])
        if gain > 0:
            rows[n], rows[n + 1] = under, over
    return rows


def _crossed(needs: Sequence[Pair], offers: Sequence[Pair], *orders: Order) -> int:
    left, middle, right = orders
    return crossings(needs, left, middle) + crossings(offers, right, middle)


def _places(order: Order, *, scaled: bool = False) -> dict[str, float]:
    unit = 1 / max(len(order), 1) if scaled else 1
    return {key: number * unit for number, key in enumerate(order)}


def _by_mean(order: Order, drawn: Iterable[tuple[str, float]]) -> list[str]:
    """Move each to the mean of where it is drawn to; equals stay as they stood."""
    sums: dict[str, list[float]] = {key: [] for key in order}
    for key, place in drawn:
        sums[key].append(place)
    mean: Mapping[str, float] = {key: sum(all_) / len(all_) for key, all_ in sums.items()}
    return sorted(order, key=lambda key: mean[key])


def _stacked(order: Order, longest: int) -> list[Cell]:
    """Spread a column over the height of the longest."""
    step = ROW * longest / max(len(order), 1)
    return [Cell(key, round(TOP + (n + 0.5) * step, 1)) for n, key in enumerate(order)]


def _curve(x1: float, y1: float, x2: float, y2: float) -> str:
    bend = (x1 + x2) / 2
    return f"M{x1} {y1}C{bend} {y1} {bend} {y2} {x2} {y2}"
