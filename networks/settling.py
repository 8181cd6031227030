"""What stands beside the answers and changes their ties: verdicts and replies. Pure.

A verdict counts only as long as the accounts differ; a reply counts whatever they say.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from networks.tying import (
    UNSAID,
    Holds,
    Nomination,
    Pair,
    Ruling,
    Say,
    State,
    Tie,
    Word,
    granted,
    state_by_accounts,
)

UNCOUNTED = {State.REJECTED, State.DENIED}
ENOUGH = 3  # answers of whose strength those outside the team may learn together


def settle(ties: Iterable[Tie], rulings: Mapping[Pair, Ruling]) -> list[Tie]:
    """Let verdicts decide what holds of contradicted ties."""
    return [
        _ruled(each, rulings[each.pair])
        if each.state == State.CONTRADICTED and each.pair in rulings
        else each
        for each in ties
    ]


def heed(ties: Iterable[Tie], words: Mapping[Pair, Sequence[Word]]) -> list[Tie]:
    """Let those who were named have their say."""
    return [_heeded(each, tuple(words.get(each.pair, ()))) for each in ties]


def counts(each: Tie) -> bool:
    """Tell whether a tie belongs to the network, and not only to its history."""
    is_there = each.is_named or bool(each.seen)
    return is_there and each.state not in UNCOUNTED


def veiled(each: Tie, respondents: Collection[str]) -> Tie:
    """Return a tie as those outside the team may know it.

    Nobody learns how close one organisation calls its tie to another, that its answers
    differ, or that both sides describe it differently; what three answers or more say of it
    is shown together.
    """
    plain = replace(each, told=(), torn=(), ruling=None, words=())
    if each.torn:
        both = {each.a, each.b} <= set(respondents)
        plain = replace(plain, state=state_by_accounts(each, both))
    if plain.state in (State.CONTRADICTED, State.SETTLED) and each.forth and each.back:
        plain = replace(plain, state=State.CONFIRMED)
    rated = [account for account in each.told if account.strength != UNSAID]
    if each.state == State.RECORDED or len(rated) >= ENOUGH:
        return replace(plain, forth=_quiet(each.forth), back=_quiet(each.back))
    return replace(plain, strength=UNSAID, forth=_quiet(each.forth), back=_quiet(each.back))


def _quiet(account: Nomination | None) -> Nomination | None:
    return replace(account, strength=UNSAID, future="") if account else None


def _ruled(each: Tie, ruling: Ruling) -> Tie:
    one, other = each.told_by(each.a), each.told_by(each.b)
    ruled = replace(each, forth=one, back=other, ruling=ruling, state=State.SETTLED)
    match ruling.holds:
        case Holds.A:
            strength, kinds = granted(one)
        case Holds.B:
            strength, kinds = granted(other)
        case Holds.BOTH:
            strength, kinds = granted(one, other)
        case Holds.NEITHER:
            return replace(each, ruling=ruling, state=State.REJECTED)
    return replace(ruled, strength=strength, kinds=kinds)


def _heeded(each: Tie, words: tuple[Word, ...]) -> Tie:
    if not words:
        return each
    heeded = replace(each, words=words)
    if any(word.says == Say.WRONG for word in words):
        return replace(heeded, state=State.DENIED)
    for word in words:
        if word.says == Say.SHOW and word.confirms and not each.said_by(word.source):
            heeded = _confirmed(heeded, word.source)
    return heeded


def _confirmed(each: Tie, by: str) -> Tie:
    """Let one side say that the tie is there, and nothing more of it."""
    account = Nomination(by, each.other(by))
    said = replace(each, forth=account) if by == each.a else replace(each, back=account)
    is_open = each.state in (State.ONE_SIDED, State.UNKNOWN)
    return (
        replace(said, state=State.CONFIRMED) if is_open and said.forth and said.back else said
    )
