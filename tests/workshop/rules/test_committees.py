import json
import re
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from tests.workshop.rules.elections import OTHERS, profile
from workshop.exchange.reading import read
from workshop.rules import Profile, tally

NAMES = {
    "av": ("approval", "none"),
    "seqpav": ("seq-pav", "none"),
    "seqphragmen": ("seq-phragmen", "none"),
    "equal-shares": ("equal-shares", "phragmen"),
}
RESULT = re.compile(r"rule_id: ([\w-]+)\n\s+result: (\[.*?\]\])", re.DOTALL)


def published() -> Iterator[tuple[str, str, list[list[int]]]]:
    for path in sorted((OTHERS / "abc").glob("*.abc.yaml")):
        for rule, sets in RESULT.findall(path.read_text()):
            yield path.name, rule, json.loads(sets)


def sets_of(found: object) -> set[frozenset[str]]:
    return {frozenset(map(str, each)) for each in found}  # type: ignore[attr-defined]


def test_published_committees_are_found_with_all_their_ties() -> None:
    for name, rule, expected in published():
        if rule in NAMES:
            ours, completion = NAMES[rule]
            outcome = tally(ours, read(OTHERS / "abc" / name), completion=completion)
            assert sets_of(outcome.sets) == sets_of(expected), (name, rule)
            assert frozenset(outcome.winners) in sets_of(expected)


def test_increments_find_one_of_the_published_committees() -> None:
    for name, rule, expected in published():
        if rule == "equal-shares-with-increment-completion":
            outcome = tally("equal-shares", read(OTHERS / "abc" / name), completion="add1")
            assert frozenset(outcome.winners) in sets_of(expected), name


def test_thiele_counts_the_second_of_ones_own_by_half() -> None:
    """Six for a and b, two for c: b adds 6/2 = 3 and c adds 2; with three seats c comes in."""
    room = profile(*["ab"] * 6, "c", "c", seats=3)
    outcome = tally("seq-pav", room)
    assert outcome.winners == ("a", "b", "c")
    assert outcome.scores == {"a": 6, "b": 3, "c": 2}


def test_phragmen_lets_a_minority_in_where_approval_does_not() -> None:
    room = profile(*["ab"] * 3, *["c"] * 2, seats=2)
    assert set(tally("approval", room).winners) == {"a", "b"}
    assert set(tally("seq-phragmen", room).winners) == {"a", "c"}


@pytest.mark.parametrize("rule", ["approval", "seq-pav", "seq-phragmen", "equal-shares"])
def test_names_and_seats_in_the_room_do_not_matter(rule: str) -> None:
    words = some.lists(
        some.sets(some.sampled_from("abcd")).map("".join), min_size=1, max_size=6
    )

    @given(words, some.randoms(use_true_random=False), some.integers(1, 3))
    @settings(max_examples=60, deadline=None)
    def check(ballots: list[str], chance: object, seats: int) -> None:
        shuffled, letters = list(ballots), list("abcd")
        chance.shuffle(shuffled)  # type: ignore[attr-defined]
        chance.shuffle(letters)  # type: ignore[attr-defined]
        renamed = dict(zip("abcd", letters, strict=True))
        other = ["".join(renamed[letter] for letter in ballot) for ballot in shuffled]
        one = counted(rule, profile(*ballots, seats=seats))
        assert {frozenset(renamed[each] for each in every) for every in one} == counted(
            rule, profile(*other, seats=seats)
        )

    check()


def counted(rule: str, room: Profile) -> set[frozenset[str]]:
    return sets_of(tally(rule, room, completion="phragmen").sets)
