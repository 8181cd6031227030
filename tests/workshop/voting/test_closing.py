"""Rounds: what is voted on is frozen, what came out never changes and can be counted again."""

import json
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.keys import Keyring
from people.models import Sector
from tests.story import NOON
from tests.workshop.room import a_participant, an_idea, go_to, lay_dots
from workshop.models import Board, Idea, Method, Participant, Phase, Workshop
from workshop.planning import choose_rule
from workshop.posting import ideas_on
from workshop.stepping import step
from workshop.voting.ballots import KeyLost, voter_of
from workshop.voting.choosing import choose
from workshop.voting.closing import forget
from workshop.voting.marking import EnoughOnThisIdea, NoDotsLeft, marks_of, vote
from workshop.voting.models import Ballot, Mark, Round
from workshop.voting.opening import CostsMissing, hash_of, key_of, latest_round
from workshop.voting.results import merge_papers, places

both = pytest.mark.both_engines
PRICED = [("A", 50), ("B", 30), ("C", 20), ("D", 60)]


@pytest.fixture
def ideas(session: Session, board: Board, amal: Participant) -> list[Idea]:
    """Four cards: A, B, C and D."""
    found = [an_idea(board, amal, title, cost=cost) for title, cost in PRICED]
    session.add_all(found)
    session.commit()
    return found


@pytest.fixture
def people(session: Session, workshop: Workshop) -> list[Participant]:
    """Seven people: five of society, two of economy."""
    sectors = [Sector.SOCIETY] * 5 + [Sector.ECONOMY] * 2
    found = [a_participant(workshop, f"P{n}", sector=each) for n, each in enumerate(sectors)]
    session.add_all(found)
    session.commit()
    return found


def open_vote(
    session: Session, keys: Keyring, board: Board, method: Method, **more: Any
) -> Round:
    rule = {"dots_each": 3, "dots_per_idea": 2, "seats": 2, "money": None, "is_secret": False}
    costs = {idea.id: idea.cost for idea in ideas_on(session, board)}
    settings = {"method": method, **rule, **more}
    choose_rule(session, board, ideas_on(session, board), costs, **settings)
    session.commit()
    go_to(session, keys, board, Phase.VOTE)
    round = latest_round(session, board)
    assert round
    return round


def close_vote(session: Session, keys: Keyring, board: Board) -> Round:
    go_to(session, keys, board, Phase.RESULT)
    forget(session, keys)
    session.commit()
    round = latest_round(session, board)
    assert round and round.result
    return round


def titles(round: Round) -> list[str]:
    names = {each["key"]: each["title"] for each in round.options}
    return [names[key] for key in (round.result or {})["winners"]]


