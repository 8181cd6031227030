"""What people choose on the pages of changes and of terms; it stands in the address."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from werkzeug.datastructures import MultiDict

from core.forms import tidy
from networks.changing import Change, Changed
from people.naming import fold

FIRST_ROWS = 40
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


def _said(values: Mapping[str, Any], plain: Mapping[str, Any]) -> dict[str, Any]:
    kept = {name: value for name, value in values.items() if value != plain[name]}
    return {name: 1 if value is True else value for name, value in kept.items()}
