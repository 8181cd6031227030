"""The kinds of file a network can be taken along as, and what each is good for."""

from dataclasses import dataclass

from core.errors import message

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Kind:
    """A kind of file: how its name ends, what a browser is told, what people are told."""

    ending: str
    mimetype: str
    label: str
    purpose: str
    is_read: bool = False  # whether it can be brought back in
    is_special: bool = False  # whether only programs for networks know it


KINDS_OF_FILE = {
    "xlsx": Kind(
        "xlsx", XLSX, "Excel",
        message("To look things up and to calculate: organisations, ties and wishes."),
        is_read=True,
    ),
    "csv": Kind(
        "zip", "application/zip", "CSV",
        message("The same tables for every other program, R and Python among them."),
        is_read=True,
    ),
    "gexf": Kind(
        "gexf", "application/xml", "GEXF",
        message("For Gephi and Gephi Lite; the organisations stand where they stand here."),
        is_read=True, is_special=True,
    ),
    "graphml": Kind(
        "graphml", "application/xml", "GraphML",
        message("For yEd, Cytoscape, igraph and networkx."),
        is_read=True, is_special=True,
    ),
    "kumu": Kind(
        "json", "application/json", "Kumu",
        message("To go on drawing in Kumu: import it there as a blueprint."),
        is_read=True, is_special=True,
    ),
    "pajek": Kind(
        "net", "text/plain", "Pajek",
        message("For Pajek: sectors as shapes and colours, what a tie is as its label."),
        is_read=True, is_special=True,
    ),
    "dl": Kind(
        "dl", "text/plain", "UCINET",
        message("For UCINET: names and how close each tie is; it can hold no more."),
        is_read=True, is_special=True,
    ),
    "svg": Kind(
        "svg", "image/svg+xml", "SVG",
        message("The picture for posters and print, sharp at any size."),
    ),
    "png": Kind("png", "image/png", "PNG", message("The picture for slides and letters.")),
}  # fmt: skip
ENDINGS = {  # of files that can be read, and what is in them
    "csv": "csv", "tsv": "csv", "txt": "csv", "zip": "csv", "xlsx": "xlsx", "gexf": "gexf",
    "graphml": "graphml", "xml": "graphml", "net": "pajek", "paj": "pajek", "dl": "dl",
    "json": "kumu",
}  # fmt: skip
