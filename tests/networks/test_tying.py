import pytest
from hypothesis import given
from hypothesis import strategies as st

from networks.tying import CLOSE, LOOSE, REGULAR, UNSAID, Nomination, State, Tie, Voice, tie

EVERYONE = {"A", "B", "C"}


def of(*nominations: Nomination, answered: set[str] = EVERYONE) -> list[Tie]:
    return tie(nominations, answered, EVERYONE)


def test_a_tie_that_both_name_is_confirmed() -> None:
    (found,) = of(Nomination("B", "A", ("rooms",), 2), Nomination("A", "B", ("rooms",), 2))
    assert (found.a, found.b, found.state) == ("A", "B", State.CONFIRMED)


def test_a_tie_that_the_other_side_does_not_name_is_one_sided() -> None:
    assert [each.state for each in of(Nomination("A", "B"))] == [State.ONE_SIDED]


@pytest.mark.parametrize("silent", ["A", "B"])
def test_nobody_knows_what_someone_who_has_not_answered_would_say(silent: str) -> None:
    (found,) = of(Nomination("A", "B"), answered=EVERYONE - {silent})
    assert found.state == State.UNKNOWN


@pytest.mark.parametrize(
    ("one", "other", "state"),
    [
        (LOOSE, REGULAR, State.CONFIRMED),
        (REGULAR, CLOSE, State.CONFIRMED),
        (LOOSE, CLOSE, State.CONTRADICTED),
        (UNSAID, CLOSE, State.CONFIRMED),
    ],
)
def test_accounts_may_lie_one_step_apart_and_no_more(
    one: int, other: int, state: State
) -> None:
    (found,) = of(Nomination("A", "B", (), one), Nomination("B", "A", (), other))
    assert found.state == state


def test_accounts_of_two_different_things_contradict_each_other() -> None:
    (found,) = of(Nomination("A", "B", ("rooms",)), Nomination("B", "A", ("funding",)))
    assert found.state == State.CONTRADICTED
    assert found.kinds == ("rooms", "funding")


def test_a_tie_is_as_strong_as_both_grant() -> None:
    (found,) = of(Nomination("A", "B", (), CLOSE), Nomination("B", "A", (), REGULAR))
    assert found.strength == REGULAR


def test_what_each_side_said_is_kept() -> None:
    said = Nomination("B", "A", ("rooms",), CLOSE, "more")
    (found,) = of(said)
    assert found.said_by("B") == said
    assert found.said_by("A") is None
    assert found.other("A") == "B"


def test_what_one_organisation_says_twice_is_one_nomination() -> None:
    (found,) = of(Nomination("A", "B"), Nomination("A", "B", ("rooms",), REGULAR))
    assert (found.kinds, found.strength, found.state) == (("rooms",), REGULAR, State.ONE_SIDED)


def test_nobody_has_a_tie_with_themselves_or_with_someone_not_on_the_roster() -> None:
    assert of(Nomination("A", "A"), Nomination("A", "gone"), Nomination("gone", "A")) == []


codes = st.sampled_from("ABCDE")
nominations = st.builds(
    Nomination, codes, codes, st.just(()), st.integers(0, 3)
)  # fmt: skip


@given(st.lists(nominations), st.sets(codes))
def test_there_is_one_tie_per_pair_however_it_is_told(
    told: list[Nomination], answered: set[str]
) -> None:
    found = tie(told, answered, "ABCDE")
    pairs = {frozenset((n.source, n.target)) for n in told if n.source != n.target}
    assert {frozenset((each.a, each.b)) for each in found} == pairs
    assert len(found) == len(pairs)
    assert found == tie(reversed(told), answered, "ABCDE")


TWICE = {"A": Voice((1, 2)), "B": Voice((3,)), "C": Voice((4,))}


def told(*nominations: Nomination, chosen: bool = False) -> list[Tie]:
    """Ties where A has answered twice, the first answer leading."""
    voices = TWICE | {"A": Voice((1, 2), chosen)}
    return tie(nominations, EVERYONE, EVERYONE, voices)


def test_answers_of_one_organisation_that_agree_are_one_account() -> None:
    (found,) = told(
        Nomination("A", "B", ("rooms",), REGULAR, answer=1),
        Nomination("A", "B", ("rooms", "funding"), CLOSE, "more", answer=2),
        Nomination("B", "A", ("rooms",), REGULAR, answer=3),
    )
    assert (found.state, found.torn) == (State.CONFIRMED, ())
    assert found.forth == Nomination("A", "B", ("rooms", "funding"), REGULAR, "more")
    assert [each.answer for each in found.told] == [1, 2, 3]


@pytest.mark.parametrize(
    "second",
    [
        Nomination("A", "B", ("rooms",), CLOSE, answer=2),
        Nomination("A", "B", ("funding",), LOOSE, answer=2),
        Nomination("A", "C", answer=2),  # and not B
    ],
)
def test_answers_of_one_organisation_that_differ_contradict_the_tie(second: Nomination) -> None:
    first = Nomination("A", "B", ("rooms",), LOOSE, answer=1)
    found = told(first, second, Nomination("B", "A", ("rooms",), LOOSE, answer=3))[0]
    assert (found.state, found.torn) == (State.CONTRADICTED, ("A",))
    assert found.forth == first  # the leading one speaks meanwhile
    assert (found.strength, found.kinds) == (LOOSE, ("rooms",))


def test_a_tie_that_only_a_colleague_names_is_nobodys_account() -> None:
    (found,) = told(Nomination("A", "B", ("rooms",), CLOSE, answer=2))
    assert (found.state, found.is_named, found.strength) == (State.CONTRADICTED, False, UNSAID)
    assert found.told_by("A") == Nomination("A", "B", ("rooms",), CLOSE)


def test_once_a_facilitator_chose_who_leads_the_others_are_no_doubt() -> None:
    first = Nomination("A", "B", ("rooms",), LOOSE, answer=1)
    second = Nomination("A", "B", ("rooms",), CLOSE, answer=2)
    (found,) = told(first, second, Nomination("A", "C", answer=2), chosen=True)
    assert (found.b, found.state, found.forth) == ("B", State.ONE_SIDED, first)
