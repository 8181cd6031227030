"""Opening an archive that anybody may have made: nothing of it is trusted, nothing unpacked.

Files are read from the ZIP piece by piece, never written to a disk under a name from it.
"""

import json
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import IO, Any

from home.archive import values
from home.archive.refusing import Damaged, Newer, NotAnArchive, TooMuch, Unfitting, Unknown
from home.archive.shape import FORMAT, MANIFEST, TABLES, Plan, plans, wanted

LARGEST = 8_000_000_000  # bytes, unpacked
LARGEST_MANIFEST = 100_000_000
LARGEST_LINE = 20_000_000
LARGEST_FILE = 50_000_000  # a picture or a recording
MOST = 500_000  # files
PIECE = 1 << 20
NAME = re.compile(r"[\w-]+(?:\.[\w-]+)*(?:/[\w-]+(?:\.[\w-]+)*)*", re.ASCII)
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
LONGEST_NAME = 200
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    KeyError,
    ValueError,
    NotImplementedError,
    RuntimeError,
    OSError,
    EOFError,
    RecursionError,
)


@dataclass(frozen=True)
class About:
    """What an archive says of itself."""

    name: str
    slug: str
    created: datetime
    date: datetime
    software: str
    contacts: bool
    rows: Mapping[str, int]


class Archive:
    """An archive whose manifest was read; its files are checked when they are."""

    def __init__(self, opened: zipfile.ZipFile) -> None:
        self._zip = opened
        self._entries = _entries(opened)
        self._manifest = self._read_manifest()
        self.about = _about(self._manifest)
        self.plans = wanted(self.about.contacts)
        self._check_tables()

    def check(self) -> None:
        """Compare all files with their checksums.

        :raise Damaged: when one is not as it was written
        """
        for name, said in self._manifest["files"].items():
            digest, size = sha256(), 0
            try:
                with self._open(name) as file:
                    while piece := file.read(PIECE):
                        digest.update(piece)
                        size += len(piece)
            except BROKEN as error:
                raise Damaged(file=name) from error
            if said != {"sha256": digest.hexdigest(), "bytes": size}:
                raise Damaged(file=name)

    def rows(self, plan: Plan) -> Iterator[dict[str, Any]]:
        """Yield the rows of a table; they have the right columns, and numbers from 1.

        :raise Unfitting: when a line is none
        """
        if plan.path not in self._entries:
            return
        known = {*plan.names}
        with self._open(plan.path) as file:
            for number, line in enumerate(iter(lambda: file.readline(LARGEST_LINE), b""), 1):
                try:
                    row = values.parsed(line)
                except ValueError as error:
                    raise Unfitting(file=plan.path, line=number) from error
                if row.get("id") != number or isinstance(row["id"], bool):
                    raise Unfitting(file=plan.path, line=number)
                if more := sorted({*row} - known):
                    raise Unknown(file=plan.path, name=more[0][:40])
                yield row

    def file(self, name: object) -> bytes:
        """Return a picture or recording.

        :raise ValueError: when there is none of this name
        """
        if not isinstance(name, str) or name not in self._entries:
            raise ValueError
        if self._entries[name].file_size > LARGEST_FILE:
            raise ValueError
        with self._open(name) as file:
            return file.read()

    def _open(self, name: str) -> IO[bytes]:
        return self._zip.open(self._entries[name])

    def _read_manifest(self) -> dict[str, Any]:
        if self._entries[MANIFEST].file_size > LARGEST_MANIFEST:
            raise TooMuch(gigabytes=LARGEST // 10**9)
        found = values.parsed(self._zip.read(self._entries[MANIFEST]))
        if found.get("kind") != "osi-werkstatt project":
            raise NotAnArchive
        format = found.get("format")
        if isinstance(format, int) and format > FORMAT:
            raise Newer(found=format, known=FORMAT)
        files = found.get("files")
        if format != FORMAT or not isinstance(files, dict):
            raise NotAnArchive
        if {*files} != {*self._entries} - {MANIFEST}:
            odd = sorted({*files} ^ ({*self._entries} - {MANIFEST}))
            raise Damaged(file=odd[0][:80])
        return found

    def _check_tables(self) -> None:
        known = {plan.path for plan in self.plans}
        for name in self._entries:
            if name.startswith(f"{TABLES}/") and name not in known:
                raise Unknown(file=MANIFEST, name=name[:80])


@contextmanager
def opened(path: Path) -> Iterator[Archive]:
    """Open an archive.

    :raise NotAnArchive: when it is none
    :raise Damaged: when something of it lacks, or is more than it says
    :raise Newer: when a newer Werkstatt wrote it
    :raise TooMuch: when it unpacks to too much
    """
    with ExitStack() as stack:
        try:
            archive = Archive(stack.enter_context(zipfile.ZipFile(path)))
        except BROKEN as error:
            raise NotAnArchive from error
        yield archive


def look(path: Path) -> About:
    """Say what is in an archive, after all of it was compared with its checksums."""
    with opened(path) as archive:
        archive.check()
        for plan in archive.plans:
            for _ in zip(archive.rows(plan), range(1), strict=False):
                pass  # the first row tells of columns that nobody knows
        return archive.about


def _entries(opened: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    infos = opened.infolist()
    if len(infos) > MOST or sum(info.file_size for info in infos) > LARGEST:
        raise TooMuch(gigabytes=LARGEST // 10**9)
    found = {info.filename: info for info in infos}
    if len(found) != len(infos) or not all(NAME.fullmatch(name) for name in found):
        raise NotAnArchive
    if len({name.lower() for name in found}) != len(found):
        raise NotAnArchive
    return found


def _about(manifest: Mapping[str, Any]) -> About:
    project, rows = manifest["project"], manifest["rows"]
    name, slug = project["name"], project["slug"]
    software, contacts = manifest["software"], manifest["contacts"]
    whole = isinstance(rows, dict) and all(
        isinstance(number, int) and number >= 0 for number in rows.values()
    )
    texts = all(isinstance(text, str) for text in (name, slug, software))
    if not whole or not texts or not isinstance(contacts, bool):
        raise NotAnArchive
    if not 0 < len(name.strip()) <= LONGEST_NAME or len(software) > LONGEST_NAME:
        raise NotAnArchive
    if not SLUG.fullmatch(slug) or len(slug) > LONGEST_NAME or {*rows} - {*plans()}:
        raise NotAnArchive
    moments = [_moment(manifest["date"]), _moment(project["created"])]
    return About(name, slug, moments[1], moments[0], software, contacts, rows)


def _moment(text: object) -> datetime:
    when = datetime.fromisoformat(text) if isinstance(text, str) else None
    if when is None or when.tzinfo is None or not 1 < when.year < datetime.max.year:
        raise NotAnArchive
    return when


def about_to_json(about: About) -> dict[str, Any]:
    """Return what an archive says of itself as plain data."""
    plain = json.loads(json.dumps(about.__dict__, default=datetime.isoformat))
    assert isinstance(plain, dict)  # noqa: S101 - it was one
    return plain
