"""How long counting takes: `python -m bench.rules`, or `bench_rules()` from bin/bench.

The reference libraries are no part of the Werkstatt. Where they are, they count the same:
`pip install --target DIR abcvoting pabutools`, then `PYTHONPATH=DIR bin/bench`.
"""

import random
import time
from collections.abc import Callable, Iterator
from functools import partial
from importlib.util import find_spec

from workshop.rules import RULES, Ballot, Option, Profile, tally

GOALS = {"equal-shares of 10,000": 10.0, "equal-shares of 2,000": 10.0}  # CPU seconds
GOAL = 3.0  # of any other
RANKINGS = {"borda", "bradley-terry", "schulze"}
SEATS = 20


def bench_rules() -> dict[str, float]:
    """Return CPU seconds: Equal Shares on 10,000 people × 100, every rule on 2,000 × 100."""
    found = {"equal-shares of 10,000": _seconds(partial(tally, "equal-shares", city(10_000)))}
    points, ranks = city(2000, points=6), rankings(2000)
    for name in sorted(RULES):
        ballots = (
            ranks if name in RANKINGS else city(2000) if name == "equal-shares" else points
        )
        seats = None if name in {"equal-shares", "greedy"} else SEATS
        found[f"{name} of 2,000"] = _seconds(partial(tally, name, ballots, seats))
    return found


def beside_others() -> dict[str, float]:
    """Return how many times as long the reference libraries take, where they are installed."""
    found = {}
    if find_spec("abcvoting"):
        found |= dict(_beside_abcvoting(city(2000)))
    if find_spec("pabutools"):
        found["equal-shares"] = _beside_pabutools(city(2000))
    return found


def _beside_abcvoting(room: Profile) -> Iterator[tuple[str, float]]:
    from abcvoting import abcrules, preferences  # noqa: PLC0415 - not ours to install

    theirs = preferences.Profile(len(room.options))
    theirs.add_voters([[int(option) for option in ballot.approved] for ballot in room.ballots])
    for ours, name in (("seq-pav", "seqpav"), ("seq-phragmen", "seqphragmen")):
        own = _seconds(partial(tally, ours, room, SEATS))
        other = _seconds(partial(abcrules.compute, name, theirs, SEATS, resolute=True))
        yield ours, other / own


def _beside_pabutools(room: Profile) -> float:
    """Both exact and by costs, without completion, as pabutools completes in other ways."""
    from pabutools import election, rules  # noqa: PLC0415 - not ours to install

    projects = {each.id: election.Project(each.id, int(each.cost)) for each in room.options}
    there = election.Instance(projects.values(), budget_limit=int(room.budget or 0))
    ballots = [
        election.ApprovalBallot(projects[each] for each in ballot.approved)
        for ballot in room.ballots
    ]
    theirs = election.ApprovalProfile(ballots, instance=there)
    own = _seconds(partial(tally, "equal-shares", room, completion="none"))
    shares = partial(rules.method_of_equal_shares, there, theirs, sat_class=election.Cost_Sat)
    return _seconds(shares) / own


def city(people: int, points: int = 1) -> Profile:
    """Return people who want 2 to 10 of 100 projects, some of which are wanted by many."""
    chance = random.Random(1)  # noqa: S311 - the same city each time
    options = tuple(Option(str(n), chance.randrange(5, 100) * 1000) for n in range(100))
    fame = [chance.random() ** 2 for _ in options]
    ballots = []
    for _ in range(people):
        wanted = {
            option.id for option in chance.choices(options, fame, k=chance.randint(2, 10))
        }
        ballots.append(Ballot({id: chance.randint(1, points) for id in sorted(wanted)}))
    return Profile(options, tuple(ballots), 1_000_000)


def rankings(people: int) -> Profile:
    """Return people who rank ten of 100 options."""
    chance = random.Random(2)  # noqa: S311 - the same people each time
    options = tuple(Option(str(n)) for n in range(100))
    orders = (chance.sample(options, 10) for _ in range(people))
    return Profile(
        options, tuple(Ballot.ranking(each.id for each in order) for order in orders)
    )


def _seconds(act: Callable[[], object]) -> float:
    begun = time.process_time()
    act()
    return time.process_time() - begun


if __name__ == "__main__":
    for name, seconds in bench_rules().items():
        print(f"{name}: {seconds:.2f} s CPU (goal {GOALS.get(name, GOAL)} s)")
    for name, ratio in beside_others().items():
        print(f"the reference library takes {ratio:.1f} times as long for {name}")
