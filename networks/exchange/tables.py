"""Tables of organisations, ties and wishes, as CSV in an archive or as one workbook."""

import csv
import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from core.errors import message
from core.sheets import (
    ROWS,
    TableTooLarge,
    as_text,
    csv_pieces,
    delimited,
    is_utf8,
    read_sheets,
    unescape,
)
from core.sheets import write_xlsx as write_sheets
from networks.exchange.attributes import (
    NODE_FACTS,
    TIE_FACTS,
    YES,
    column,
    facts_of_node,
    facts_of_tie,
    node_from,
    tie_from,
)
from networks.exchange.plain import (
    AtLine,
    Gathering,
    PlainNetwork,
    TooLarge,
    Unreadable,
    one_line,
)

Table = Sequence[Sequence[Any]]
EPOCH = (1980, 1, 1, 0, 0, 0)
NODES, TIES, WISHES = "nodes", "edges", "wishes"  # so that Gephi finds them by itself
UNPACKED = 40_000_000
WINDOWS = message("The file is not in UTF-8 and was read as Windows writes it in Europe.")


class NoColumn(Unreadable):
    reason = message(
        "There is no column “%(column)s”. The first line must name the columns, "
        "such as source, target and weight for ties, and id and label for organisations."
    )


def write(network: PlainNetwork) -> bytes:
    """Return an archive of CSV tables in which no cell is computed."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files(network).items():
            archive.writestr(zipfile.ZipInfo(name, EPOCH), content, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def files(network: PlainNetwork) -> dict[str, bytes]:
    """Return the CSV tables by the names of their files."""
    tables = _tables(network).items()
    return {f"{name}.csv": b"".join(csv_pieces(rows, delimiter=",")) for name, rows in tables}


def write_xlsx(network: PlainNetwork) -> bytes:
    """Return a workbook with a sheet for each table; no cell is computed."""
    return write_sheets(_tables(network))


def _tables(network: PlainNetwork) -> dict[str, Table]:
    nodes: list[list[Any]] = [["id", "label", *NODE_FACTS]]
    for node in network.nodes:
        facts = facts_of_node(node)
        nodes.append([node.id, node.label, *(facts.get(name) for name in NODE_FACTS)])
    direction = ["directed"] if network.directed else []
    ties: list[list[Any]] = [["source", "target", "weight", *TIE_FACTS, *direction]]
    for tie in network.ties:
        facts = facts_of_tie(tie)
        more = [int(tie.directed)] if direction else []
        values = (facts.get(name) for name in TIE_FACTS)
        ties.append([tie.source, tie.target, tie.weight, *values, *more])
    wishes: list[list[Any]] = [["source", "target"], *([*wish] for wish in network.wishes)]
    return {NODES: nodes, TIES: ties, WISHES: wishes}


def read(content: bytes, nodes: bytes = b"") -> PlainNetwork:
    """Return the network in a table of ties, with a second table of organisations, if any.

    An archive of ours holds both. Any delimiter will do, and UTF-8 or Windows' encoding.

    :raise Unreadable: when the columns are not there
    """
    if content.startswith(b"PK"):
        content, nodes = _unpacked(content)
    gathered = Gathering()
    if nodes:
        _nodes(gathered, _rows(nodes, "id"))
    _ties(gathered, _rows(content, "source", "target"))
    if not is_utf8(content) or not is_utf8(nodes):
        gathered.notes[WINDOWS] = None
    return gathered.network()


def read_xlsx(content: bytes) -> PlainNetwork:
    """Return the network in a workbook: one sheet lists ties, another may list organisations.

    :raise Unreadable: when no sheet lists ties
    """
    sheets = {
        title: _by_head(enumerate(rows, 1)) for title, rows in read_sheets(content).items()
    }
    ties = [
        rows for rows in sheets.values() if rows and rows[0][1].keys() >= {"source", "target"}
    ]
    nodes = [rows for rows in sheets.values() if rows and rows[0][1].keys() >= {"id", "label"}]
    if not ties:
        raise NoColumn(column="source")
    if max(map(len, sheets.values())) >= ROWS:  # what lies beyond was not looked at
        raise TooLarge
    gathered = Gathering()
    if nodes:
        _nodes(gathered, nodes[0])
    _ties(gathered, ties[0])
    return gathered.network()


def _unpacked(content: bytes) -> tuple[bytes, bytes]:
    """Return the tables of ties and of organisations in an archive."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            sizes = {each.filename: each.file_size for each in archive.infolist()}
            if sum(sizes.values()) > UNPACKED:
                raise TableTooLarge
            names = [f"{TIES}.csv", f"{NODES}.csv"]
            ties, nodes = (archive.read(name) if name in sizes else b"" for name in names)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError):
        raise Unreadable(kind="CSV") from None
    if not ties:
        raise Unreadable(kind="CSV")
    return ties, nodes


def _rows(content: bytes, *wanted: str) -> list[tuple[int, dict[str, str]]]:
    """Return the rows of a CSV by its head, each with its line.

    :raise NoColumn: when one that is *wanted* is not there
    """
    lines, delimiter = delimited(text := as_text(content))
    skipped = len(text.splitlines()) - len(lines.splitlines())
    reader = csv.reader(io.StringIO(lines, newline=""), delimiter=delimiter)
    try:
        rows = _by_head((reader.line_num + skipped, row) for row in reader)
    except csv.Error:
        raise AtLine(line=reader.line_num + skipped, kind="CSV") from None
    for name in wanted:
        if not rows or name not in rows[0][1]:
            raise NoColumn(column=name)
    return [(line, {name: unescape(cell) for name, cell in row.items()}) for line, row in rows]


def _by_head(rows: Iterator[tuple[int, Sequence[str]]]) -> list[tuple[int, dict[str, str]]]:
    """Return every row as what its columns say; the head as the first, blank ones not."""
    filled = ((line, row) for line, row in rows if any(cell.strip() for cell in row))
    head = [column(title) for title in next(filled, (0, []))[1]]
    found = [(0, dict.fromkeys(head, ""))] if head else []
    for line, row in filled:
        cells = [cell.strip() for cell in row] + [""] * (len(head) - len(row))
        said: dict[str, str] = {}
        for name, cell in zip(head, cells, strict=False):
            said.setdefault(name, cell)
        found.append((line, said))
    return found


def _nodes(gathered: Gathering, rows: Sequence[tuple[int, Mapping[str, str]]]) -> None:
    for line, row in rows[1:]:
        gathered.node(node_from(row.get("id", ""), row, line), line)


def _ties(gathered: Gathering, rows: Sequence[tuple[int, Mapping[str, str]]]) -> None:
    for line, row in rows[1:]:
        directed = row.get("directed", "").casefold() in YES
        tie = tie_from(one_line(row["source"]), one_line(row["target"]), row, line, directed)
        gathered.tie(tie, line, ends_are_known=False)
