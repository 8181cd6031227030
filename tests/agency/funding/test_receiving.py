"""What comes as a kept check from elsewhere is one, or is refused; no page falls over it."""

from typing import Any

import pytest

from agency.funding import recording
from agency.funding.checking import check_all
from agency.funding.receiving import receive
from tests.agency.funding.test_checking import FULL, RADHAUS, TODAY, a_programme

REASON: dict[str, object] = {
    "state": "yes",
    "source": "",
    "sentence": "Passt.",
    "text": "Fits.",
    "values": {},
}
RESULT: dict[str, object] = {
    "code": "model", "name": "Modell", "funder": "Land", "kind": "grant", "source": "",
    "state": "yes", "is_old": False, "reasons": [REASON],
}  # fmt: skip
NO_ANSWERS: list[object] = [
    5, [], "x", None, {"themes": 5}, {"themes": [[]]}, {"amount": "NaN"}, {"amount": "1e9999"},
    {"amount": 5}, {"own": []}, {"start": "yesterday"}, {"start": 5}, {"start": "9999-12-31"},
    {"gets": {"a": 1}}, {"people": ["age25"]}, {"people": {"age25": []}}, {"place": []},
    {"legal_form": {}}, {"months": "viele"}, {"met": "x"},
]  # fmt: skip
NO_RESULTS: list[object] = [
    5, {}, "x", None, [5], [{}], [[]], [RESULT | {"state": "perhaps"}],
    [RESULT | {"state": ["yes"]}], [RESULT | {"name": None}], [RESULT | {"is_old": "x"}],
    [RESULT | {"reasons": 5}], [RESULT | {"reasons": {}}], [RESULT | {"reasons": [{}]}],
]  # fmt: skip
NO_REASONS: list[dict[str, object]] = [
    {"text": "%(more)s"}, {"text": "100 %"}, {"text": "%(a)999999999s", "values": {}},
    {"text": "%(a)999999999s", "values": {"a": "b"}}, {"text": "%s"}, {"text": 5},
    {"values": 5}, {"values": {"a": 1.5}}, {"values": {"a": [1]}}, {"sentence": {}},
    {"values": {"a": {"decimal": "1e99999"}}}, {"values": {"a": {"date": "now"}}},
    {"values": {"a": {"texts": {"de": 5}}}}, {"values": {"a": {"words": "x"}}},
    {"source": 5}, {"state": []},
]  # fmt: skip
NO_RESULTS += [[RESULT | {"reasons": [REASON | each]}] for each in NO_REASONS]


@pytest.mark.parametrize("answers", NO_ANSWERS)
def test_what_are_no_answers_is_refused(answers: object) -> None:
    with pytest.raises((ValueError, LookupError, TypeError)):
        receive(answers, [RESULT])


@pytest.mark.parametrize("results", NO_RESULTS)
def test_what_are_no_results_is_refused(results: object) -> None:
    with pytest.raises((ValueError, LookupError, TypeError)):
        receive({}, results)


def test_what_a_check_says_comes_in() -> None:
    receive(recording.to_json(RADHAUS), [RESULT])
    for it in check_all([a_programme(FULL)], RADHAUS, TODAY):
        reasons: list[dict[str, Any]] = [
            recording.to_plain(each) | {"sentence": "…"} for each in it.reasons
        ]
        assert reasons
        receive({}, [RESULT | {"reasons": reasons}])
