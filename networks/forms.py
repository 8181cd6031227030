"""What people choose on a network page; it stands in the address, so it can be sent on."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from werkzeug.datastructures import MultiDict

from core.forms import tidy
from networks.network import Node, Selection
from networks.tying import CLOSE, REGULAR
from people.models import Sector
from people.naming import fold

if TYPE_CHECKING:
    from networks.analysing import Standing

FIRST_ROWS = 10
SORTS: Mapping[str, Callable[["Standing"], Any]] = {
    "degree": lambda s: (-s.degree, -s.betweenness),
    "confirmed": lambda s: (-s.confirmed, -s.degree),
    "betweenness": lambda s: (-s.betweenness, -s.degree),
}


@dataclass(frozen=True)
class View:
    """Which part of a network to draw, and which organisations to list in what order."""

    sector: tuple[str, ...] = ()
    tie: str = ""  # a kind of tie
    strength: int = 0
    confirmed: bool = False
    q: str = ""
    kind: str = ""  # of organisation
    sort: str = "degree"
    all: bool = False

    @classmethod
    def of(cls, args: MultiDict[str, str]) -> "View":
        """Read an address; what means nothing is left out."""
        strength, sort = args.get("strength", 0, int), args.get("sort", "degree")
        return cls(
            sector=tuple(each for each in Sector if each in args.getlist("sector")),
            tie=tidy(args.get("tie"))[:60],
            strength=strength if strength in (REGULAR, CLOSE) else 0,
            confirmed="confirmed" in args,
            q=tidy(args.get("q"))[:80],
            kind=tidy(args.get("kind"))[:60],
            sort=sort if sort in SORTS or sort == "name" else "degree",
            all="all" in args,
        )

    @property
    def selection(self) -> Selection:
        return Selection(self.sector, self.tie, self.strength, self.confirmed)

    def address(self, **changes: Any) -> dict[str, Any]:
        """Return what an address must say for this view, with some *changes*."""
        values = asdict(self) | changes
        plain = asdict(View())
        values = {name: value for name, value in values.items() if value != plain[name]}
        return {name: 1 if value is True else value for name, value in values.items()}

    def fields(self, *without: str) -> list[tuple[str, Any]]:
        """Return what a form must send along, but what it asks for itself."""
        kept = {name: value for name, value in self.address().items() if name not in without}
        listed = [(n, v if isinstance(v, tuple) else (v,)) for n, v in kept.items()]
        return [(name, value) for name, values in listed for value in values]

    def listed(
        self, standings: Iterable["Standing"], called: Callable[[Node], str]
    ) -> list["Standing"]:
        """Return the organisations searched for, in the order wished for.

        Only the names that the reader may see are searched.
        """
        wanted = fold(self.q)
        found = [
            each
            for each in standings
            if wanted in fold(called(each.node)) and self.kind in ("", each.node.kind)
        ]
        by_name = sorted(found, key=lambda each: fold(called(each.node)))
        return sorted(by_name, key=SORTS[self.sort]) if self.sort in SORTS else by_name
