"""Who the organisations in a file are: in the register, almost there, or new."""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz import fuzz, process

from networks.exchange.plain import LONGEST, PlainNetwork, PlainNode, PlainTie
from networks.tying import CLOSE, LOOSE, UNSAID
from people.models import Organisation
from people.naming import Known, alike, display_name, names_of, normalise, same_in

NEAR = 70  # of 100, how alike a name must be to be offered
CANDIDATES = 3


@dataclass(frozen=True)
class Line:
    """A node of the file, and who it is or could be."""

    number: int
    node: PlainNode
    organisation: Organisation | None  # where the register knows it
    candidates: tuple[Organisation, ...]
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
        named = [(normalise(name), each) for each in organisations for name in names_of(each)]
        self._spellings, self._named = [name for name, _ in named], [each for _, each in named]
        self._by_code = {each.code: each for each in organisations}

    @cached_property
    def lines(self) -> list[Line]:
        """List all nodes of the file, in its order."""
        ends = Counter(end for tie in self.network.ties for end in (tie.source, tie.target))
        found = []
        for number, node in enumerate(self.network.nodes):
            same = same_in(self._known, node.name) or self._by_number(node)
            candidates = () if same else self._like(node.name)
            found.append(Line(number, node, same, candidates, ends[node.id]))
        return found

    def _like(self, name: str) -> tuple[Organisation, ...]:
        """Return who it could be, the likeliest first; never one of another place."""
        near = process.extract(
            normalise(name),
            self._spellings,
            scorer=fuzz.token_sort_ratio,
            score_cutoff=NEAR,
            limit=3 * CANDIDATES,
        )
        them = (self._named[at] for _, _, at in near)
        apart = {each.code: each for each in them if alike(name, each.name)}
        return tuple(apart.values())[:CANDIDATES]

    def _by_number(self, node: PlainNode) -> Organisation | None:
        """Return who stands in a file of ours with a number in place of a name."""
        found = self._by_code.get(node.id)
        veiled = found and {display_name(found, "public", each) for each in ("de", "en")}
        return found if veiled and node.name in {*veiled, node.id} else None

    @property
    def same(self) -> list[Line]:
        return [line for line in self.lines if line.organisation]

    @property
    def open(self) -> list[Line]:
        return [line for line in self.lines if not line.organisation]

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
