"""What people choose on the pages of changes and of terms; it stands in the address."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from werkzeug.datastructures import MultiDict

from core.forms import tidy
from networks.changing import Change, Changed
from networks.offering import Demand, Offers, Said
from people.models import Sector
from people.naming import fold
from people.taxonomy import GROUPS, group_of

FIRST_ROWS = 40
FIRST_PAIRS = 15
ORDER = {change: place for place, change in enumerate(Change)}
SORTS: Mapping[str, Callable[[Changed], Any]] = {
    "change": lambda each: ORDER[each.change],
    "strength": lambda each: (-abs(each.closer), -each.tie.strength),
}


@dataclass(frozen=True)
class ListedChanges:
    """Which changes to list, in what order."""

    q: str = ""
    change: str = ""
    sort: str = "change"
    all: bool = False

    @classmethod
    def of(cls, args: MultiDict[str, str]) -> "ListedChanges":
        """Read an address; what means nothing is left out."""
        change, sort = args.get("change", ""), args.get("sort", "")
        return cls(
            q=tidy(args.get("q"))[:80],
            change=change if change in [*Change] else "",
            sort=sort if sort in SORTS or sort == "name" else "change",
            all="all" in args,
        )

    def address(self, **changes: Any) -> dict[str, Any]:
        """Return what an address must say for this list, with some *changes*."""
        return _said(asdict(self) | changes, asdict(ListedChanges()))

    def listed(self, pairs: Iterable[Changed], named: Callable[[str], str]) -> list[Changed]:
        """Return the changes wished for; only the names that the reader may see count."""
        wanted = fold(self.q)

        def names(each: Changed) -> list[str]:
            return sorted(fold(named(code)) for code in (each.a, each.b))

        found = [
            each
            for each in pairs
            if self.change in ("", each.change) and any(wanted in name for name in names(each))
        ]
        by_name = sorted(found, key=names)
        return sorted(by_name, key=SORTS[self.sort]) if self.sort in SORTS else by_name


TERM_SORTS: Mapping[str, Callable[[Demand], Any]] = {
    "all": lambda each: -each.degree,
    "needed": lambda each: (-len(each.needed), -each.degree),
    "offered": lambda each: (-len(each.offered), -each.degree),
}
ONLY: Mapping[str, Callable[[Demand], bool]] = {
    "met": lambda each: each.meets,
    "gaps": lambda each: bool(each.needed and not each.offered),
    "idle": lambda each: bool(each.offered and not each.needed),
}


@dataclass(frozen=True)
class ListedTerms:
    """Which terms and organisations to show, in what order."""

    group: str = ""  # of terms
    sector: tuple[str, ...] = ()
    only: str = ""
    sort: str = "all"
    all: bool = False

    @classmethod
    def of(cls, args: MultiDict[str, str]) -> "ListedTerms":
        """Read an address; what means nothing is left out."""
        group, only, sort = (args.get(name, "") for name in ("group", "only", "sort"))
        return cls(
            group=group if group in GROUPS else "",
            sector=tuple(each for each in Sector if each in args.getlist("sector")),
            only=only if only in ONLY else "",
            sort=sort if sort in TERM_SORTS or sort == "name" else "all",
            all="all" in args,
        )

    def __bool__(self) -> bool:
        return bool(self.group or self.sector or self.only)

    def address(self, **changes: Any) -> dict[str, Any]:
        """Return what an address must say for this view, with some *changes*."""
        return _said(asdict(self) | changes, asdict(ListedTerms()))

    def shown(self, said: Iterable[Said], sectors: Mapping[str, str]) -> list[Said]:
        """Return the part that is to be seen, of those whose *sectors* are told."""
        part = [
            each
            for each in said
            if each.code in sectors
            and self.group in ("", group_of(each.term))
            and (not self.sector or sectors[each.code] in self.sector)
        ]
        if not self.only:
            return part
        wanted = {each.term for each in Offers(part).demands if ONLY[self.only](each)}
        return [each for each in part if each.term in wanted]

    def listed(self, demands: Iterable[Demand], named: Callable[[str], str]) -> list[Demand]:
        """Return the terms in the order wished for."""
        by_name = sorted(demands, key=lambda each: fold(named(each.term)))
        return (
            sorted(by_name, key=TERM_SORTS[self.sort]) if self.sort in TERM_SORTS else by_name
        )


def _said(values: Mapping[str, Any], plain: Mapping[str, Any]) -> dict[str, Any]:
    kept = {name: value for name, value in values.items() if value != plain[name]}
    return {name: 1 if value is True else value for name, value in kept.items()}
