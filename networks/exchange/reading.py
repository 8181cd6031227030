"""A file of any kind that can be read into a network; which it is, its name says."""

import zlib
from collections.abc import Callable, Mapping

from core.errors import Refusal, message
from networks.exchange import dl, gexf, graphml, kumu, pajek, tables
from networks.exchange.kinds import ENDINGS
from networks.exchange.plain import PlainNetwork, Unreadable

LARGEST = 20_000_000  # bytes
READERS: Mapping[str, Callable[[bytes], PlainNetwork]] = {
    "csv": tables.read,
    "xlsx": tables.read_xlsx,
    "gexf": gexf.read,
    "graphml": graphml.read,
    "kumu": kumu.read,
    "pajek": pajek.read,
    "dl": dl.read,
}


class OtherKind(Refusal):
    reason = message(
        "This kind of file cannot be read. The name must end in .csv, .xlsx, .zip, .gexf, "
        ".graphml, .net, .dl or .json."
    )


class TooManyBytes(Refusal):
    reason = message("This file is too large. At most 20 MB can be read.")


class OnlyBesideTables(Refusal):
    reason = message("A second table of organisations goes with a table of ties only.")


def read(content: bytes, filename: str, nodes: bytes = b"") -> PlainNetwork:
    """Return the network in a file, with a second table of organisations, if any.

    :raise Refusal: when it is no network, with the line where that shows
    """
    if len(content) + len(nodes) > LARGEST:
        raise TooManyBytes
    kind = ENDINGS.get(filename.lower().rpartition(".")[2])
    if not kind:
        raise OtherKind
    if nodes and kind != "csv":
        raise OnlyBesideTables
    try:
        return tables.read(content, nodes) if nodes else READERS[kind](content)
    except (KeyError, RecursionError, ValueError, zlib.error):
        raise Unreadable(kind=kind.upper()) from None  # no tool writes files like that
