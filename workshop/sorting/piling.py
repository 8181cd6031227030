"""How cards hang: under the headings of their clusters, the others under their questions."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from workshop.models import Board, Challenge, Cluster, Idea


@dataclass(frozen=True)
class Pile:
    """Cards that hang under one heading: a cluster, a question, or none."""

    ideas: list[Idea] = field(default_factory=list)
    cluster: Cluster | None = None
    challenge: Challenge | None = None

    @property
    def title(self) -> str:
        if self.cluster:
            return self.cluster.title
        return self.challenge.question if self.challenge else ""


def piles(
    board: Board, ideas: Sequence[Idea], clusters: Sequence[Cluster], newest: bool = False
) -> list[Pile]:
    """Hang *ideas* up: the clusters first, then what is alone, question by question.

    A question to which nothing hangs is shown as long as nothing is sorted.
    """
    within: dict[int | None, list[Idea]] = defaultdict(list)
    for idea in sorted(ideas, key=lambda idea: idea.id, reverse=newest):
        within[idea.cluster_id].append(idea)
    known = {cluster.id for cluster in clusters}
    alone = [idea for n, group in within.items() if n not in known for idea in group]
    alone.sort(key=lambda idea: idea.id, reverse=newest)
    several = len(board.challenges) > 1
    found = [Pile(within[cluster.id], cluster=cluster) for cluster in clusters]
    for challenge in board.challenges:
        own = [idea for idea in alone if idea.challenge_id == challenge.id]
        found.append(Pile(own, challenge=challenge if several else None))
    return [pile for pile in found if pile.ideas or (pile.challenge and not clusters)]
