"""Who the organisations in a file are: in the register, almost there, or new."""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from networks.exchange.plain import LONGEST, PlainNetwork, PlainNode, PlainTie
from networks.tying import CLOSE, LOOSE, UNSAID
from people.models import Organisation
from people.names.matching import Candidate, Register
from people.naming import Known, display_name, fold, same_in

LOOKED_AT = 100  # open names, those with the most ties: each is compared with all others


@dataclass(frozen=True)
class Line:
    """A node of the file, and who it is."""

    number: int
    node: PlainNode
    organisation: Organisation | None  # where the register knows it
    ties: int

    @property
    def fits(self) -> bool:
        """Tell whether it could become an organisation of the register."""
        return len(self.node.name) <= LONGEST


class Preview:
    """What would become of a file, before anything is written."""

    def __init__(self, network: PlainNetwork, organisations: list[Organisation]) -> None:
        self.network = network
        self._organisations = organisations
        self._known = Known(organisations)
        self._by_code = {each.code: each for each in organisations}

    @cached_property
    def lines(self) -> list[Line]:
        """List all nodes of the file, in its order."""
        ends = Counter(end for tie in self.network.ties for end in (tie.source, tie.target))
        found = []
        for number, node in enumerate(self.network.nodes):
            same = same_in(self._known, node.name) or self._by_number(node)
            found.append(Line(number, node, same, ends[node.id]))
        return found

    @cached_property
    def _register(self) -> Register:
        return Register(self._organisations)

    def candidates(self, line: Line) -> list[Candidate]:
        """Return who it could be, the likeliest first, each with the reason."""
        is_looked_at = line.number in self._looked_at
        return self._register.candidates(line.node.name) if is_looked_at else []

    @property
    def is_long(self) -> bool:
        """Tell whether the file has more open names than are compared with the register."""
        return len(self.open) > LOOKED_AT

    @cached_property
    def _looked_at(self) -> set[int]:
        most = sorted(self.open, key=lambda line: (-line.ties, line.number))
        return {line.number for line in most[:LOOKED_AT]}

    @cached_property
    def choices(self) -> dict[str, str]:
        """Return the codes of all in the register by what one chooses them by."""
        times = Counter(each.name for each in self._organisations)
        return {
            each.name if times[each.name] == 1 else f"{each.name} ({each.code})": each.code
            for each in sorted(self._organisations, key=lambda each: fold(each.name))
        }

    def code_of(self, typed: str) -> str:
        """Return the code of whom somebody means; nothing if nobody, or if it could be two."""
        if typed in self.choices or typed in self._by_code:
            return self.choices.get(typed, typed)
        found = same_in(self._known, typed)
        return found.code if found else ""

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
