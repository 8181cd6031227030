"""What other rules would have chosen from the same ballots: for later, not for the room."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.errors import message
from workshop.models import Method
from workshop.rules import tally
from workshop.rules.coverage import Coverage, coverage
from workshop.rules.ties import by_lot
from workshop.voting.choosing import RULES, profile_of
from workshop.voting.models import Round

NAMES = {
    "sum": message("Most points"),
    "approval": message("Most people"),
    "majority-judgment": message("Best median grade"),
    "schulze": message("Wins most duels (Schulze)"),
    "seq-pav": message("Shares seats by approval (PAV)"),
    "seq-phragmen": message("Spreads the load (Phragmén)"),
    "equal-shares": message("Equal shares"),
    "greedy": message("Most wanted first, while money lasts"),
}
SUMS = {"sum", "approval"}
BY_METHOD = {
    Method.DOTS: ("sum", "approval", "schulze", "seq-pav", "seq-phragmen", "equal-shares"),
    Method.SCORE: (
        "sum",
        "majority-judgment",
        "approval",
        "schulze",
        "seq-pav",
        "equal-shares",
    ),
    Method.APPROVAL: ("approval", "seq-pav", "seq-phragmen", "equal-shares"),
    Method.BUDGET: ("equal-shares", "greedy", "seq-phragmen"),
    Method.OPINION: ("approval", "seq-pav", "seq-phragmen"),
}


@dataclass(frozen=True)
class Column:
    """What a rule would have chosen, and how many people would have got something."""

    rule: str
    name: str
    is_own: bool  # the rule by which the room decided
    winners: frozenset[str]
    covered: Coverage


def compare(round: Round, into: Mapping[str, str]) -> Sequence[Column]:
    """Count the ballots of a counted *round* by every rule that can read them.

    Winners are named as ideas were merged *into* others since. A wall counted by hand tells
    sums only.
    """
    papers, result = round.papers or [], round.result or {}
    profile = profile_of(round, papers)
    seats = None if round.method is Method.BUDGET else round.seats
    order = by_lot(profile.ids, result.get("papers_hash", ""))
    columns = []
    has_wall = any(paper["people"] > 1 for paper in papers)
    for rule in BY_METHOD[round.method]:
        if has_wall and rule not in SUMS:
            continue
        outcome = tally(rule, profile, seats, order, every=False)
        winners = frozenset(each for each in outcome.winners if profile.support[each])
        is_own = RULES.get(round.method) == rule
        covered = coverage(profile, winners)
        named = frozenset(into.get(each, each) for each in winners)
        columns.append(Column(rule, NAMES[rule], is_own, named, covered))
    return columns
