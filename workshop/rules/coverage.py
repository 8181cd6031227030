"""Who got something: the share of voters with at least one of theirs among the winners.

It is the "coverage" of M. Lackner and P. Skowron, "Multi-Winner Voting with Approval
Preferences" (2023), and the question B. Chamberlin and P. Courant asked (APSR 77, 1983).
"""

from collections import Counter
from collections.abc import Collection, Hashable, Sequence
from dataclasses import dataclass

from workshop.rules.profile import Profile

FEWEST = 5  # of smaller groups nothing is said


@dataclass(frozen=True)
class Coverage:
    """How many of how many voters have at least one of theirs among the winners."""

    voters: int
    covered: int

    @property
    def share(self) -> float:
        """Return the share, 0 when nobody voted."""
        return self.covered / self.voters if self.voters else 0.0


def coverage(profile: Profile, winners: Collection[str]) -> Coverage:
    """Count the voters who have at least one of theirs among *winners*.

    Whoever handed in an empty ballot voted, and has nothing.
    """
    chosen = set(winners)
    covered = (ballot.weight for ballot in profile.ballots if chosen & set(ballot.approved))
    return Coverage(profile.voters, sum(covered))


def coverage_by_group(
    profile: Profile,
    winners: Collection[str],
    groups: Sequence[Hashable],
    fewest: int = FEWEST,
) -> dict[Hashable, Coverage | None]:
    """Do so for each group; *groups* names the group of each ballot in turn.

    A group smaller than *fewest* is ``None``. Where just one is that small, the smallest of
    the others is hidden with it: otherwise it could be told from the whole.
    """
    chosen = set(winners)
    voters: Counter[Hashable] = Counter()
    covered: Counter[Hashable] = Counter()
    for ballot, group in zip(profile.ballots, groups, strict=True):
        voters[group] += ballot.weight
        covered[group] += ballot.weight * bool(chosen & set(ballot.approved))
    hidden = {group for group, number in voters.items() if number < fewest}
    while (
        hidden and len(hidden) < len(voters) and sum(voters[group] for group in hidden) < fewest
    ):
        shown = [group for group in voters if group not in hidden]
        hidden.add(min(shown, key=lambda group: (voters[group], str(group))))
    return {
        group: None if group in hidden else Coverage(voters[group], covered[group])
        for group in voters
    }
