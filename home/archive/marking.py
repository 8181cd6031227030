"""Marks by which what was erased is known again, and nothing else is.

An archive holds a hash of the key by which an erasure is replayed. What came out of an archive
keeps that mark, so that erased answers do not come back with an older archive, not even with
one that was made from the copy.
"""

from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from secrets import token_hex

from core import erasing

FROM = "archive"
MARKED: Mapping[str, str] = {"response": "key_hash", "interview": "key", "idea": "form_key"}
ERASURES = ("response", "interview")


def mark_of(key: str) -> str:
    """Return the mark of a row with this key; a row from an archive has one already."""
    first, _, rest = key.partition(" ")
    mark = rest.partition(" ")[0]
    if first == FROM and len(mark) == 64:
        return mark
    return sha256(f"{FROM} {key}".encode()).hexdigest()


def origin_of(form_key: str, source_key: str | None) -> str:
    """Return the mark of what a card came from, or nothing when it was written in the room."""
    if source_key:
        return mark_of(source_key)
    mark = form_key.removeprefix(f"{FROM} ").partition(" ")[0]
    return mark if form_key.startswith(f"{FROM} ") and len(mark) == 64 else ""


def key_with(mark: str) -> str:
    """Return a key that nothing has yet, for a row with this mark."""
    return f"{FROM} {mark} {token_hex(8)}" if mark else f"{FROM} {token_hex(16)}"


def erased(data: Path) -> frozenset[str]:
    """Return the marks of all that was erased on this server."""
    return frozenset(mark_of(key) for what in ERASURES for key in erasing.keys_of(data, what))
