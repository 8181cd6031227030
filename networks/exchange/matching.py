"""Who the organisations in a file are: in the register, almost there, or new."""

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from networks.exchange.plain import LONGEST, PlainNetwork, PlainNode, PlainTie
from networks.tying import CLOSE, LOOSE, UNSAID
from people.models import Organisation
from people.naming import Known, display_name, same_in


class Match(StrEnum):
    """How far it is clear which organisation of the register a node is."""

    SAME = "same"
    LIKE = "like"  # almost the same name
    NONE = "none"


@dataclass(frozen=True)
class Line:
    """A node of the file, and who it is or could be."""

    number: int
    node: PlainNode
    match: Match
    organisation: Organisation | None
    ties: int

    @property
    def fits(self) -> bool:
        """Tell whether it could become an organisation of the register."""
        return len(self.node.name) <= LONGEST


class Preview:
    """What would become of a file, before anything is written."""

    def __init__(self, network: PlainNetwork, organisations: list[Organisation]) -> None:
        self.network = network
        self._known = Known(organisations)
        self._by_code = {each.code: each for each in organisations}

    @cached_property
    def lines(self) -> list[Line]:
        """List all nodes of the file, in its order."""
        ends = Counter(end for tie in self.network.ties for end in (tie.source, tie.target))
        found = []
        for number, node in enumerate(self.network.nodes):
            same = same_in(self._known, node.name) or self._by_number(node)
            like = None if same else self._known.nearest(node.name)
            match = Match.SAME if same else Match.LIKE if like else Match.NONE
            found.append(Line(number, node, match, same or like, ends[node.id]))
        return found

    def _by_number(self, node: PlainNode) -> Organisation | None:
        """Return who stands in a file of ours with a number in place of a name."""
        found = self._by_code.get(node.id)
        veiled = found and {display_name(found, "public", each) for each in ("de", "en")}
        return found if veiled and node.name in {*veiled, node.id} else None

    @property
    def same(self) -> list[Line]:
        return [line for line in self.lines if line.match == Match.SAME]

    @property
    def open(self) -> list[Line]:
        return [line for line in self.lines if line.match != Match.SAME]

    @cached_property
    def steps(self) -> bool:
        """Tell whether the weights of the file are our steps: loose, regular, close."""
        weights = {tie.weight for tie in self.network.ties}
        return len(weights) > 1 and weights <= {*range(LOOSE, CLOSE + 1)}

    @property
    def tells_strength(self) -> bool:
        """Tell whether any tie says how close it is, or there is nothing to say it with."""
        ties = self.network.ties
        return any(tie.strength for tie in ties) or all(tie.weight == 1 for tie in ties)

    def strength(self, tie: PlainTie) -> int:
        return tie.strength or (int(tie.weight) if self.steps else UNSAID)
