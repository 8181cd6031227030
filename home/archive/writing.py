"""Writing a project into its archive, row by row: memory does not grow with the project.

The same project gives the same file, byte for byte, on whichever server and engine it lies:
rows are numbered anew from 1, the ZIP holds no times, and the date is that of the last change.
"""

import io
import json
import zipfile
from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.keys import Keyring
from core.models import UtcDateTime
from core.source import VERSION
from home.archive import describing, illustrating, values
from home.archive.deciding import LEFT, SEALED, Why
from home.archive.pointing import Pointing
from home.archive.shape import FILES, FORMAT, MANIFEST, Plan, wanted
from home.archive.telling import Teller
from people.models import Project

AT_ONCE = 500  # rows
CHUNK = 1 << 20
EARLIEST = (1980, 1, 1, 0, 0, 0)  # that a ZIP can say
AHEAD = {"opens", "closes", "due", "keep_until", "valid_until", "starts", "ends", "begins"}
Progress = Callable[[int], None]


class Pack:
    """A ZIP under way, and the SHA-256 of all that is in it."""

    def __init__(self, path: Path) -> None:
        self._zip = zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=6)
        self.files: dict[str, dict[str, object]] = {}

    def __enter__(self) -> "Pack":
        return self

    def __exit__(self, *_: object) -> None:
        self._zip.close()

    def add(self, name: str, content: Iterable[bytes]) -> None:
        """Write a file, piece by piece."""
        entry = zipfile.ZipInfo(name, EARLIEST)
        entry.compress_type = zipfile.ZIP_DEFLATED
        entry.create_system, entry.external_attr = 3, 0o644 << 16
        digest, size = sha256(), 0
        with self._zip.open(entry, "w", force_zip64=True) as file:
            for piece in content:
                file.write(piece)
                digest.update(piece)
                size += len(piece)
        self.files[name] = {"sha256": digest.hexdigest(), "bytes": size}


def count(session: Session, project: Project, *, with_contacts: bool) -> dict[str, int]:
    """Return how many rows of each table would go into an archive."""
    return {
        plan.name: session.scalar(
            select(func.count()).select_from(plan.counted(project.id).subquery())
        )
        or 0
        for plan in wanted(with_contacts)
    }


def write(
    session: Session,
    keys: Keyring,
    project: Project,
    path: Path,
    *,
    with_contacts: bool = False,
    progress: Progress = lambda _rows: None,
) -> dict[str, Any]:
    """Write *project* into an archive at *path* and return its manifest.

    The session must see one moment all the time; see ``core.stillness``.
    """
    with Pack(path) as pack:
        table = _Tables(session, keys, project, pack, with_contacts, progress)
        for plan in wanted(with_contacts):
            table.write(plan)
        for name, content in illustrating.pictures(session, keys, project):
            pack.add(name, [content])
        for name, text in describing.texts(wanted(with_contacts)):
            pack.add(name, [text.encode()])
        manifest = _manifest(project, table, pack, with_contacts)
        text = json.dumps(manifest, ensure_ascii=False, indent=1)
        pack.add(MANIFEST, [f"{text}\n".encode()])
    return manifest


class _Tables:
    """The tables of an archive under way; later ones refer to rows of earlier ones."""

    def __init__(
        self,
        session: Session,
        keys: Keyring,
        project: Project,
        pack: Pack,
        with_contacts: bool,
        progress: Progress,
    ) -> None:
        self._session, self._project, self._pack = session, project, pack
        self._teller = Teller(session, keys, project.id, with_contacts=with_contacts)
        self._progress = progress
        self._kept: dict[str, array[int]] = {}  # numbers in the database, in order
        self._pointing = Pointing(self._number)
        self.rows: dict[str, int] = {}
        self.latest = project.created

    def write(self, plan: Plan) -> None:
        numbers = self._session.scalars(
            plan.counted(self._project.id).order_by(plan.table.c.id)
        )
        self._kept[plan.name] = array("q", numbers)
        if not self._kept[plan.name]:
            return
        self._pack.add(plan.path, self._lines(plan))
        self.rows[plan.name] = len(self._kept[plan.name])
        for column in plan.files:
            self._write_files(plan, column.name)

    def _lines(self, plan: Plan) -> Iterator[bytes]:
        done = 0
        for some in self._rows(plan):
            for row in some:
                done += 1
                yield values.line_of(self._told(plan, row, done))
            self._progress(len(some))

    def _rows(self, plan: Plan) -> Iterator[list[dict[str, Any]]]:
        """Yield the rows of a table, some at once; what is a file is left for later."""
        kept, files = self._kept[plan.name], {column.name for column in plan.files}
        columns = [column for column in plan.table.columns if column.name not in files]
        for start in range(0, len(kept), AT_ONCE):
            some = kept[start : start + AT_ONCE]
            query = select(*columns).where(plan.table.c.id.in_(some))
            found = self._session.execute(query.order_by(plan.table.c.id))
            yield [dict(row._mapping) for row in found]

    def _told(self, plan: Plan, row: dict[str, Any], number: int) -> dict[str, object]:
        told = self._teller.tell(plan.name, self._pointing.turn(plan.name, row)) | {
            "id": number
        }
        for name, table in plan.refers.items():
            told[name] = self._number(table, told[name])
        for column in plan.columns:
            if isinstance(column.type, UtcDateTime) and column.name not in AHEAD:
                self.latest = max(self.latest, told[column.name] or self.latest)
        for column in plan.files:
            told[column.name] = self._place(plan, column.name, number)
        return {name: values.written(told[name]) for name in plan.names}

    def _number(self, table: str, value: int | None) -> int | None:
        """Return the number that a row has in the archive; none when it is not in it."""
        kept = self._kept[table]
        place = bisect_left(kept, value) if value is not None else len(kept)
        return place + 1 if place < len(kept) and kept[place] == value else None

    def _place(self, plan: Plan, column: str, number: int) -> str:
        return f"{FILES}/{plan.name}/{number}.{column}"

    def _write_files(self, plan: Plan, column: str) -> None:
        for number, kept in enumerate(self._kept[plan.name], 1):
            query = select(plan.table.c[column]).where(plan.table.c.id == kept)
            content = self._session.scalar(query) or b""
            self._pack.add(self._place(plan, column, number), _pieces(content))


def _pieces(content: bytes) -> Iterator[bytes]:
    view = io.BytesIO(content)
    return iter(lambda: view.read(CHUNK), b"")


def _manifest(
    project: Project, table: _Tables, pack: Pack, with_contacts: bool
) -> dict[str, Any]:
    sealed = {} if with_contacts else dict.fromkeys(SEALED, Why.CONTACTS)
    left: Mapping[str, Why] = {**LEFT, **sealed}
    return {
        "format": FORMAT,
        "kind": "osi-werkstatt project",
        "software": VERSION,
        "date": _moment(table.latest),
        "project": {
            "name": project.name,
            "slug": project.slug,
            "created": _moment(project.created),
        },
        "contacts": with_contacts,
        "rows": table.rows,
        "left_out": {name: str(left[name]) for name in sorted(left)},
        "files": dict(sorted(pack.files.items())),
    }


def _moment(when: datetime) -> str:
    return when.astimezone(UTC).isoformat()
