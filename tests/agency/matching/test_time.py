"""A search whose time is over says so, and keeps the best that it has seen."""

import pytest

from agency.matching import allocating
from agency.matching.allocating import allocate
from agency.matching.fitting import Wanted, fit
from agency.matching.programme import OutOfTime, Programme, Row, Solution


def test_the_better_of_two_rounds_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    programme = Programme([1.0], [Row([0], [1.0], 0.0, 5.0)])
    rounds = iter([([3.0], False), ([2.0], False), ([2.0], False)])
    monkeypatch.setattr(programme, "_among", lambda *_: next(rounds))
    times = iter([0.0, 0.0, 0.0, 2.0])
    monkeypatch.setattr("agency.matching.programme.monotonic", lambda: next(times))
    bound, reduced = programme._relaxed() or pytest.fail()
    found = programme._search(bound, reduced, 1.0)
    assert found is not None
    assert found.objective == 3.0


def test_no_time_is_not_the_same_as_impossible(monkeypatch: pytest.MonkeyPatch) -> None:
    found = fit([Wanted("N1", "jobs", 3)], [Wanted("F1", "jobs", 2)])
    asked = []

    def best(problem: object, least: dict[int, float], *_: object) -> Solution:
        asked.append(least)
        if least:
            raise OutOfTime
        return Solution([1.0], 1.0, 0.5)

    monkeypatch.setattr(allocating._Problem, "best", best)
    fair = allocate(found, fair=True)
    assert (fair.served, fair.share, fair.gap) == ([1.0], 1 / 3, 0.5)
    assert len(asked) == 2  # no smaller share is tried when the time is over
