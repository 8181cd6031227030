"""Keeping the directory: adding, changing, checking, removing, and finding again."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime, timedelta
from decimal import Decimal
from importlib import resources
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from agency.funding.models import Programme
from core.errors import FormUsedTwice, Refusal, message
from core.models import change_as_seen, insert_once
from core.slugs import slugs
from people.models import Project
from people.naming import fold

LASTS = timedelta(days=180)  # after which what was checked may be wrong again


class CheckedMeanwhile(Refusal):
    reason = message("Somebody has checked this programme since. Their mark stays.")


@dataclass(frozen=True)
class Entry:
    """What somebody says of a programme; what is empty is not known."""

    name: str
    funder: str = ""
    kind: str = ""
    eligible: tuple[str, ...] = ()
    area: str = ""
    themes: tuple[str, ...] = ()
    contact: str = ""
    url: str = ""
    amount_min: Decimal | None = None
    amount_max: Decimal | None = None
    rate: Decimal | None = None
    own_funds: Decimal | None = None
    months_min: int | None = None
    months_max: int | None = None
    due: str = ""
    deadlines: tuple[date, ...] = ()
    cumulation: str = ""
    excludes: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    requirements: tuple[str, ...] = ()
    note: str = ""
    source: str = ""

    @property
    def columns(self) -> dict[str, Any]:
        values = {each.name: getattr(self, each.name) for each in fields(self)}
        for name in LISTS:
            values[name] = " ".join(values[name])
        values["deadlines"] = " ".join(day.isoformat() for day in sorted({*self.deadlines}))
        values["requirements"] = "\n".join(self.requirements)
        return values


LISTS = ("eligible", "themes", "excludes", "conditions")


def entry_of(programme: Programme) -> Entry:
    """Return what is kept, as it was entered."""
    values = {each.name: getattr(programme, each.name) for each in fields(Entry)}
    for name in LISTS:
        values[name] = tuple(values[name].split())
    values["deadlines"] = tuple(map(date.fromisoformat, values["deadlines"].split()))
    values["requirements"] = tuple(filter(None, values["requirements"].split("\n")))
    return Entry(**values)


def add(
    session: Session,
    project: Project,
    entry: Entry,
    by: str,
    now: datetime,
    *,
    form_key: str | None = None,
    code: str = "",
) -> Programme:
    """Enter a programme, unless this form has; nobody has checked it yet.

    :raise FormUsedTwice: when the same form brings something else
    """
    kept = {"by": by, "at": now, "form_key": form_key}
    for wish in (*([code] if code else ()), *_first(entry.name)):
        if form_key and (earlier := _by(session, project, form_key=form_key)):
            if entry_of(earlier) != entry:
                raise FormUsedTwice
            return earlier
        place = {"project_id": project.id, "code": wish}
        if added := insert_once(session, Programme, **place, **entry.columns, **kept):
            return added
    raise FormUsedTwice  # a thousand programmes of one name


def change(
    session: Session, it: Programme, entry: Entry, version: int, by: str, now: datetime
) -> None:
    """Replace what is said, if nobody has changed it since *version* was shown.

    :raise ChangedMeanwhile: when somebody has
    """
    change_as_seen(session, it, version, **entry.columns, by=by, at=now)


def note_checked(it: Programme, by: str, today: date) -> None:
    """Note that somebody compared the entry with its source; twice on a day is once."""
    if (it.last_checked, it.checked_by) == (today, by):
        return
    day = it.last_checked.isoformat() if it.last_checked else None
    it.before_check = [day, it.checked_by, it.verified]
    it.last_checked, it.checked_by, it.verified = today, by, "seen"
    it.changed()


def take_check_back(it: Programme, by: str, today: date) -> None:
    """Undo a check mark of today.

    :raise CheckedMeanwhile: when it is not theirs, or not of today
    """
    if it.before_check is None or (it.last_checked, it.checked_by) != (today, by):
        raise CheckedMeanwhile
    day, it.checked_by, it.verified = it.before_check
    it.last_checked = date.fromisoformat(day) if day else None
    it.before_check = None
    it.changed()


def is_old(it: Programme, today: date) -> bool:
    """Tell whether nobody has checked the entry for so long that it may be wrong."""
    return it.last_checked is None or not timedelta(0) <= today - it.last_checked <= LASTS


def remove(it: Programme, now: datetime) -> None:
    it.deleted = now
    it.changed()


def bring_back(it: Programme) -> None:
    it.deleted = None
    it.changed()


def listed(session: Session, project: Project) -> list[Programme]:
    """List the programmes by name."""
    query = select(Programme).filter_by(project_id=project.id, deleted=None)
    return sorted(session.scalars(query), key=lambda each: (fold(each.name), each.id))


def removed(session: Session, project: Project) -> list[Programme]:
    """List what was removed, the newest first."""
    query = select(Programme).filter_by(project_id=project.id)
    query = query.where(Programme.deleted.is_not(None)).order_by(Programme.deleted.desc())
    return list(session.scalars(query))


def has_any(session: Session, project: Project) -> bool:
    query = select(Programme.id).filter_by(project_id=project.id, deleted=None)
    return session.scalar(query.limit(1)) is not None


def found_in(
    programmes: Iterable[Programme],
    q: str = "",
    kind: str = "",
    theme: str = "",
    legal_form: str = "",
) -> list[Programme]:
    """Return those that fit what is looked for; whose legal forms are unknown fit any."""
    words = fold(q).split()
    return [
        each
        for each in programmes
        if kind in ("", each.kind)
        and (not theme or theme in each.themes.split())
        and (not legal_form or not each.eligible or legal_form in each.eligible.split())
        and all(word in fold(f"{each.name} {each.funder} {each.note}") for word in words)
    ]


def take_over(session: Session, project: Project, by: str, now: datetime) -> int:
    """Enter the programmes that the Werkstatt knows, each once; return how many are new."""
    text = resources.files("agency.funding").joinpath("programmes.json").read_text("utf-8")
    known = {each.code for each in session.scalars(_all(project))}
    fresh = [row for row in json.loads(text) if row["code"] not in known]
    return sum(_take(session, project, row, by, now) for row in fresh)


def _take(
    session: Session, project: Project, row: dict[str, Any], by: str, now: datetime
) -> bool:
    """Enter one of them, unless somebody else has just done so."""
    key = {"project_id": project.id, "code": row.pop("code")}
    kept = {"verified": row.pop("verified"), "by": by, "at": now}
    return bool(insert_once(session, Programme, **key, **_seed(row).columns, **kept))


def as_json(entry: Entry) -> dict[str, Any]:
    """Return an entry as JSON can hold it."""
    return json.loads(json.dumps(asdict(entry), default=str))  # type: ignore[no-any-return]


def from_json(values: dict[str, Any]) -> Entry:
    """Return an entry that JSON has held."""
    read: dict[str, Any] = {
        name: tuple(each) if isinstance(each, list) else each for name, each in values.items()
    }
    for name in ("amount_min", "amount_max", "rate", "own_funds"):
        read[name] = Decimal(read[name]) if read.get(name) is not None else None
    read["deadlines"] = tuple(map(date.fromisoformat, read["deadlines"]))
    return Entry(**read)


def _seed(row: dict[str, Any]) -> Entry:
    for name in LISTS:
        row[name] = row.get(name, "").split()
    row["requirements"] = row.get("requirements", "").splitlines()
    return from_json({"deadlines": [], **row})


def _all(project: Project) -> Any:
    return select(Programme).filter_by(project_id=project.id)


def _by(session: Session, project: Project, **key: object) -> Programme | None:
    found: Programme | None = session.scalar(_all(project).filter_by(**key))
    return found


def _first(name: str) -> list[str]:
    nice = slugs(name, "programme")
    return [next(nice) for _ in range(1_000)]
