"""What a file says of a vote is counted again before it is believed."""

from collections.abc import Sequence

import pytest

from tests.story import NOON
from workshop.archive.checking import check_round
from workshop.archive.refusing import ChecksumWrong
from workshop.models import Method
from workshop.voting.models import Round
from workshop.voting.opening import hash_of

Lots = Sequence[Sequence[str]]


def a_vote_about_money(lots: Lots) -> Round:
    """Everyone wants both ideas, and there is money for both: no lot decided."""
    options = [
        {"key": key, "title": key, "text": "", "challenge": 0, "author": "", "cost": cost}
        for key, cost in {"A": 60, "B": 40}.items()
    ]
    marks = {"A": 1, "B": 1}
    papers = [{"receipt": f"p{n}", "people": 1, "marks": marks} for n in range(4)]
    result = {
        "papers_hash": hash_of(papers), "winners": ["B", "A"], "lots": lots, "people": 4,
        "coverage": {"all": [4, 4], "sectors": {}}, "channels": {},
    }  # fmt: skip
    hashes = {"options_hash": hash_of(options), "result_hash": hash_of(result)}
    facts = {"options": options, "papers": papers, "result": result, "closed": NOON} | hashes
    return Round(number=1, method=Method.BUDGET, seats=1, money=100, **facts)


@pytest.mark.parametrize("lots", [[], [["A", "B"]]])
def test_lots_may_be_told_as_before_when_ties_that_nobody_lost_were_named_too(
    lots: Lots,
) -> None:
    check_round(a_vote_about_money(lots), 1)


def test_other_lots_are_found_out() -> None:
    with pytest.raises(ChecksumWrong):
        check_round(a_vote_about_money([["A"]]), 1)
