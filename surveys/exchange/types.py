"""The types of XLSForm in all their spellings, and what each becomes here."""

import re
from dataclasses import dataclass
from typing import Literal

from surveys.definition import Type

Treatment = Literal[
    "begin",
    "end",
    "note",
    "calculate",
    "question",
    "as text",
    "metadata",
    "unsupported",
    "unknown",
]

TYPES: dict[str, Type] = {
    "text": "text", "string": "text", "add text prompt": "text",
    "integer": "integer", "int": "integer", "add integer prompt": "integer",
    "decimal": "decimal", "add decimal prompt": "decimal",
    "date": "date", "add date prompt": "date",
    "time": "time", "add time prompt": "time",
    "datetime": "datetime", "date time": "datetime", "add date time prompt": "datetime",
    "acknowledge": "acknowledge", "add acknowledge prompt": "acknowledge",
    "trigger": "acknowledge",
    "geopoint": "geopoint", "gps": "geopoint", "location": "geopoint",
    "q geopoint": "geopoint", "add location prompt": "geopoint",
    "range": "range",
}  # fmt: skip
AS_TEXT = {"barcode", "q barcode", "add barcode prompt", "url", "phone"}
NOTES = {"note", "add note prompt"}
CALCULATIONS = {"calculate", "calculation", "add calculate prompt", "hidden"}
METADATA = {
    "start", "start time", "end", "end time", "get start time", "get end time", "today",
    "get today", "deviceid", "device id", "get device id", "imei", "subscriberid",
    "subscriber id", "get subscriber id", "simserial", "sim serial", "simid", "get sim id",
    "phonenumber", "phone number", "get phone number", "username", "email", "audit",
    "start-geopoint", "background-audio", "background-geopoint",
}  # fmt: skip
UNSUPPORTED = {
    "image", "photo", "picture", "add image prompt", "audio", "add audio prompt", "video",
    "add video prompt", "file", "add file prompt", "geotrace", "geoshape", "csv-external",
    "xml-external", "entity", "osm", "begin loop", "end loop", "include",
}  # fmt: skip

_SELECT = re.compile(
    r"(?P<word>select one from file|select multiple from file"
    r"|add select one prompt using|add select multiple prompt using"
    r"|select all that apply from|select all that apply|select one from|select one external"
    r"|select one|select multiple from|select multiple|select1|select|rank)"
    r"\s+(?P<list>\S.*?)(?P<other>\s+(?:or|or specify) other)?",
    re.IGNORECASE,
)
_MULTIPLE = ("add select multiple", "select all", "select multiple")
_GROUP = re.compile(r"(?P<side>begin|end) (?P<kind>group|repeat|lgroup)", re.IGNORECASE)


@dataclass(frozen=True)
class RowType:
    """What a row of the form is."""

    treatment: Treatment
    type: Type = ""
    kind: str = ""  # of a begin or end: group or repeat
    list: str = ""
    or_other: bool = False
    from_file: bool = False
    unusual: bool = False  # a spelling whose meaning is a guess


def row_type(written: str) -> RowType:
    """Read a type such as ``select_one yn``, ``begin group`` or ``dateTime``."""
    words = " ".join(written.split())
    plain = re.sub(r"(?<=[a-z])_(?=[a-z])", " ", words.split(" ")[0].lower())
    rest = words[len(words.split(" ")[0]) :]
    spaced = plain + rest
    if side := _GROUP.fullmatch(spaced):
        kind = "repeat" if side["kind"].lower() == "repeat" else "group"
        return RowType("begin" if side["side"].lower() == "begin" else "end", kind=kind)
    if select := _SELECT.fullmatch(_with_other(spaced)):
        return _select(select)
    return _simple(spaced.lower())


def _with_other(text: str) -> str:
    return re.sub(r"\s+or_(specify_)?other$", " or other", text, flags=re.IGNORECASE)


def _select(found: re.Match[str]) -> RowType:
    word = found["word"].lower()
    kind: Type = "select_one"
    if word.startswith(_MULTIPLE) or word == "select":
        kind = "select_multiple"
    if word == "rank":
        kind = "rank"
    external = word.endswith("from file") or word == "select one external"
    return RowType(
        "question",
        "text" if external else kind,
        list="" if external else found["list"].strip(),
        or_other=bool(found["other"]),
        from_file=external,
        unusual=word == "select",
    )


def _simple(plain: str) -> RowType:
    if plain in TYPES:
        return RowType("question", TYPES[plain])
    if plain in AS_TEXT:
        return RowType("as text", "text")
    if plain in NOTES:
        return RowType("note")
    if plain in CALCULATIONS:
        return RowType("calculate")
    if plain in METADATA:
        return RowType("metadata")
    return RowType("unsupported" if plain in UNSUPPORTED else "unknown")
