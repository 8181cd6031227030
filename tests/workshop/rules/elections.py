"""Elections as small as a room, and those of others where they lie beside the project."""

from pathlib import Path

from hypothesis import strategies as some

from workshop.rules import Ballot, Option, Profile

FOUND = (up / "shared" / "data" / "workshop" for up in Path(__file__).parents)
OTHERS = next((path for path in FOUND if path.exists()), Path("nowhere"))


def profile(*ballots: str, seats: int = 1, options: str = "abcd") -> Profile:
    """Return people who each want the options whose letters stand in their word."""
    return Profile(
        tuple(Option(id) for id in options),
        tuple(Ballot.approving(ballot) for ballot in ballots),
        seats=seats,
    )


def ranked(*ballots: tuple[int, str], options: str = "") -> Profile:
    """Return so many people each who rank the options as their letters go."""
    options = options or "".join(sorted(ballots[0][1]))
    return Profile(
        tuple(Option(id) for id in options),
        tuple(Ballot.ranking(ranking, number) for number, ranking in ballots),
    )


def budgets(graded: bool = False) -> some.SearchStrategy[Profile]:
    """Return any small election with prices."""
    points = some.integers(1, 5 if graded else 1)
    ballots = some.lists(
        some.builds(
            Ballot,
            some.dictionaries(some.sampled_from("abcde"), points, max_size=5),
            weight=some.integers(1, 3),
        ),
        min_size=1,
        max_size=8,
    )
    prices = some.lists(some.integers(0, 12), min_size=5, max_size=5)
    return some.builds(
        lambda prices, ballots, budget: Profile(
            tuple(Option(id, price) for id, price in zip("abcde", prices, strict=True)),
            tuple(ballots),
            budget,
            graded=graded,
        ),
        prices,
        ballots,
        some.integers(0, 30),
    )


def rankings(size: int = 4) -> some.SearchStrategy[Profile]:
    """Return any few people who rank some of *size* options."""
    ids = "abcdef"[:size]
    one = some.builds(
        lambda order, length, weight: Ballot.ranking(order[:length], weight),
        some.permutations(ids),
        some.integers(1, size),
        some.integers(1, 3),
    )
    return some.lists(one, min_size=1, max_size=6).map(
        lambda ballots: Profile(tuple(Option(id) for id in ids), tuple(ballots))
    )
