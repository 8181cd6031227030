"""What people choose on a network page; it stands in the address, so it can be sent on."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import RadioField

from core.forms import KeyField, LineField, tidy
from networks.network import RECORDED, WISHES, Node, Selection
from networks.tying import CLOSE, REGULAR, Tie
from people.models import Naming, Sector
from people.naming import fold
from people.words import LOCALITIES

if TYPE_CHECKING:
    from networks.analysing import Standing

FIRST_ROWS = 10
FIRST_TIES = 20
MOST_IN_MATRIX = 60
LAYERS = (WISHES, RECORDED)
ORGANISATIONS, TIES, MATRIX = "organisations", "ties", "matrix"
TABLES = (ORGANISATIONS, TIES, MATRIX)
ZOOMS = (0, 1, 2)
SHARED = ("sector", "locality", "tie", "confirmed", "layer", "ego", "steps")
MOST_STEPS = 2  # from the one in the middle
SORTS: Mapping[str, Callable[["Standing"], Any]] = {
    "degree": lambda s: (-s.degree, -s.betweenness),
    "confirmed": lambda s: (-s.confirmed, -s.degree),
    "betweenness": lambda s: (-s.betweenness, -s.degree),
}
STATES = ["confirmed", "one_sided", "contradicted", "unknown"]
ORDERS = ("strength", "a", "b", "state")


@dataclass(frozen=True)
class View:
    """Which part of a network to draw, and what to list in what order."""

    sector: tuple[str, ...] = ()
    locality: tuple[str, ...] = ()
    tie: str = ""  # a kind of tie
    strength: int = 0
    confirmed: bool = False
    layer: tuple[str, ...] = ()
    zoom: int = 0
    ego: str = ""
    steps: int = 1
    table: str = ORGANISATIONS
    q: str = ""
    kind: str = ""  # of organisation
    sort: str = "degree"
    order: str = "strength"  # of ties
    all: bool = False

    @classmethod
    def of(cls, args: MultiDict[str, Any]) -> "View":
        """Read an address; what means nothing is left out."""
        strength, zoom = args.get("strength", 0, int), args.get("zoom", 0, int)
        sort, order, table = args.get("sort"), args.get("order"), args.get("table")
        return cls(
            sector=tuple(each for each in Sector if each in args.getlist("sector")),
            locality=tuple(each for each in LOCALITIES if each in args.getlist("locality")),
            tie=tidy(args.get("tie"))[:60],
            strength=strength if strength in (REGULAR, CLOSE) else 0,
            confirmed="confirmed" in args,
            layer=tuple(each for each in LAYERS if each in args.getlist("layer")),
            zoom=zoom if zoom in ZOOMS else 0,
            ego=tidy(args.get("ego"))[:60],
            steps=MOST_STEPS if args.get("steps", 1, int) == MOST_STEPS else 1,
            table=table if table in TABLES else ORGANISATIONS,
            q=tidy(args.get("q"))[:80],
            kind=tidy(args.get("kind"))[:60],
            sort=sort if sort and (sort in SORTS or sort == "name") else "degree",
            order=order if order in ORDERS else "strength",
            all="all" in args,
        )

    @property
    def selection(self) -> Selection:
        return Selection(
            self.sector, self.tie, self.strength, self.confirmed, localities=self.locality
        )

    def address(self, **changes: Any) -> dict[str, Any]:
        """Return what an address must say for this view, with some *changes*."""
        values = asdict(self) | changes
        plain = asdict(View())
        values = {name: value for name, value in values.items() if value != plain[name]}
        return {name: 1 if value is True else value for name, value in values.items()}

    def without(self, name: str, value: str = "") -> dict[str, Any]:
        """Return an address without one of the values chosen."""
        now, plain = getattr(self, name), getattr(View(), name)
        left = tuple(each for each in now if each != value) if isinstance(now, tuple) else plain
        return self.address(**{name: left})

    @property
    def shareable(self) -> dict[str, Any]:
        """Return what a link keeps of a view: what is selected, not what was searched for."""
        plain, now = asdict(View()), asdict(self)
        kept = {name: now[name] for name in SHARED if now[name] != plain[name]}
        return {n: list(v) if isinstance(v, tuple) else v for n, v in kept.items()}

    @property
    def unselected(self) -> "View":
        """Return the same view of the whole network."""
        return replace(
            self, sector=(), locality=(), tie="", strength=0, confirmed=False, layer=()
        )

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

    def listed_ties(
        self, ties: Iterable[Tie], nodes: Mapping[str, Node], called: Callable[[Node], str]
    ) -> list[Tie]:
        """Return the ties of those searched for, in the order wished for."""
        names = {code: fold(called(node)) for code, node in nodes.items()}
        wanted = fold(self.q)
        found = [e for e in ties if wanted in names[e.a] or wanted in names[e.b]]
        keys: Mapping[str, Callable[[Tie], Any]] = {
            "strength": lambda each: (-each.strength, names[each.a], names[each.b]),
            "a": lambda each: (names[each.a], names[each.b]),
            "b": lambda each: (names[each.b], names[each.a]),
            "state": lambda each: (_rank(each), names[each.a], names[each.b]),
        }
        return sorted(found, key=keys[self.order])


class ShareForm(FlaskForm):
    """A link to a view: what it is called, and whose names stand in it."""

    key = KeyField()
    title = LineField(lazy_gettext("Title"), limit=120)
    naming = RadioField(
        lazy_gettext("Which names stand in it?"),
        choices=lambda: {
            Naming.PUBLIC.value: gettext("Only names that everyone may see"),
            Naming.NETWORK.value: gettext("Also names that only the network may see"),
        },
        default=Naming.PUBLIC.value,
    )


def _rank(tie: Tie) -> int:
    return STATES.index(tie.state) if tie.state in STATES else len(STATES)