@both
def test_what_is_voted_on_stays_as_it_was(
    session: Session, keys: Keyring, board: Board, ideas: list[Idea]
) -> None:
    round = open_vote(session, keys, board, Method.DOTS)
    ideas[0].title = "Another"
    session.commit()
    session.expire_all()
    assert [each["title"] for each in round.options] == ["A", "B", "C", "D"]
    text = json.dumps(round.options, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert round.options_hash == sha256(text.encode()).hexdigest()


@both
@pytest.mark.parametrize("is_secret", [True, False])
def test_ballots_become_a_nameless_list_that_adds_up_to_the_result(
    session: Session, keys: Keyring, board: Board, ideas: list[Idea],
    people: list[Participant], is_secret: bool,
) -> None:  # fmt: skip
    round = open_vote(session, keys, board, Method.DOTS, is_secret=is_secret)
    for person in people:
        lay_dots(session, keys, board, ideas[1], person, 2)
        lay_dots(session, keys, board, ideas[2], person, 1)
        session.commit()
    receipts = {voter_of(keys, round, person).receipt for person in people}
    round = close_vote(session, keys, board)

    papers = round.papers or []
    assert {paper["receipt"] for paper in papers} == receipts
    assert [paper["receipt"] for paper in papers] == sorted(receipts)
    assert {key for paper in papers for key in paper} == {"receipt", "people", "marks"}
    assert titles(round) == ["B", "C"]
    assert round.result and round.result["people"] == 7
    assert round.result_hash == hash_of(round.result)
    left = session.scalar(select(func.count()).select_from(Ballot))
    assert (left, keys.has(round.key_name)) == ((0, False) if is_secret else (7, True))


@both
def test_after_a_secret_vote_nobody_finds_a_ballot_again(
    session: Session, keys: Keyring, board: Board, ideas: list[Idea], people: list[Participant]
) -> None:
    open_vote(session, keys, board, Method.DOTS, is_secret=True)
    lay_dots(session, keys, board, ideas[0], people[0], 1)
    session.commit()
    round = close_vote(session, keys, board)
    with pytest.raises(KeyLost):
        voter_of(keys, round, people[0])
    assert session.scalar(select(func.count()).select_from(Mark)) == 0


@both
def test_whoever_lost_the_key_begins_anew_and_votes_not_twice(
    session: Session, keys: Keyring, board: Board, ideas: list[Idea], people: list[Participant]
) -> None:
    """After a backup is restored the keys of its rounds are gone, or those of other rounds."""
    round = open_vote(session, keys, board, Method.DOTS)
    lay_dots(session, keys, board, ideas[0], people[0], 1)
    session.commit()
    for _ in range(2):
        keys.destroy(round.key_name)
        with pytest.raises(KeyLost):
            lay_dots(session, keys, board, ideas[1], people[0], 1)
        keys.key(round.key_name)
        with pytest.raises(KeyLost):
            lay_dots(session, keys, board, ideas[1], people[0], 1)


@both
def test_among_equals_the_lot_decides_and_is_told(
    session: Session, keys: Keyring, board: Board, ideas: list[Idea], people: list[Participant]
) -> None:
    open_vote(session, keys, board, Method.DOTS, seats=1)
    for idea, person in zip(ideas[:3], people, strict=False):
        lay_dots(session, keys, board, idea, person, 1)
    session.commit()
    round = close_vote(session, keys, board)
    result = round.result or {}
    assert result["lots"] == [sorted(key_of(idea) for idea in ideas[:3])]
    drawn = sorted(result["lots"][0], key=lambda key: lot(result["papers_hash"], key))
    assert result["winners"] == drawn[:1]


def lot(seed: str, option: str) -> str:
    return sha256(f"{seed}:{option}".encode()).hexdigest()


@both
def test_nobody_is_chosen_whom_nobody_wants(
    session: Session, keys: Keyring, board: Board, ideas: list[Idea], people: list[Participant]
) -> None:
    open_vote(session, keys, board, Method.DOTS, seats=3)
    lay_dots(session, keys, board, ideas[3], people[0], 1)
    session.commit()
    round = close_vote(session, keys, board)
    assert (titles(round), (round.result or {})["lots"]) == (["D"], [])


@both
def test_a_yes_is_given_as_often_as_the_rule_allows(
    session: Session, keys: Keyring, board: Board, ideas: list[Idea], people: list[Participant]
) -> None:
    open_vote(session, keys, board, Method.APPROVAL, dots_each=2)
    for idea in ideas[:2]:
        vote(session, keys, board, people[0], key_of(idea), 1)
    with pytest.raises(NoDotsLeft):
        vote(session, keys, board, people[0], key_of(ideas[2]), 1)
    with pytest.raises(EnoughOnThisIdea):
        vote(session, keys, board, people[1], key_of(ideas[2]), 2)


@both
def test_scores_are_given_to_all_and_changed(
    session: Session, keys: Keyring, board: Board, ideas: list[Idea], people: list[Participant]
) -> None:
    round = open_vote(session, keys, board, Method.SCORE, dots_per_idea=5)
    for value in (3, 0, None, 5):
        vote(session, keys, board, people[0], key_of(ideas[0]), value)
    vote(session, keys, board, people[0], key_of(ideas[1]), 4)
    voter = voter_of(keys, round, people[0])
    assert marks_of(session, round, voter) == {key_of(ideas[0]): 5, key_of(ideas[1]): 4}
    with pytest.raises(EnoughOnThisIdea):
        vote(session, keys, board, people[0], key_of(ideas[1]), 6)
    session.rollback()
    session.refresh(board)


@both
def test_opinions_find_where_the_room_is_of_one_mind(
    session: Session, keys: Keyring, board: Board, ideas: list[Idea], people: list[Participant]
) -> None:
    open_vote(session, keys, board, Method.OPINION)
    for number, person in enumerate(people):
        vote(session, keys, board, person, key_of(ideas[0]), 1)
        vote(session, keys, board, person, key_of(ideas[1]), 1 if number % 2 else -1)
        vote(session, keys, board, person, key_of(ideas[2]), 0)
    session.commit()
    round = close_vote(session, keys, board)
    assert titles(round) == ["A"]
    found = {p.option.title: (p.voters, p.against) for p in places(round, round.papers or [])}
    assert found == {"A": (7, 0), "B": (3, 4), "C": (0, 0), "D": (0, 0)}


@both
def test_a_budget_is_shared_so_that_small_groups_get_something_too(
    session: Session, keys: Keyring, board: Board, ideas: list[Idea], people: list[Participant]
) -> None:
    """Four of seven want A (50) and D (60), three want B (30) and C (20); there are 100."""
    open_vote(session, keys, board, Method.BUDGET, money=100)
    for number, person in enumerate(people):
        for idea in (ideas[0], ideas[3]) if number < 4 else (ideas[1], ideas[2]):
            vote(session, keys, board, person, key_of(idea), 1)
    session.commit()
    round = close_vote(session, keys, board)
    assert sorted(titles(round)) == ["A", "B", "C"] or sorted(titles(round)) == ["A", "C"]
    assert (round.result or {})["coverage"]["all"] == [7, 7]


@both
def test_a_budget_needs_money_and_prices(
    session: Session, keys: Keyring, board: Board, ideas: list[Idea]
) -> None:
    board.method, board.money = Method.BUDGET, None
    session.commit()
    with pytest.raises(CostsMissing):
        step(session, keys, board, Phase.COLLECT, Phase.VOTE, NOON)
    session.rollback()
    assert board.phase is Phase.COLLECT


@both
def test_small_sectors_are_not_told_of(
    session: Session, keys: Keyring, board: Board, ideas: list[Idea], people: list[Participant]
) -> None:
    """Five of society and two of economy voted: the two could be told by subtraction."""
    open_vote(session, keys, board, Method.DOTS, seats=1)
    for person in people:
        lay_dots(session, keys, board, ideas[0], person, 1)
    session.commit()
    result = close_vote(session, keys, board).result or {}
    assert result["coverage"] == {"all": [7, 7], "sectors": {}}


MARKS = st.dictionaries(st.sampled_from(["i1", "i2", "i3"]), st.integers(1, 3), max_size=3)


@given(st.lists(MARKS, max_size=8))
def test_whoever_backed_both_merged_ideas_counts_once(ballots: list[dict[str, int]]) -> None:
    round = a_round(Method.DOTS, most=3)
    papers = [{"receipt": str(n), "people": 1, "marks": m} for n, m in enumerate(ballots)]
    into = {"i2": "i1"}
    merged = {place.option.key: place for place in places(round, papers, (), into)}
    assert set(merged) == {"i1", "i3"}
    assert merged["i1"].voters == sum(bool(m.keys() & {"i1", "i2"}) for m in ballots)
    assert merged["i1"].points <= 3 * merged["i1"].voters
    assert merge_papers(round, papers, {}) == papers  # taking it back brings all back


@given(st.lists(st.sampled_from([-1, 0, 1]), min_size=2, max_size=2))
def test_opposed_opinions_on_merged_ideas_are_none(pair: list[int]) -> None:
    round = a_round(Method.OPINION, most=1)
    paper = {"receipt": "r", "people": 1, "marks": dict(zip(["i1", "i2"], pair, strict=True))}
    (merged,) = merge_papers(round, [paper], {"i2": "i1"})
    expected = 0 if set(pair) == {-1, 1} else next((each for each in pair if each), 0)
    assert merged["marks"] == {"i1": expected}


@settings(max_examples=50)
@given(st.lists(MARKS, max_size=12), st.integers(1, 3))
def test_counting_again_gives_the_same(ballots: list[dict[str, int]], seats: int) -> None:
    round = a_round(Method.DOTS, most=3, seats=seats)
    papers = [{"receipt": str(n), "people": 1, "marks": m} for n, m in enumerate(ballots)]
    seed = hash_of(papers)
    assert choose(round, papers, seed) == choose(round, [*reversed(papers)], seed)


def a_round(method: Method, **more: Any) -> Round:
    options = [
        {"key": f"i{n}", "title": "", "text": "", "challenge": 0, "author": "", "cost": None}
        for n in (1, 2, 3)
    ]
    return Round(method=method, options=options, **more)
