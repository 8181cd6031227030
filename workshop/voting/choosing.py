"""Which options a round chooses, by the rule that everybody could read before."""

from dataclasses import dataclass

from workshop.voting.models import Round
from workshop.voting.results import Papers, lot, places


@dataclass(frozen=True)
class Choice:
    """The chosen options, and the groups of equals among which lots had to decide."""

    winners: list[str]
    lots: list[list[str]]


def choose(round: Round, papers: Papers, papers_hash: str) -> Choice:
    """Choose by the method of *round*; lots are drawn from the hash of all ballots."""
    return _most_points(round, papers, papers_hash)


def _most_points(round: Round, papers: Papers, papers_hash: str) -> Choice:
    """Choose the options with the most points, as many as there are seats.

    Nobody is chosen without a point. Among equals at the last seat the lot decides.
    """
    points = {each.option.key: each.points for each in places(round, papers) if each.points > 0}
    order = sorted(points, key=lambda key: (-points[key], lot(papers_hash, key)))
    winners = order[: round.seats]
    if len(order) <= round.seats:
        return Choice(winners, [])
    at_the_edge = points[order[round.seats - 1]]
    equals = [key for key in order if points[key] == at_the_edge]
    is_cut = points[order[round.seats]] == at_the_edge
    return Choice(winners, [sorted(equals)] if is_cut else [])
