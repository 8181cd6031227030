"""Breaking a questionnaire into pages that need no script.

A page is a run of questions within one part, that is a group at the top of the form. It ends
before anything that an answer on the same page would change: its condition, its choices, its
number of turns, or its words. A repeat is a page of its own with all its turns.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from surveys.definition import Definition, Item

FULL = 15  # questions; only a group with the appearance field-list may be longer

Inputs = Callable[[Item], frozenset[str]]


@dataclass(frozen=True)
class Page:
    """Some items that are asked together.

    *part* is the group or repeat at the top of the form that they stand in, if any. A group or
    repeat among the items holds only what stands on this page. *key* is the name of the first.
    """

    key: str
    part: Item | None
    items: tuple[Item, ...]

    @cached_property
    def questions(self) -> list[Item]:
        """The notes and questions on this page, also those within groups and repeats."""
        return list(_leaves(self.items))


@dataclass(frozen=True)
class _Leaf:
    item: Item
    around: tuple[Item, ...]  # groups and repeats, from the outermost
    inputs: frozenset[str]

    @property
    def part(self) -> Item | None:
        return self.around[0] if self.around else None

    @property
    def repeat(self) -> Item | None:
        return next((each for each in self.around if each.kind == "repeat"), None)

    @property
    def field_list(self) -> Item | None:
        return next((each for each in self.around if "field-list" in each.appearance), None)


@dataclass
class _Draft:
    leaves: list[_Leaf] = field(default_factory=list)
    asked: set[str] = field(default_factory=set)

    def takes(self, leaf: _Leaf) -> bool:
        """Whether a leaf may follow on this page."""
        last = self.leaves[-1]
        together = last.part is leaf.part and last.repeat is leaf.repeat
        full = len(self.leaves) >= FULL and (
            leaf.field_list is None or last.field_list is not leaf.field_list
        )
        return together and not full and not leaf.inputs & self.asked

    def add(self, leaf: _Leaf) -> None:
        self.leaves.append(leaf)
        self.asked.add(leaf.item.name)
        self.asked.update(each.name for each in leaf.around if each.kind == "repeat")


def paged(definition: Definition, inputs: Inputs) -> list[Page]:
    """Return the pages; *inputs* tells which questions decide how an item is shown."""
    drafts: list[_Draft] = []
    for leaf in _spread(definition.items, (), frozenset(), inputs):
        if not drafts or not drafts[-1].takes(leaf):
            drafts.append(_Draft())
        drafts[-1].add(leaf)
    return [_page(draft.leaves) for draft in drafts]


def whole(pages: Iterable[Page]) -> Page:
    """Return all *pages* as one, for whoever has the answers before them already."""
    items: list[Item] = []
    for page in pages:
        part = page.part
        if part is None or part.kind != "group":
            items += page.items
        elif items and items[-1].name == part.name:
            items[-1] = replace(items[-1], items=(*items[-1].items, *page.items))
        else:
            items.append(replace(part, items=page.items))
    return Page("", None, tuple(items))


def _spread(
    items: Sequence[Item], around: tuple[Item, ...], inherited: frozenset[str], inputs: Inputs
) -> Iterator[_Leaf]:
    for item in items:
        deciding = inherited | inputs(item)
        if item.kind in ("group", "repeat"):
            yield from _spread(item.items, (*around, item), deciding, inputs)
        elif item.kind != "calculate":
            yield _Leaf(item, around, deciding)


def _page(leaves: Sequence[_Leaf]) -> Page:
    part = leaves[0].part
    hidden = 1 if part and part.kind == "group" else 0
    return Page(leaves[0].item.name, part, _gathered(leaves, hidden))


def _gathered(leaves: Sequence[_Leaf], depth: int) -> tuple[Item, ...]:
    """Put the leaves back into the groups they stand in, from *depth* downwards."""
    items: list[Item] = []
    runs: list[tuple[Item | None, list[_Leaf]]] = []
    for leaf in leaves:
        group = leaf.around[depth] if len(leaf.around) > depth else None
        if group is None or not runs or runs[-1][0] is not group:
            runs.append((group, []))
        runs[-1][1].append(leaf)
    for group, run in runs:
        if group is None:
            items.append(run[0].item)
        else:
            items.append(replace(group, items=_gathered(run, depth + 1)))
    return tuple(items)


def _leaves(items: Sequence[Item]) -> Iterator[Item]:
    for item in items:
        if item.kind in ("group", "repeat"):
            yield from _leaves(item.items)
        else:
            yield item
