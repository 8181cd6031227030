"""Schulze's method: whoever beats all others, directly or along a chain of wins.

M. Schulze, "A new monotonic, clone-independent, reversal symmetric, and Condorcet-consistent
single-winner election method", Social Choice and Welfare 36 (2011); the strength of a win is
the number of those who voted for it ("winning votes"), as Debian's constitution has it.
"""

from collections.abc import Sequence

from workshop.rules.duels import Matrix, duels
from workshop.rules.profile import Outcome, Profile
from workshop.rules.stepping import walk


def by_schulze(profile: Profile, seats: int, order: Sequence[str]) -> Outcome:
    """Choose *seats* times whom none of those left beats; scores count whom one beats."""
    paths = strongest_paths(duels(profile))
    size = range(len(paths))
    beats = {
        one: frozenset(
            other
            for other, column in zip(profile.ids, size, strict=True)
            if paths[row][column] > paths[column][row]
        )
        for one, row in zip(profile.ids, size, strict=True)
    }
    outcome = walk(Ranking(beats, seats), order, len(size))
    scores = {option: len(beaten) for option, beaten in beats.items()}
    return Outcome(outcome.winners, scores, outcome.ties, outcome.sets, outcome.all_sets)


def strongest_paths(table: Matrix) -> Matrix:
    """Return how strong the strongest chain from each to each is: its weakest win (§ 2.3.1)."""
    size = range(len(table))
    paths: Matrix = [
        [table[one][two] if table[one][two] > table[two][one] else 0 for two in size]
        for one in size
    ]
    for via in size:
        onwards = paths[via]
        for one in size:
            first = paths[one][via]
            if first and one != via:
                paths[one] = [
                    there if there >= (round_ := min(first, last)) else round_
                    for there, last in zip(paths[one], onwards, strict=True)
                ]
    for one in size:
        paths[one][one] = 0
    return paths


class Ranking:
    """Who is taken, best first."""

    def __init__(
        self, beats: dict[str, frozenset[str]], seats: int, chosen: tuple[str, ...] = ()
    ) -> None:
        self.beats, self.seats, self.chosen = beats, seats, chosen

    def next(self) -> Sequence[str]:
        """Return those whom none of those left beats."""
        if len(self.chosen) >= self.seats:
            return ()
        left = [option for option in self.beats if option not in self.chosen]
        return [one for one in left if not any(one in self.beats[other] for other in left)]

    def take(self, option: str) -> "Ranking":
        """Take *option*."""
        return Ranking(self.beats, self.seats, (*self.chosen, option))

    def state(self) -> frozenset[str]:
        """Return who is taken."""
        return frozenset(self.chosen)
