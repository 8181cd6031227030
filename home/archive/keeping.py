"""Archives that lie on the server for a day: written for a download, or brought to be read."""

import hashlib
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import Engine, delete, select, update
from sqlalchemy.orm import Session

from core.errors import FormUsedTwice
from core.keys import Keyring
from core.models import insert_once
from core.stillness import still
from home.archive.models import ProjectArchive
from home.archive.writing import count, write
from people.models import Project

FOLDER = "archives"
KEPT = timedelta(days=1)
STEP = 2_000  # rows between two notes of how far it is
PIECE = 1 << 20


def begin(
    session: Session,
    project: Project,
    by: str,
    form_key: str | None,
    now: datetime,
    *,
    with_contacts: bool,
) -> ProjectArchive:
    """Note who wants to take the project along; the same form notes it once.

    :raise FormUsedTwice: when the same form comes with another wish
    """
    values = {"by": by, "at": now, "with_contacts": with_contacts}
    owned = {"project_id": project.id, "form_key": form_key}
    if fresh := insert_once(session, ProjectArchive, **owned, **values):
        return fresh
    found = session.scalars(select(ProjectArchive).filter_by(**owned)).one()
    if found.with_contacts != with_contacts:
        raise FormUsedTwice
    return found


def make(engine: Engine, keys: Keyring, data: Path, number: int, now: datetime) -> None:
    """Write the archive with this number, and note how far it is as it goes on."""
    with Session(engine) as session:
        archive = session.get(ProjectArchive, number)
        if archive is None or archive.done:
            return
        path = place(data, archive)
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        project_id, with_contacts = archive.project_id, archive.with_contacts
    try:
        _write(engine, keys, path, number, project_id, with_contacts=with_contacts)
    except BaseException:
        path.unlink(missing_ok=True)
        _note(engine, number, failed=now)
        raise
    size, digest = path.stat().st_size, digest_of(path)
    _note(engine, number, done=now, failed=None, size=size, digest=digest)


def archives_of(session: Session, project: Project) -> Sequence[ProjectArchive]:
    """List who took the project along, the latest first."""
    query = select(ProjectArchive).filter_by(project_id=project.id)
    return session.scalars(query.order_by(ProjectArchive.id.desc())).all()


def place(data: Path, archive: ProjectArchive) -> Path:
    """Return where the file of an archive lies while it is kept."""
    return data / FOLDER / f"out-{archive.id}.zip"


def is_kept(data: Path, archive: ProjectArchive) -> bool:
    return archive.done is not None and place(data, archive).exists()


def clear(data: Path, now: datetime) -> int:
    """Delete the files that have lain for a day; return how many."""
    gone = 0
    for path in [*(data / FOLDER).glob("*.zip")]:
        with suppress(FileNotFoundError):
            if path.stat().st_mtime < (now - KEPT).timestamp():
                path.unlink()
                gone += 1
    return gone


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def remove_project(session: Session, project: Project) -> None:
    """Delete a project with all that is in it; there is no way back."""
    session.execute(delete(Project).where(Project.id == project.id))


def _write(
    engine: Engine,
    keys: Keyring,
    path: Path,
    number: int,
    project_id: int,
    *,
    with_contacts: bool,
) -> None:
    written = noted = 0

    def progress(rows: int) -> None:
        nonlocal written, noted
        written += rows
        if written - noted >= STEP:
            noted = written
            _note(engine, number, written=written)

    with still(engine) as session:
        project = session.get_one(Project, project_id)
        rows = sum(count(session, project, with_contacts=with_contacts).values())
        _note(engine, number, rows=rows)
        write(session, keys, project, path, with_contacts=with_contacts, progress=progress)
    _note(engine, number, written=written)


def _note(engine: Engine, number: int, **values: object) -> None:
    with Session(engine) as session:
        session.execute(
            update(ProjectArchive).where(ProjectArchive.id == number).values(values)
        )
        session.commit()
