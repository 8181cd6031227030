"""From what organisations say of each other to ties. Nothing here knows of a database.

A tie lies between two organisations and has a state, which says how far both sides agree:

- *confirmed*: each named the other, and what they say goes together;
- *contradicted*: each named the other, but one calls the tie loose and the other close, or
  both say what it is about and have nothing in common there; or two answers of one
  organisation differ in the same way, or one of them names it and another does not;
- *one-sided*: the other side answered too and did not name it;
- *unknown*: the other side has not answered, so silence says nothing.

What is said beside the answers adds more states (``networks.settling``): *settled* and
*rejected* by a facilitator, *denied* by an organisation that was named. *Recorded* ties were
seen elsewhere, *wished* ones do not exist yet; both are layers of their own.

The strength of a tie is what both sides grant: the lower of the two. Its kinds are those
that either side names. What each side said is kept as it was said. Answers of one
organisation that agree are one account; where they differ, the leading one speaks for it.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from itertools import combinations

LOOSE, REGULAR, CLOSE = 1, 2, 3
UNSAID = 0  # no strength was given
ONE_STEP = 1  # how far two accounts of the strength may lie apart

Pair = tuple[str, str]


class State(StrEnum):
    """How far the two sides of a tie agree, or where else it comes from."""

    CONFIRMED = "confirmed"
    ONE_SIDED = "one_sided"
    CONTRADICTED = "contradicted"
    UNKNOWN = "unknown"
    SETTLED = "settled"  # a facilitator chose whose account holds
    REJECTED = "rejected"  # a facilitator chose neither
    DENIED = "denied"  # one side says: there is no such tie
    RECORDED = "recorded"  # seen elsewhere than in answers
    WISHED = "wished"


class Source(StrEnum):
    """Where a tie was seen, if not in the answers to a survey."""

    WORKSHOP = "workshop"  # both carry ideas that go on together after an Ideenwerkstatt
    OFFER = "offer"  # they make an offer together
    REFERRAL = "referral"  # one sends people to the other
    MEETING = "meeting"  # they met and said so
    IMPORT = "import"  # it came with a file
    TEAM = "team"  # the facilitators know of it


class Holds(StrEnum):
    """What a facilitator lets stand of a tie that two accounts describe differently."""

    A = "a"
    B = "b"
    BOTH = "both"  # all that either says, as close as both grant
    NEITHER = "neither"


class Say(StrEnum):
    """What an organisation says of a tie that others named."""

    SHOW = "show"
    HIDE = "hide"  # outside the team nobody sees it
    WRONG = "wrong"  # there is no such tie


@dataclass(frozen=True)
class Nomination:
    """One organisation says that it works with another, both by their codes."""

    source: str
    target: str
    kinds: tuple[str, ...] = ()
    strength: int = UNSAID
    future: str = ""  # how it should go on
    answer: int = field(default=0, compare=False)  # in which answer it says so

    def and_also(self, other: "Nomination") -> "Nomination":
        """Add what the same answer says elsewhere of the same tie."""
        return replace(
            self,
            kinds=_union(self.kinds, other.kinds),
            strength=max(self.strength, other.strength),
            future=self.future or other.future,
        )

    def completed_by(self, other: "Nomination") -> "Nomination":
        """Add what another answer says and this one leaves open."""
        return replace(
            self,
            kinds=_union(self.kinds, other.kinds),
            strength=self.strength or other.strength,
            future=self.future or other.future,
        )


@dataclass(frozen=True)
class Voice:
    """The answers of one organisation by their numbers, the leading one first."""

    answers: tuple[int, ...]
    is_chosen: bool = False  # a facilitator says which one leads: the others are no doubt


@dataclass(frozen=True)
class Wish:
    """One organisation would like to work, or work more, with another."""

    source: str
    target: str
    why: str = ""


@dataclass(frozen=True)
class Ruling:
    """What a facilitator lets stand of a contradicted tie, and why."""

    holds: Holds
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True)
class Word:
    """What an organisation that was named says of one of its ties."""

    source: str
    says: Say
    confirms: bool = False  # it adds that the tie is there


@dataclass(frozen=True)
class Seen:
    """Where else a tie was seen."""

    source: Source
    about: str
    day: date


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
    told: tuple[Nomination, ...] = field(default=(), compare=False)  # by every answer
    torn: tuple[str, ...] = field(default=(), compare=False)  # whose own answers differ
    ruling: Ruling | None = field(default=None, compare=False)
    words: tuple[Word, ...] = field(default=(), compare=False)
    seen: tuple[Seen, ...] = field(default=(), compare=False)

    @property
    def pair(self) -> Pair:
        return self.a, self.b

    @property
    def is_hidden(self) -> bool:
        """Whether one side wants nobody outside the team to see it."""
        return any(word.says == Say.HIDE for word in self.words)

    @property
    def is_named(self) -> bool:
        """Whether an answer that speaks for its organisation names it."""
        return bool(self.forth or self.back)

    def other(self, code: str) -> str:
        """Return the organisation at the other end."""
        return self.b if code == self.a else self.a

    def said_by(self, code: str) -> Nomination | None:
        """Return what the organisation at one end said, if it said anything."""
        return self.forth if code == self.a else self.back

    def told_by(self, code: str) -> Nomination | None:
        """Return the same, or else what any of its answers says."""
        rest = (each for each in self.told if each.source == code)
        return self.said_by(code) or next(rest, None)


def tie(
    nominations: Iterable[Nomination],
    respondents: Collection[str],
    roster: Collection[str],
    voices: Mapping[str, Voice] | None = None,
) -> list[Tie]:
    """Bring together what was said; only organisations of the *roster* count, none itself.

    Where a tie is named by an answer only that does not speak for its organisation, it is
    contradicted and nobody's account: see :attr:`Tie.is_named`.
    """
    said: dict[Pair, dict[int, Nomination]] = {}
    for each in nominations:
        if each.source != each.target and each.source in roster and each.target in roster:
            answers = said.setdefault((each.source, each.target), {})
            before = answers.get(each.answer)
            answers[each.answer] = before.and_also(each) if before else each
    pairs = sorted({(min(pair), max(pair)) for pair in said})
    sides = {
        pair: _side(answers, (voices or {}).get(pair[0])) for pair, answers in said.items()
    }
    ties = (
        _tie(a, b, sides.get((a, b), _SILENT), sides.get((b, a), _SILENT), respondents)
        for a, b in pairs
    )
    return [each for each in ties if each.is_named or each.torn]


@dataclass(frozen=True)
class _Side:
    """What one organisation says of a tie: its account, all accounts, whether they differ."""

    account: Nomination | None = None
    all: tuple[Nomination, ...] = ()
    is_torn: bool = False


_SILENT = _Side()


def _side(answers: Mapping[int, Nomination], voice: Voice | None) -> _Side:
    order = voice.answers if voice else tuple(answers)
    told = tuple(answers[number] for number in order if number in answers)
    leading = answers.get(order[0])
    if voice and voice.is_chosen:
        return _Side(leading, told)
    if len(told) < len(order) or any(differ(*pair) for pair in combinations(told, 2)):
        return _Side(leading, told, is_torn=True)
    account = told[0]
    for each in told[1:]:
        account = account.completed_by(each)
    return _Side(account, told)


def _tie(a: str, b: str, one: _Side, other: _Side, respondents: Collection[str]) -> Tie:
    torn = tuple(code for code, side in ((a, one), (b, other)) if side.is_torn)
    both_answered = a in respondents and b in respondents
    state = _state(one.account, other.account, both_answered)
    strength, kinds = granted(one.account, other.account)
    return Tie(
        a, b, State.CONTRADICTED if torn else state, strength, kinds,
        forth=one.account, back=other.account, told=one.all + other.all, torn=torn,
    )  # fmt: skip


def granted(*accounts: Nomination | None) -> tuple[int, tuple[str, ...]]:
    """Return the strength that all accounts grant, and the kinds that any of them names."""
    said = [account for account in accounts if account]
    strengths = [account.strength for account in said if account.strength != UNSAID]
    kinds: tuple[str, ...] = ()
    for account in said:
        kinds = _union(kinds, account.kinds)
    return min(strengths, default=UNSAID), kinds


def state_by_accounts(each: Tie, both_answered: bool) -> State:
    """Return how far the accounts of the two sides agree, whatever else is known."""
    return _state(each.forth, each.back, both_answered)


def _state(forth: Nomination | None, back: Nomination | None, both_answered: bool) -> State:
    if forth and back:
        return State.CONTRADICTED if differ(forth, back) else State.CONFIRMED
    return State.ONE_SIDED if both_answered else State.UNKNOWN


def differ(one: Nomination, other: Nomination) -> bool:
    """Tell whether two accounts of a tie do not go together."""
    both_rate = UNSAID not in (one.strength, other.strength)
    apart = both_rate and abs(one.strength - other.strength) > ONE_STEP
    nothing_shared = one.kinds and other.kinds and not set(one.kinds) & set(other.kinds)
    return bool(apart or nothing_shared)


def _union(some: tuple[str, ...], more: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*some, *more)))
