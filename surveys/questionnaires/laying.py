"""Laying out a page: which questions share a card, and what stands on its index tab."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Literal

from surveys.definition import Choice, Definition, Item, text_in

Kind = Literal["note", "fields", "question", "matrix", "group", "repeat"]
INPUTS = {"text", "integer", "decimal", "date", "time", "datetime", "geopoint"}
CODE = re.compile(r"\s*([A-Z]{0,4}\d{1,3}(?:\.\d+)?[a-z]?|[A-Z])[.):]\s+(?=\S)")
SHORT = 34  # characters of a choice that fits on a chip
SHORT_STEP = 20  # characters of a step that fits below a scale
MANY = 8  # choices; more make a native list where the form asks for little room


@dataclass(frozen=True)
class Block:
    """A card of a page, or several below a heading."""

    kind: Kind
    item: Item | None = None
    items: tuple[Item, ...] = ()
    blocks: tuple["Block", ...] = ()


def laid_out(items: Sequence[Item]) -> tuple[Block, ...]:
    """Return the cards for *items*: inputs without a number of their own share one."""
    blocks: list[Block] = []
    for kind, run in groupby(items, _kind):
        for block in _blocks(kind, [*run]):
            if blocks and block.kind == "fields" and _heads(blocks[-1]):
                block = replace(block, item=blocks.pop().item)
            blocks.append(block)
    return tuple(blocks)


def split_code(text: str) -> tuple[str, str]:
    """Part "D2. Wir möchten …" into what stands on the index tab and the rest."""
    found = CODE.match(text)
    return (found[1], text[found.end() :]) if found else ("", text)


def code_of(item: Item, language: str, fallback: str) -> str:
    return split_code(text_in(item.label, language, fallback)[0])[0]


def choices_of(definition: Definition, item: Item) -> tuple[Choice, ...]:
    return tuple(definition.lists.get(item.list, ()))


def look_of(definition: Definition, item: Item, language: str) -> str:
    """Say how a question with choices looks: select, scale, chips or choices."""
    texts = [
        text_in(choice.label, language, definition.default_language)[0]
        for choice in choices_of(definition, item)
    ]
    longest = max(map(len, texts), default=0)
    appearance = item.appearance.split()
    if item.type == "select_one":
        if "minimal" in appearance and len(texts) > MANY:
            return "select"
        if item.osi.get("tie") == "strength" and 2 <= len(texts) <= 5:
            return "scale"
        if {"likert", "horizontal"} & {*appearance} and 2 <= len(texts) <= 5:
            return "scale" if longest <= SHORT_STEP else "choices"
    few = {"minimal", "quick", "columns", "horizontal", "columns-pack", "horizontal-compact"}
    if item.type == "select_multiple" and ({*appearance} & few or "tie" in item.osi):
        return "chips" if longest <= SHORT else "choices"
    return "choices"


def steps_of(item: Item) -> list[str]:
    """List the steps of a range when they are few enough to be seen, else nothing."""
    start, end, step = limits_of(item)
    number = int((end - start) / step) + 1 if step > 0 else 0
    if not 2 <= number <= 11:
        return []
    return [f"{start + place * step:g}" for place in range(number)]


def limits_of(item: Item) -> tuple[float, float, float]:
    """Return the first and the last number of a range, and the step between."""
    given = parameters_of(item)
    return (
        _number(given.get("start"), 0.0),
        _number(given.get("end"), 10.0),
        _number(given.get("step"), 1.0),
    )


def parameters_of(item: Item) -> Mapping[str, str]:
    pairs = (part.partition("=") for part in re.split(r"[\s;,]+", item.parameters))
    return {name.strip(): value.strip() for name, _, value in pairs if value}


def leaves(items: Sequence[Item]) -> Iterator[Item]:
    """Yield the questions among *items*, also those in groups and repeats."""
    for item in items:
        if item.kind == "question" and item.appearance.split()[:1] != ["label"]:
            yield item
        yield from leaves(item.items)


def _heads(block: Block) -> bool:
    """Whether a numbered note is the question to which the next fields are the answers."""
    note = block.item
    return (
        block.kind == "note"
        and note is not None
        and not note.relevant
        and any(split_code(text)[0] for text in note.label.values())
    )


def _kind(item: Item) -> Kind:
    if item.kind in ("note", "group", "repeat"):
        return item.kind
    if {"list-nolabel", "label"} & {*item.appearance.split()}:
        return "matrix"
    return "fields" if item.type in INPUTS else "question"


def _blocks(kind: Kind, run: list[Item]) -> Iterator[Block]:
    if kind == "matrix":
        head = next((item for item in run if "list-nolabel" not in item.appearance), None)
        rows = tuple(item for item in run if item is not head)
        if rows:
            yield Block("matrix", head, rows)
    elif kind == "fields":
        yield from _fields(run)
    else:
        for item in run:
            yield Block(kind, item, blocks=laid_out(item.items))


def _fields(run: list[Item]) -> Iterator[Block]:
    together: list[Item] = []
    for item in run:
        numbered = any(split_code(text)[0] for text in item.label.values())
        if together and numbered:
            yield Block("fields", items=tuple(together))
            together = []
        together.append(item)
    yield Block("fields", items=tuple(together))


def _number(text: str | None, otherwise: float) -> float:
    try:
        return float(text or "")
    except ValueError:
        return otherwise
