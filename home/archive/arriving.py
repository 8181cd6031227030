"""Archives that somebody brought: looked at, taken over into a project, and taken back."""

from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from core.clock import ZONE
from core.errors import Refusal, message
from core.keys import Keyring
from core.models import insert_once
from home.archive.bringing import bring, is_free
from home.archive.keeping import FOLDER, KEPT, remove_project
from home.archive.models import ArchiveDraft
from home.archive.opening import about_to_json, look
from home.archive.refusing import AddressTaken
from people.beginning import NotForEveryone
from people.models import Project, User


class Gone(Refusal):
    reason = message("This file was kept for a day and is gone. Please bring it again.")


def place(data: Path, key: str) -> Path:
    """Return where a file lies that was brought with the form of this key."""
    folder = data / FOLDER
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder / f"in-{key}.zip"


def receive(
    session: Session, data: Path, user: User, filename: str, form_key: str, now: datetime
) -> ArchiveDraft:
    """Look at a file that lies at its place, and keep it until it is taken over.

    :raise NotForEveryone: when *user* is no administrator
    :raise Refusal: when it is no archive, or one that was changed
    """
    if not user.is_administrator:
        raise NotForEveryone
    about = about_to_json(look(place(data, form_key)))
    values = {"user_id": user.id, "filename": filename[:200], "created": now, "about": about}
    draft = insert_once(session, ArchiveDraft, form_key=form_key, **values)
    return draft or session.scalars(select(ArchiveDraft).filter_by(form_key=form_key)).one()


def draft_of(session: Session, user: User, number: int) -> ArchiveDraft | None:
    """Return what *user* brought under this number."""
    return session.scalar(select(ArchiveDraft).filter_by(id=number, user_id=user.id))


def begin(session: Session, data: Path, draft: ArchiveDraft, slug: str, now: datetime) -> bool:
    """Begin to take an archive over, unless that was begun already; tell whether it was now.

    :raise AddressTaken: when a project has the address
    :raise AddressWrong: when it is none
    :raise Gone: when the file was kept long enough
    """
    if draft.begun:
        return False
    if not is_free(session, slug):
        raise AddressTaken(slug=slug)
    if not place(data, draft.form_key).exists():
        raise Gone
    first = update(ArchiveDraft).where(
        ArchiveDraft.id == draft.id, ArchiveDraft.begun.is_(None)
    )
    first = first.values(begun=now, slug=slug, trouble={})
    return session.scalar(first.returning(ArchiveDraft.id)) is not None


def take_over(session: Session, keys: Keyring, data: Path, number: int, now: datetime) -> None:
    """Bring the project in; what refuses is noted, and nothing of it stays."""
    draft = session.get(ArchiveDraft, number)
    if draft is None or draft.done or not draft.begun:
        return
    path, today = place(data, draft.form_key), now.astimezone(ZONE).date()
    try:
        project = bring(session, keys, data, path, draft.slug, draft.user, today)
        draft.project_id, draft.done = project.id, now
    except (Refusal, OSError) as error:
        session.rollback()
        refusal = error if isinstance(error, Refusal) else Gone()
        trouble = {"reason": refusal.reason, "values": refusal.values}
        _note(session, number, begun=None, trouble=trouble)
    else:
        path.unlink(missing_ok=True)
    session.commit()


def may_be_undone(draft: ArchiveDraft, now: datetime) -> bool:
    return bool(draft.project_id and draft.done and now - draft.done < KEPT)


def undo(session: Session, data: Path, draft: ArchiveDraft, now: datetime) -> None:
    """Delete the project that came of an archive, or forget an archive that became none."""
    project = session.get(Project, draft.project_id) if draft.project_id else None
    if project and may_be_undone(draft, now):
        remove_project(session, project)
    place(data, draft.form_key).unlink(missing_ok=True)
    session.execute(delete(ArchiveDraft).where(ArchiveDraft.id == draft.id))


def clear(session: Session, now: datetime) -> None:
    """Forget what was brought more than a day ago; the projects that came of it stay."""
    session.execute(delete(ArchiveDraft).where(ArchiveDraft.created < now - KEPT))


def _note(session: Session, number: int, **values: Any) -> None:
    session.execute(update(ArchiveDraft).where(ArchiveDraft.id == number).values(values))
