"""The figures that were worked out for the demo before there was a line of code."""

import json
from pathlib import Path
from typing import Any

import pytest

from agency.matching.allocating import Allocation, allocate
from agency.matching.fitting import Fit, Wanted, fit
from demo.composing import Row, table

EXPECTED: dict[str, Any] = json.loads(Path("demo/data/expected_matching.json").read_text())


def wanted(row: Row) -> Wanted:
    return Wanted(
        row["id"],
        row["category"],
        int(row["quantity"]),
        row["ortsteil"],
        row["min_german"],
        frozenset(row["time"].split()),
        tuple(row["requires"].split()),
    )


def of(kind: str, side: str) -> list[Wanted]:
    return [wanted(r) for r in table("needs_offers") if (r["kind"], r["side"]) == (kind, side)]


@pytest.fixture(scope="module")
def found() -> Fit:
    return fit(of("need", "P"), of("offer", "P"))


def served(found: Fit, allocation: Allocation) -> dict[str, float]:
    return dict(zip((need.id for need in found.needs), allocation.served, strict=True))


def test_every_pair_has_the_score_that_was_worked_out(found: Fit) -> None:
    for row, scores in enumerate(EXPECTED["matrix"]):
        assert found.scores[row].tolist() == pytest.approx(scores, abs=1e-4)


def test_organisations_find_each_other_as_worked_out() -> None:
    among = fit(of("need", "O"), of("offer", "O"))
    for need, pairs in EXPECTED["org_side"].items():
        row = next(i for i, each in enumerate(among.needs) if each.id == need)
        best = sorted(
            ((offer.id, among.scores[row, i]) for i, offer in enumerate(among.offers)),
            key=lambda each: -each[1],
        )
        for (offer, score), (code, value) in zip(pairs, best, strict=False):
            assert (code, value) == (offer, pytest.approx(score, abs=1e-3))


def test_without_what_they_require_most_are_served(found: Fit) -> None:
    best = allocate(found, bundled=False)
    assert best.objective == pytest.approx(EXPECTED["objective"], abs=2e-3)
    flows = {(found.needs[f.need].id, found.offers[f.offer].id): f.quantity for f in best.flows}
    assert flows == {(need, offer): n for need, offer, n, _score in EXPECTED["flow"]}
    unmet = dict(zip(served(found, best), best.unmet(found.needs), strict=True))
    assert unmet == EXPECTED["unmet"]


def test_who_needs_childcare_takes_a_place_there_too(found: Fit) -> None:
    best = allocate(found)
    told = EXPECTED["with_requires"]
    assert best.objective == pytest.approx(told["objective"], abs=2e-3)
    assert served(found, best) == told["served"]
    assert sum(best.unmet(found.needs)) == told["unmet_total"]


def test_fairness_divides_what_is_scarce(found: Fit) -> None:
    best, told = allocate(found, fair=True, whole=False), EXPECTED["max_min_fair"]
    assert best.share == pytest.approx(told["min_share"], abs=1e-6)
    assert best.objective == pytest.approx(told["objective"], abs=2e-3)
    assert served(found, best) == pytest.approx(told["served"], abs=2e-3)


def test_with_whole_people_the_smallest_share_is_two_in_eleven(found: Fit) -> None:
    best = allocate(found, fair=True)
    assert best.share == pytest.approx(2 / 11)
    assert all(flow.quantity == int(flow.quantity) for flow in best.flows)
    share = min(n / need.quantity for n, need in zip(best.served, found.needs, strict=True))
    assert share == pytest.approx(2 / 11)
