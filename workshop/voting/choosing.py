"""Which options a round chooses, by the rule that everybody could read before."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from workshop.models import Method
from workshop.rules import Ballot, Option, Profile, Tie, tally
from workshop.rules.consensus import consensus
from workshop.rules.ties import by_lot
from workshop.voting.models import Round
from workshop.voting.results import Papers

RULES: Mapping[Method, str] = {
    Method.DOTS: "sum",
    Method.SCORE: "sum",
    Method.APPROVAL: "approval",
    Method.BUDGET: "equal-shares",
}


@dataclass(frozen=True)
class Choice:
    """The chosen options, and the groups of equals among which lots had to decide.

    *ties* are what was called lots before: also those in which nobody lost by a lot.
    """

    winners: list[str]
    lots: list[list[str]]
    ties: list[list[str]]


def choose(round: Round, papers: Papers, papers_hash: str) -> Choice:
    """Choose by the method of *round*; nobody is chosen whom nobody wants.

    The lots are drawn from the hash of all ballots: nobody knows them before the last one.
    """
    if round.method is Method.OPINION:
        clear = consensus(_opinions(papers), most=len(round.options)).agree
        return Choice(
            [each.statement for each in clear if 2 * each.votes >= len(papers)], [], []
        )
    profile = profile_of(round, papers)
    seats = None if round.method is Method.BUDGET else round.seats  # the money is the limit
    order = by_lot(profile.ids, papers_hash)
    outcome = tally(RULES[round.method], profile, seats, order, every=False)
    winners = [option for option in outcome.winners if profile.support[option]]
    wanted = [tie for tie in outcome.ties if profile.support[tie.options[0]]]
    ties = lots = [sorted(tie.options) for tie in wanted]
    if round.method is Method.BUDGET:
        lots = _drawn(profile, winners, wanted, order)
    return Choice(winners, lots, ties)


def _drawn(
    profile: Profile, winners: Sequence[str], ties: Sequence[Tie], order: Sequence[str]
) -> list[list[str]]:
    """Return the groups in which a lot decided, not a price or how many want it.

    Where all of a group win, lots matter only if others would win by the opposite lots.
    """
    costs, support = profile.costs, profile.support
    groups = []
    for tie in ties:
        first = tie.chosen[0]
        equal = costs[first], support[first]
        group = sorted(id for id in tie.options if (costs[id], support[id]) == equal)
        groups += [group] if len(group) > 1 else []
    lost = [group for group in groups if not {*group} <= {*winners}]
    if lost or not ties:
        return lost
    other = tally(RULES[Method.BUDGET], profile, None, order[::-1], every=False)
    same = {*other.winners} == {*winners}
    return [] if same else groups or [sorted(tie.options) for tie in ties]


def profile_of(round: Round, papers: Papers) -> Profile:
    """Return what was voted on, and the ballots, as the rules read them."""
    options = tuple(Option(each["key"], each["cost"] or 1) for each in round.options)
    ballots = tuple(ballot for paper in papers for ballot in _ballots(paper))
    return Profile(options, ballots, budget=round.money)


def _ballots(paper: Mapping[str, Any]) -> Iterable[Ballot]:
    """A wall tells how much lies on each option, not who put it there."""
    wanted = _wanted(paper["marks"])
    if paper["people"] == 1:
        return [Ballot(points=wanted)]
    return [Ballot.approving([option], weight=number) for option, number in wanted.items()]


def _wanted(marks: Mapping[str, int]) -> dict[str, int]:
    return {option: value for option, value in marks.items() if value > 0}


def _opinions(papers: Papers) -> Iterable[tuple[str, int]]:
    return ((option, vote) for paper in papers for option, vote in _said(paper))


def _said(paper: Mapping[str, Any]) -> Iterable[tuple[str, int]]:
    marks: Mapping[str, int] = paper["marks"]
    return marks.items()
