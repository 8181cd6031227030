"""`bin/bench`: every figure beside its goal, from one run."""

import operator
import os
from collections.abc import Callable, Iterator
from statistics import median

from flask import Flask

from bench.answered import GOAL as SOON
from bench.answered import bench_answered
from bench.crash import bench_crash
from bench.likeness import GOALS as LIKENESS
from bench.likeness import bench_likeness
from bench.matching import GOALS as MATCHING
from bench.matching import GROWTH, bench_matching
from bench.measuring import cpu_ms, in_turns, percentile, request
from bench.names import GOALS as NAMES
from bench.names import bench_names
from bench.networks import GOALS, bench_networks, growth
from bench.polling import bench_polling
from bench.posting import bench_posting
from bench.reading import bench_reading
from bench.replay import bench_replay
from bench.rules import GOAL, bench_rules, beside_others
from bench.rules import GOALS as RULE_GOALS
from bench.scene import Scene, news_of, scene

AT_LEAST, AT_MOST = (operator.ge, "at least"), (operator.le, "at most")
Goal = tuple[Callable[[float, float], bool], str]
Line = tuple[str, float, str, Goal, float]


def second_start(there: Scene) -> Iterator[Line]:
    starts = []
    for _ in range(3):
        there.server.stop()
        there.server.start()
        starts.append(there.server.started)
    yield "second start (median of 3)", median(starts), "s", AT_MOST, 2.0


def requests(there: Scene) -> Iterator[Line]:
    """What a survey page and an unchanged poll cost beside a bare Flask hello."""
    bare = Flask("bare")
    bare.add_url_rule("/", view_func=lambda: "hello")
    _, pages = there.respondents(40)
    code, guests = there.room(1)
    client = there.app.test_client(use_cookies=False)
    wall = client.get(f"/w/{code}/cards?page=collect", headers={"Cookie": guests[0]})
    packed = {"HTTP_ACCEPT_ENCODING": "gzip, br"}
    cost = cpu_ms(
        {
            "hello": request(bare, "/"),
            "page": in_turns([request(there.app, page, HTTP_COOKIE=of) for page, of in pages]),
            "packed": in_turns(
                [request(there.app, page, HTTP_COOKIE=of, **packed) for page, of in pages]
            ),
            "poll": request(there.app, news_of(wall.text), HTTP_COOKIE=guests[0]),
        }
    )
    share = 100 * cost["hello"] / cost["page"]
    yield "survey pages of 40 people, hello as share of CPU", share, "%", AT_LEAST, 35
    yield "  the same, compressed", 100 * cost["hello"] / cost["packed"], "%", AT_LEAST, 35
    above = cost["poll"] - cost["hello"]
    yield "unchanged poll, CPU above hello", above, "ms", AT_MOST, 0.3


def posting(there: Scene) -> Iterator[Line]:
    """How many pages are saved, beside the disk, and a bare route that commits one row."""
    found = bench_posting(there)
    least = min(200.0, round(found.disk))
    yield "pages saved per second, FULL, for 15 s", found.rate, "/s", AT_LEAST, least
    yield "  one writer's bare commits on this disk", found.disk, "/s", AT_LEAST, 0
    yield "  share of a bare route that commits", 100 * found.share, "%", AT_LEAST, 55
    yield "  p99 beside the p99 of that route", found.slowest, "x", AT_MOST, 3


def polling(there: Scene) -> Iterator[Line]:
    for people, goal in ((20, 0.6), (500, 1.2)):
        slowest, quiet = bench_polling(there, people, changes=12)
        yield f"change to the last of {people} (worst of 12)", slowest, "s", AT_MOST, goal
    yield "CPU for 500 who poll, of one core", 100 * quiet, "%", AT_MOST, 25


def replaying(there: Scene) -> Iterator[Line]:
    """A conversation that was held: what became of its cards and votes, and how soon."""
    played = bench_replay(there)
    said = f"of {played.sent} cards and votes of 500 not acknowledged"
    yield said, played.sent - played.acknowledged, "", AT_MOST, 0
    yield f"  lost of {played.acknowledged} acknowledged", played.lost, "", AT_MOST, 0
    yield "  doubled", played.doubled, "", AT_MOST, 0
    slowest = percentile(played.changes, 0.99)
    yield "  change to the last of 500, p99", slowest, "s", AT_MOST, 1.2
    yield "  the page to vote on, to the last", played.opened, "s", AT_LEAST, 0
    yield "  the page of the result, to the last", played.over, "s", AT_LEAST, 0
    yield "    CPU for that", played.moving, "s", AT_LEAST, 0
    yield "  a vote acknowledged, p99", percentile(played.answers, 0.99), "s", AT_LEAST, 0
    yield "  CPU while they vote, of one core", 100 * played.share, "%", AT_LEAST, 0
    yield "  memory of the server", played.memory, "MB", AT_LEAST, 0


