from datetime import UTC, date, datetime

import pytest

from networks.settling import counts, heed, settle, veiled
from networks.tying import (
    CLOSE,
    LOOSE,
    REGULAR,
    UNSAID,
    Holds,
    Nomination,
    Ruling,
    Say,
    Seen,
    Source,
    State,
    Tie,
    Voice,
    Word,
    tie,
)

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
EVERYONE = {"A", "B"}
DISPUTED = [Nomination("A", "B", ("rooms",), CLOSE), Nomination("B", "A", ("funding",), LOOSE)]


def ruled(holds: Holds) -> Tie:
    """What becomes of a tie that A calls close and B calls loose."""
    said = tie(DISPUTED, EVERYONE, EVERYONE)
    (found,) = settle(said, {("A", "B"): Ruling(holds, "wir fragten nach", "Ada", NOON)})
    return found


@pytest.mark.parametrize(
    ("holds", "strength", "kinds"),
    [
        (Holds.A, CLOSE, ("rooms",)),
        (Holds.B, LOOSE, ("funding",)),
        (Holds.BOTH, LOOSE, ("rooms", "funding")),
    ],
)
def test_a_verdict_says_whose_account_of_a_contradicted_tie_holds(
    holds: Holds, strength: int, kinds: tuple[str, ...]
) -> None:
    found = ruled(holds)
    assert (found.state, found.strength, found.kinds) == (State.SETTLED, strength, kinds)
    assert counts(found)
    assert [each.source for each in (found.forth, found.back) if each] == ["A", "B"]


def test_with_neither_account_there_is_no_tie() -> None:
    found = ruled(Holds.NEITHER)
    assert found.state == State.REJECTED
    assert not counts(found)


def test_a_verdict_is_for_nothing_once_both_agree() -> None:
    said = tie([Nomination("A", "B"), Nomination("B", "A")], EVERYONE, EVERYONE)
    ruling = Ruling(Holds.NEITHER, "", "Ada", NOON)
    assert settle(said, {("A", "B"): ruling}) == said


def test_a_verdict_can_let_a_colleague_be_right() -> None:
    """The leading answer of A does not name B, another one does."""
    said = tie(
        [Nomination("A", "B", ("rooms",), REGULAR, answer=2)], EVERYONE, EVERYONE,
        {"A": Voice((1, 2))},
    )  # fmt: skip
    assert not counts(said[0])
    (found,) = settle(said, {("A", "B"): Ruling(Holds.A, "", "Ada", NOON)})
    assert (found.strength, counts(found)) == (REGULAR, True)


def heeded(*words: Word, answered: set[str] = {"A"}) -> Tie:  # noqa: B006 - never changed
    """What becomes of a tie that only A names, when B was asked by link."""
    said = tie([Nomination("A", "B", ("rooms",), CLOSE)], answered, EVERYONE)
    (found,) = heed(said, {("A", "B"): words})
    return found


def test_who_was_named_can_say_that_there_is_no_such_tie() -> None:
    found = heeded(Word("B", Say.WRONG))
    assert found.state == State.DENIED
    assert not counts(found)


@pytest.mark.parametrize("answered", [{"A"}, {"A", "B"}])
def test_to_show_a_tie_confirms_it_only_with_a_word_that_it_is_there(
    answered: set[str],
) -> None:
    shown = heeded(Word("B", Say.SHOW), answered=answered)
    assert shown.state in (State.UNKNOWN, State.ONE_SIDED)
    confirmed = heeded(Word("B", Say.SHOW, confirms=True), answered=answered)
    assert (confirmed.state, confirmed.strength) == (State.CONFIRMED, CLOSE)
    assert confirmed.kinds == ("rooms",)


def test_a_hidden_tie_counts_for_the_team() -> None:
    found = heeded(Word("B", Say.HIDE))
    assert (found.is_hidden, counts(found), found.state) == (True, True, State.UNKNOWN)


def test_nobody_outside_the_team_learns_how_close_one_calls_another() -> None:
    (said,) = tie([Nomination("A", "B", ("rooms",), CLOSE, "less")], EVERYONE, EVERYONE)
    seen = veiled(said, EVERYONE)
    assert (seen.strength, seen.forth, seen.told) == (
        UNSAID,
        Nomination("A", "B", ("rooms",)),
        (),
    )
    assert seen.kinds == ("rooms",)


def test_three_answers_together_may_be_seen() -> None:
    names = {"A": Voice((1, 2)), "B": Voice((3,))}
    said = tie(
        [Nomination("A", "B", (), CLOSE, answer=1), Nomination("A", "B", (), CLOSE, answer=2),
         Nomination("B", "A", (), REGULAR, answer=3)], EVERYONE, EVERYONE, names,
    )  # fmt: skip
    seen = veiled(said[0], EVERYONE)
    assert seen.strength == REGULAR
    assert seen.forth and seen.forth.strength == UNSAID


def test_nobody_outside_the_team_learns_that_colleagues_differ() -> None:
    names = {"A": Voice((1, 2)), "B": Voice((3,))}
    said = tie(
        [Nomination("A", "B", answer=1), Nomination("B", "A", answer=3)], EVERYONE, EVERYONE,
        names,
    )  # fmt: skip
    assert said[0].state == State.CONTRADICTED
    seen = veiled(said[0], EVERYONE)
    assert (seen.state, seen.torn) == (State.CONFIRMED, ())


def test_what_was_seen_elsewhere_is_no_secret_answer() -> None:
    seen = (Seen(Source.MEETING, "Netzwerktreffen", date(2026, 11, 2)),)
    recorded = Tie("A", "B", State.RECORDED, CLOSE, seen=seen)
    assert veiled(recorded, EVERYONE) == recorded
    assert counts(recorded)
