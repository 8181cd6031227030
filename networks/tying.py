"""From what organisations say of each other to ties. Nothing here knows of a database.

A tie lies between two organisations and has a state, which says how far both sides agree:

- *confirmed*: each named the other, and what they say goes together;
- *contradicted*: each named the other, but one calls the tie loose and the other close, or
  both say what it is about and have nothing in common there;
- *one-sided*: the other side answered too and did not name it;
- *unknown*: the other side has not answered, so silence says nothing.

The strength of a tie is what both sides grant: the lower of the two. Its kinds are those
that either side names. What each side said is kept as it was said.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum

LOOSE, REGULAR, CLOSE = 1, 2, 3
UNSAID = 0  # no strength was given
ONE_STEP = 1  # how far two accounts of the strength may lie apart


class State(StrEnum):
    """How far the two sides of a tie agree."""

    CONFIRMED = "confirmed"
    ONE_SIDED = "one_sided"
    CONTRADICTED = "contradicted"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Nomination:
    """One organisation says that it works with another, both by their codes."""

    source: str
    target: str
    kinds: tuple[str, ...] = ()
    strength: int = UNSAID
    future: str = ""  # how it should go on

    def and_also(self, other: "Nomination") -> "Nomination":
        """Add what the same organisation says elsewhere of the same tie."""
        return replace(
            self,
            kinds=_union(self.kinds, other.kinds),
            strength=max(self.strength, other.strength),
            future=self.future or other.future,
        )


@dataclass(frozen=True)
class Wish:
    """One organisation would like to work, or work more, with another."""

    source: str
    target: str
    why: str = ""


@dataclass(frozen=True)
class Tie:
    """What connects *a* and *b*: *forth* is what *a* said of it, *back* what *b* said."""

    a: str
    b: str
    state: State
    strength: int = UNSAID
    kinds: tuple[str, ...] = ()
    forth: Nomination | None = field(default=None, compare=False)
    back: Nomination | None = field(default=None, compare=False)

    def other(self, code: str) -> str:
        """Return the organisation at the other end."""
        return self.b if code == self.a else self.a

    def said_by(self, code: str) -> Nomination | None:
        """Return what the organisation at one end said, if it said anything."""
        return self.forth if code == self.a else self.back


def tie(
    nominations: Iterable[Nomination], respondents: Collection[str], roster: Collection[str]
) -> list[Tie]:
    """Bring together what was said; only organisations of the *roster* count, none itself."""
    said: dict[tuple[str, str], Nomination] = {}
    for each in nominations:
        pair = each.source, each.target
        if each.source != each.target and each.source in roster and each.target in roster:
            said[pair] = said[pair].and_also(each) if pair in said else each
    pairs = sorted({(min(pair), max(pair)) for pair in said})
    return [
        _tie(a, b, said.get((a, b)), said.get((b, a)), {a, b} <= set(respondents))
        for a, b in pairs
    ]


def _tie(
    a: str, b: str, forth: Nomination | None, back: Nomination | None, both_answered: bool
) -> Tie:
    accounts = [each for each in (forth, back) if each]
    strengths = [each.strength for each in accounts if each.strength != UNSAID]
    kinds: tuple[str, ...] = ()
    for each in accounts:
        kinds = _union(kinds, each.kinds)
    state = _state(forth, back, both_answered)
    return Tie(a, b, state, min(strengths, default=UNSAID), kinds, forth, back)


def _state(forth: Nomination | None, back: Nomination | None, both_answered: bool) -> State:
    if forth and back:
        return State.CONTRADICTED if _differ(forth, back) else State.CONFIRMED
    return State.ONE_SIDED if both_answered else State.UNKNOWN


def _differ(one: Nomination, other: Nomination) -> bool:
    both_rate = UNSAID not in (one.strength, other.strength)
    apart = both_rate and abs(one.strength - other.strength) > ONE_STEP
    nothing_shared = one.kinds and other.kinds and not set(one.kinds) & set(other.kinds)
    return bool(apart or nothing_shared)


def _union(some: tuple[str, ...], more: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*some, *more)))
