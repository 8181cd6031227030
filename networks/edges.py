"""Reading a network from a table of ties: ``source,target[,weight]``, and of nodes."""

import csv
from collections.abc import Iterator
from pathlib import Path

import networkx as nx

from core.errors import Refusal, message


class NotATable(Refusal):
    """A file is no table of ties."""

    reason = message("%(file)s: %(problem)s")


def read(path: Path, *, directed: bool = False) -> "nx.Graph[str]":
    """Return the graph of the ties in a file; a tie to oneself is left out.

    :raise NotATable: when there are no columns ``source`` and ``target``, or a weight is
        not a number
    """
    graph: nx.Graph[str] = nx.DiGraph() if directed else nx.Graph()
    for number, row in _rows(path, ("source", "target")):
        source, target = row["source"], row["target"]
        if not source or not target:
            raise NotATable(file=path.name, problem=f"line {number} names only one end")
        graph.add_nodes_from((source, target))
        if source != target:
            graph.add_edge(source, target, weight=_weight(path, number, row.get("weight", "")))
    return graph


def read_sectors(path: Path) -> dict[str, str]:
    """Return the sector of each node in a file with the columns ``id`` and ``sector``.

    :raise NotATable: when there are no such columns
    """
    return {row["id"]: row["sector"] for _number, row in _rows(path, ("id", "sector"))}


def _rows(path: Path, wanted: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise NotATable(file=path.name, problem="not a file of text in UTF-8") from error
    head = text.partition("\n")[0]
    delimiter = max(",;\t", key=head.count)
    table = csv.DictReader(text.splitlines(), delimiter=delimiter)
    missing = [name for name in wanted if name not in (table.fieldnames or ())]
    if missing:
        problem = f"there is no column {' and no column '.join(missing)}"
        raise NotATable(file=path.name, problem=problem)
    for row in table:
        yield table.line_num, {name: (row[name] or "").strip() for name in row if name}


def _weight(path: Path, number: int, text: str) -> float:
    try:
        return float(text) if text else 1.0
    except ValueError:
        raise NotATable(
            file=path.name, problem=f"line {number}: the weight “{text}” is no number"
        ) from None
