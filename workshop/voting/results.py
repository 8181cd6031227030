"""What came out of a round, counted from its nameless ballots and nothing else."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from workshop.models import Method
from workshop.voting.models import Round

Papers = Sequence[Mapping[str, Any]]
FEWEST = 5  # of fewer ballots no list is shown
NOTHING: Mapping[str, str] = {}


@dataclass(frozen=True)
class Option:
    """What could be chosen, as it was when the vote began."""

    key: str
    title: str
    text: str
    challenge: int  # the position of its question
    author: str
    cost: int | None

    @property
    def colour(self) -> str:
        return f"c{self.challenge % 4 + 1}"


@dataclass(frozen=True)
class Place:
    """An option in the result; options with as many points share a rank."""

    rank: int
    option: Option
    points: int
    voters: int  # who gave it any, each once
    wins: bool
    against: int = 0  # who disagreed


def options_of(round: Round) -> dict[str, Option]:
    """Return what was voted on, by its key."""
    return {each["key"]: Option(**each) for each in round.options}


def merge_papers(round: Round, papers: Papers, into: Mapping[str, str]) -> Papers:
    """Return *papers* as they are once options were merged *into* others.

    Whoever backed both counts once, and gives the merged option no more than any other:
    dots and scores up to the limit, one yes, and of two opposed opinions neither.
    """
    return (
        [{**paper, "marks": _merged(round, paper, into)} for paper in papers]
        if into
        else papers
    )


def places(
    round: Round, papers: Papers, winners: Iterable[str] = (), into: Mapping[str, str] = NOTHING
) -> list[Place]:
    """Rank the options of *round* by their points on *papers*: 1, 2, 2, 4.

    What was merged into something that was not voted on stands for itself.
    """
    known = options_of(round)
    into = {one: other for one, other in into.items() if other in known}
    points: dict[str, int] = defaultdict(int)
    voters: dict[str, int] = defaultdict(int)
    against: dict[str, int] = defaultdict(int)
    for paper in merge_papers(round, papers, into):
        for key, value in paper["marks"].items():
            points[key] += value
            voters[key] += min(value, paper["people"]) if value > 0 else 0
            against[key] += paper["people"] if value < 0 else 0
    kept = [option for key, option in known.items() if key not in into]
    kept.sort(key=lambda option: -points[option.key])
    ranks: dict[int, int] = {}
    for number, option in enumerate(kept, start=1):
        ranks.setdefault(points[option.key], number)
    chosen = {into.get(key, key) for key in winners}
    return [
        Place(ranks[points[key]], option, points[key], voters[key], key in chosen, against[key])
        for option in kept
        for key in [option.key]
    ]


def _merged(round: Round, paper: Mapping[str, Any], into: Mapping[str, str]) -> dict[str, int]:
    together: dict[str, list[int]] = defaultdict(list)
    for key, value in paper["marks"].items():
        together[into.get(key, key)].append(value)
    return {key: _as_one(round, values, paper["people"]) for key, values in together.items()}


def _as_one(round: Round, values: Sequence[int], people: int) -> int:
    match round.method:
        case Method.DOTS:
            return min(sum(values), round.most * people)
        case Method.OPINION:
            return max(values) if min(values) >= 0 else min(values) if max(values) <= 0 else 0
        case Method.APPROVAL | Method.BUDGET | Method.SCORE:
            return max(values)
