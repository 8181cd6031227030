"""How well a need and an offer fit: first what must hold, then a score of four parts.

Score and weights: ``reference/domain.md`` of the project, section 4; each part lies between
0 and 1. What must hold comes first: an offer of the same group of terms, at a time when
people can come, in a German that is at most one step beyond theirs, and of somebody else.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from people.places import kilometres
from people.taxonomy import group_of

PARTS = ("category", "german", "time", "distance")
WEIGHTS: Mapping[str, float] = {"category": 0.5, "german": 0.2, "time": 0.15, "distance": 0.15}
THRESHOLD = 0.6
RELATED = {("job_coaching", "jobs"), ("language_course", "language_cafe")}  # need, offer
FAR = 15.0  # km; from here on distance counts nothing
LEVELS = ("none", "a1", "a2", "b1", "b2", "c1")  # of the CEFR, "none" below A1
TIMES = ("t_morning", "t_afternoon", "t_evening", "t_weekend")
ANY = 0b1111
Array = Any


@dataclass(frozen=True)
class Wanted:
    """A need or an offer, as much of it as decides who fits whom.

    ``german`` is the level that people have, or that an offer asks for. ``requires`` are
    terms that a need cannot do without, or that an offer brings along; ``besides`` are those
    of them with times and a place of their own.
    """

    id: str
    term: str
    quantity: int = 1
    locality: str = ""
    german: str = ""
    times: frozenset[str] = frozenset()
    requires: tuple[str, ...] = ()
    by: int | None = None  # the organisation whose it is
    besides: tuple[tuple[str, tuple[str, ...], str], ...] = ()  # term, times, place


@dataclass(frozen=True)
class Fit:
    """All pairs of needs (rows) and offers (columns)."""

    needs: Sequence[Wanted]
    offers: Sequence[Wanted]
    parts: Mapping[str, Array]  # each needs x offers, 0 to 1
    holds: Array  # bool: what must hold does
    scores: Array = field(init=False)  # 0 to 1, and 0 where no term is near

    def __post_init__(self) -> None:
        total = sum(WEIGHTS[name] * self.parts[name] for name in PARTS)
        scores = np.where(self.parts["category"] > 0, total, 0.0)
        object.__setattr__(self, "scores", scores)

    def pairs(self, threshold: float = THRESHOLD) -> list[tuple[int, int]]:
        """List need and offer of all pairs that may come together."""
        rows, columns = np.nonzero(self.holds & (self.scores >= threshold - 1e-9))
        return list(zip(rows.tolist(), columns.tolist(), strict=True))


def fit(needs: Sequence[Wanted], offers: Sequence[Wanted]) -> Fit:
    """Compare all *needs* with all *offers*."""
    gap = _levels(offers)[None, :] - _levels(needs)[:, None]
    unknown = (_levels(offers) < 0)[None, :] | (_levels(needs) < 0)[:, None]
    german = np.where(unknown | (gap <= 0), 1.0, np.where(gap == 1, 0.5, 0.0))
    time = (_times(needs)[:, None] & _times(offers)[None, :]) != 0
    owners = np.array([-1 if n.by is None else n.by for n in needs])[:, None]
    givers = np.array([-2 if o.by is None else o.by for o in offers])[None, :]
    category = _table(needs, offers, "term", _category)
    parts = {
        "category": category,
        "german": german,
        "time": time.astype(float),
        "distance": _table(needs, offers, "locality", _nearness),
    }
    holds = (category > 0) & (german > 0) & time & (owners != givers)
    return Fit(needs, offers, parts, holds)


def besides(need: Wanted, offer: Wanted, offers: Sequence[Wanted]) -> list[list[int]]:
    """For each term that a need requires and *offer* does not bring, list offers of it.

    They are there at a time when people of the need are at *offer*, or at the times of its
    own that the need names for the term.
    """
    when = bits(need.times) & bits(offer.times)
    return [
        [
            number
            for number, other in enumerate(offers)
            if other.term == term
            and bits(other.times) & (own_times(need, term) or when)
            and (other.by is None or other.by != need.by)
        ]
        for term in need.requires
        if term not in offer.requires
    ]


def own_times(need: Wanted, term: str) -> int:
    """Return the bits of the times at which a need requires *term*; 0: when people come."""
    times = next((times for named, times, _place in need.besides if named == term), ())
    return bits(frozenset(times)) if times else 0


def beside(need: Wanted, term: str) -> Wanted:
    """Return *term* as that need requires it, as a need of its own."""
    own = {named: (times, place) for named, times, place in need.besides}
    times, place = own.get(term, ((), ""))
    return replace(
        need,
        term=term,
        german="",
        requires=(),
        besides=(),
        times=frozenset(times) or need.times,
        locality=place or need.locality,
    )


def is_near(need: str, offer: str) -> bool:
    """Tell whether two terms have to do with each other at all."""
    return _category(need, offer) > 0


def _category(need: str, offer: str) -> float:
    """1 for the same term, .5 for a related one, .25 within a group, else 0."""
    if need == offer:
        return 1.0
    if (need, offer) in RELATED:
        return 0.5
    group = group_of(need)
    return 0.25 if group and group == group_of(offer) else 0.0


def _nearness(one: str, other: str) -> float:
    """1 in the same place, falling to 0 at 15 km; where a place is unknown nothing falls."""
    apart = kilometres(one, other)
    return 1.0 if apart is None else max(0.0, 1.0 - apart / FAR)


def _table(needs: Sequence[Wanted], offers: Sequence[Wanted], what: str, say: Any) -> Array:
    """Compare each pair of values once, however many share them."""
    if not needs or not offers:
        return np.zeros((len(needs), len(offers)))
    mine, rows = np.unique([getattr(each, what) for each in needs], return_inverse=True)
    theirs, columns = np.unique([getattr(each, what) for each in offers], return_inverse=True)
    small = np.array([[say(str(one), str(other)) for other in theirs] for one in mine])
    return small[rows[:, None], columns[None, :]]


def _levels(some: Sequence[Wanted]) -> Array:
    found = [LEVELS.index(each.german) if each.german in LEVELS else -1 for each in some]
    return np.array(found, dtype=np.int64)


def _times(some: Sequence[Wanted]) -> Array:
    return np.array([bits(each.times) for each in some], dtype=np.int64)


def bits(times: frozenset[str]) -> int:
    """Return a bit for each time of day; whoever names none can always come."""
    return sum(1 << TIMES.index(time) for time in times if time in TIMES) or ANY