def networks(_: Scene) -> Iterator[Line]:
    for name, seconds in bench_networks().items():
        yield name, seconds, "s", AT_MOST, GOALS[name]
    for name, figure, unit in growth():
        yield name, figure, unit, AT_LEAST, 0
    yield "answer to tie of 200 (worst of 10), CPU", bench_answered(), "s", AT_MOST, SOON


def rules(_: Scene) -> Iterator[Line]:
    """How long votes are counted, in CPU time."""
    for name, seconds in bench_rules().items():
        yield name, seconds, "s", AT_MOST, RULE_GOALS.get(name, GOAL)
    for name, ratio in beside_others().items():
        yield f"the reference library for {name}, 2,000", ratio, "x", AT_LEAST, 1


def matching(_: Scene) -> Iterator[Line]:
    """Needs and offers: how long, how good, and what fairness costs; CPU time."""
    for name, value in bench_matching().items():
        size = int(name.split()[0])
        if name.endswith(("gap left",)):
            yield f"matching {name}", 100 * value, "%", AT_MOST, 0.1
        elif name.endswith("growth"):
            yield f"matching {name}", value, "", AT_MOST, GROWTH
        elif name.endswith(("best", "keeps")):
            yield f"matching {name}", 100 * value, "%", AT_MOST, 100
        else:
            yield f"matching {name}", value, "s", AT_MOST, MATCHING[size]


def likeness(_: Scene) -> Iterator[Line]:
    for name, figure in bench_likeness():
        goal, unit = LIKENESS[name]
        yield f"{name}, CPU", figure, unit, AT_MOST, goal


def names(_: Scene) -> Iterator[Line]:
    for name, figure in bench_names():
        goal, unit = NAMES[name]
        yield f"{name}, CPU", figure, unit, AT_MOST, goal


READING: dict[str, tuple[str, str, float]] = {  # what is measured, its unit and its goal
    "crossing": ("crossing two questions of 10,000 (worst pair)", "ms", 20),
    "first look": ("results of 100,000 × 20, first look, CPU", "s", 1.0),
    "beside bare": ("  beside a bare read of the same rows", "x", 4),
    "again": ("  looked at again, CPU", "ms", 50),
    "again, others writing": ("  looked at again while others write, CPU", "ms", 75),
    "one more": ("  after one more answer, CPU", "s", 0.5),
    "growth of reading": ("  exponent of growth, 1,000 to 100,000", "", 1.1),
    "growth of counting": ("  of counting alone, 100,000 to 1,000,000", "", 1.1),
}


def reading(_: Scene) -> Iterator[Line]:
    """What results cost, and how that grows with the answers."""
    for name, figure in bench_reading():
        said, unit, goal = READING[name]
        yield said, figure, unit, AT_MOST, goal


def plugs(_: Scene) -> Iterator[Line]:
    """What became of all that was acknowledged, when the plug was pulled under load."""
    became = bench_crash()
    yield f"lost of {became.acknowledged} acknowledged", became.lost, "", AT_MOST, 0
    wrong = became.doubled + became.over_budget + (not became.intact)
    yield f"  doubled or over budget, {became.cycles} times unplugged", wrong, "", AT_MOST, 0


def main() -> None:
    with scene() as there:
        print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
        for bench in (
            second_start,
            requests,
            posting,
            polling,
            replaying,
            networks,
            rules,
            matching,
            likeness,
            names,
            reading,
            plugs,
        ):
            for name, figure, unit, (holds, word), goal in bench(there):
                met = "met" if holds(figure, goal) else "NOT MET"
                said = f"{name:<45}{figure:9.2f} {unit:<3} {word} {goal:g} {unit}"
                print(f"{said:<76}{met}", flush=True)
        print(f"load {os.getloadavg()[0]:.1f} at the end")


if __name__ == "__main__":
    main()
