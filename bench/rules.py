"""How long counting takes: `python -m bench.rules`, or `bench_rules()` from bin/bench."""

import random
import time
from collections.abc import Callable
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


def beside_abcvoting() -> dict[str, float]:
    """Return how many times as long the reference library takes; nothing where it is absent."""
    if not find_spec("abcvoting"):
        return {}
    from abcvoting import abcrules, preferences  # noqa: PLC0415 - not ours to install

    room = city(2000)
    theirs = preferences.Profile(len(room.options))
    theirs.add_voters([[int(option) for option in ballot.approved] for ballot in room.ballots])
    found = {}
    for ours, name in (("seq-pav", "seqpav"), ("seq-phragmen", "seqphragmen")):
        own = _seconds(partial(tally, ours, room, SEATS))
        other = _seconds(partial(abcrules.compute, name, theirs, SEATS, resolute=True))
        found[ours] = other / own
    return found


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
    times = beside_abcvoting()
    for name, ratio in times.items():
        print(f"abcvoting takes {ratio:.1f} times as long for {name}")
    if not times:
        print("abcvoting is not installed: nothing to compare with")
