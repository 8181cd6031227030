"""Which questions of a form have answers in an order, and which stand together as a matrix."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from surveys.definition import Choice, Definition, Item

ORDER = ("rank", "midpoint")  # columns of a list that put its choices in an order
NO_ANSWER = {"dk", "skip", "na", "n_a", "refused", "none_of_these"}
STEPS = 5  # more than so many shades nobody can tell apart


@dataclass(frozen=True)
class Steps:
    """The ordered choices of a list, and those that say nothing about the order."""

    ordered: tuple[Choice, ...]
    apart: tuple[Choice, ...]


@dataclass(frozen=True)
class Block:
    """Questions that are shown as one: the rows of a matrix, or a single question."""

    group: Item | None
    questions: tuple[Item, ...]


def steps_of(definition: Definition, item: Item) -> Steps | None:
    """Return the steps of a question whose answers have an order."""
    choices = definition.lists.get(item.list, ())
    columns = [name for name in ORDER if any(name in each.attributes for each in choices)]
    if item.type != "select_one" or not (columns or _looks_ordered(item)):
        return None
    if not columns:
        ordered = [each for each in choices if each.name not in NO_ANSWER]
    else:
        ordered = [each for each in choices if each.attributes.get(columns[0])]
        ordered.sort(key=lambda each: _place(each.attributes[columns[0]]))
    apart = tuple(each for each in choices if each not in ordered)
    return Steps(tuple(ordered), apart)


def is_scale(definition: Definition, item: Item) -> bool:
    """Tell whether the answers of a question can be drawn as shades of one bar."""
    steps = steps_of(definition, item)
    return steps is not None and 2 <= len(steps.ordered) <= STEPS


def blocks(
    definition: Definition, items: Sequence[Item], group: Item | None
) -> Iterator[Block]:
    """Yield the questions of a part, the rows of a matrix together; repeats are left whole."""
    rows: list[Item] = []
    for item in items:
        if rows and not (_is_row(item) and item.list == rows[0].list):
            yield Block(group, tuple(rows))
            rows = []
        if _is_row(item) and is_scale(definition, item):
            rows.append(item)
        elif item.kind == "group":
            yield from blocks(definition, item.items, item)
        elif item.kind == "repeat" or (item.kind == "question" and not is_head(item)):
            yield Block(group, (item,))
    if rows:
        yield Block(group, tuple(rows))


def _looks_ordered(item: Item) -> bool:
    return "likert" in item.appearance or _is_row(item)


def _is_row(item: Item) -> bool:
    return item.type == "select_one" and "list-nolabel" in item.appearance


def is_head(item: Item) -> bool:
    """Tell whether an item only prints the choices above a matrix."""
    return item.appearance.split()[:1] == ["label"]


def _place(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return float("inf")
