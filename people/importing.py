"""From an address list into the register: draft, report per row, one import, one undo."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from core.errors import FormUsedTwice, Refusal, message
from core.keys import Keyring
from core.models import insert_once
from people.columns import Line, Words, guess_columns, has_head, read_lines
from people.comparing import Row, State, compare, counted
from people.contacts import (
    KEY,
    Person,
    contacts_of,
    first_contacts,
    forget_contacts,
    keep_contact,
)
from people.models import ImportDraft, Organisation, Project, Sector
from people.naming import registered, spellings
from people.register import (
    Entry,
    add_organisations,
    change_organisation,
    entry_of,
    remove_all,
)

MOST = 5_000  # rows
KEPT = timedelta(hours=24)


class NoRows(Refusal):
    reason = message(
        "This file has no rows. Please choose a list with one row per organisation."
    )


class TooManyRows(Refusal):
    reason = message(
        "This list has more than 5,000 rows. Please divide it and import the parts."
    )


class DraftExpired(Refusal):
    """What was uploaded is kept for a day only."""

    reason = message(
        "This list was uploaded more than a day ago. Please choose the file again."
    )


def begin(
    session: Session,
    keys: Keyring,
    project: Project,
    table: Sequence[Sequence[str]],
    filename: str,
    form_key: str,
    now: datetime,
) -> ImportDraft:
    """Keep a list, sealed and for a day, and guess what its columns hold.

    :raise NoRows: when nothing is in it
    :raise TooManyRows: when it is too long
    :raise FormUsedTwice: when the same form brings another list
    """
    filled = sum(1 for row in table if any(row))
    if not filled:
        raise NoRows
    if filled > MOST + 1:
        raise TooManyRows
    forget(session, now)
    settings = {"columns": guess_columns(table), "head": has_head(table)}
    settings |= {"sector": "", "existing": "leave"}
    draft = insert_once(
        session,
        ImportDraft,
        project_id=project.id,
        filename=filename,
        form_key=form_key,
        created=now,
        sealed=keys.seal(KEY, json.dumps(table), _place(project.id, form_key)),
        settings=settings,
    )
    if draft is None:
        earlier = select(ImportDraft).filter_by(project_id=project.id, form_key=form_key)
        draft = session.scalars(earlier).one()
        if not draft.imported and _unseal(keys, draft) != [[*row] for row in table]:
            raise FormUsedTwice
    return draft


def forget(session: Session, now: datetime) -> None:
    """Forget lists after a day: those never imported wholly, of the others what they held."""
    old = ImportDraft.created < now - KEPT
    session.execute(delete(ImportDraft).where(old, ImportDraft.imported.is_(None)))
    session.execute(update(ImportDraft).where(old).values(sealed=""))


def table_of(keys: Keyring, draft: ImportDraft) -> list[list[str]]:
    """Return the rows of the file.

    :raise DraftExpired: when they are not kept any more
    """
    table: list[list[str]] = _unseal(keys, draft)
    return table


def settle(draft: ImportDraft, **settings: object) -> None:
    """Keep what somebody chose for the whole file: columns, head, sector, existing."""
    draft.settings = {**draft.settings, **settings}


def preview(
    session: Session, keys: Keyring, project: Project, draft: ImportDraft, words: Words
) -> list[Row]:
    """Say of every row what would become of it; nothing is written.

    :raise DraftExpired: when the rows are not kept any more
    """
    settings = draft.settings
    lines = read_lines(table_of(keys, draft), settings["columns"], settings["head"], words)
    return compare(lines, registered(session, project), settings["sector"])


def bring_in(
    session: Session,
    keys: Keyring,
    project: Project,
    draft: ImportDraft,
    words: Words,
    now: datetime,
) -> None:
    """Enter the rows into the register, all or none; asking twice imports once.

    :raise DraftExpired: when the rows are not kept any more
    """
    first = update(ImportDraft).filter_by(id=draft.id, imported=None).values(imported=now)
    if not session.scalar(first.returning(ImportDraft.id)):
        session.refresh(draft)
        return
    rows = preview(session, keys, project, draft, words)
    new = [row.line for row in rows if row.state == State.NEW]
    entries = [Entry(name=line.name, **values_of(line)) for line in new]
    entered = add_organisations(session, project, entries, now)
    people = [line.person for line in new]
    first_contacts(session, keys, zip(entered, people, strict=True))
    added = [organisation.id for organisation in entered]
    same = [row for row in rows if row.state == State.SAME]
    update_them = draft.settings["existing"] == "update"
    before = _update(session, keys, same) if update_them else []
    draft.imported, draft.report = now, _report(rows, len(before))
    way_back = json.dumps({"added": added, "before": before})
    draft.sealed = keys.seal(KEY, way_back, _place(draft.project_id, draft.form_key))


def undo(session: Session, keys: Keyring, draft: ImportDraft, now: datetime) -> list[str]:
    """Take an import back as a whole; return the codes of what was changed since and stays.

    :raise DraftExpired: when it is too long ago
    """
    way_back = _unseal(keys, draft)
    first = update(ImportDraft).filter_by(id=draft.id, undone=None)
    first = first.where(ImportDraft.imported.is_not(None)).values(undone=now)
    if not session.scalar(first.returning(ImportDraft.id)):
        return []
    kept = _remove_untouched(session, way_back["added"], now)
    earlier = {each["id"]: each for each in way_back["before"]}
    for organisation in _by_id(session, earlier):
        past = earlier[organisation.id]
        if organisation.version != past["version"]:
            kept.append(organisation.code)
            continue
        entry = Entry(**{name: _thing(name, value) for name, value in past["entry"].items()})
        change_organisation(session, organisation, entry, organisation.version)
        keep_contact(session, keys, organisation, Person(**past["person"]))
    draft.undone, draft.sealed = now, ""
    return kept


def _remove_untouched(session: Session, added: Sequence[int], now: datetime) -> list[str]:
    """Remove who came with the list; return the codes of those changed since, who stay."""
    kept: list[str] = []
    for start in range(0, len(added), 500):
        some = Organisation.id.in_(added[start : start + 500])
        changed = (Organisation.version > 1) & Organisation.deleted.is_(None)
        stay = session.execute(
            select(Organisation.id, Organisation.code).where(some, changed)
        ).all()
        gone = {*added[start : start + 500]} - {number for number, _ in stay}
        remove_all(session, [*gone], now)
        forget_contacts(session, [*gone])
        kept += [code for _, code in stay]
    return kept


def _update(session: Session, keys: Keyring, rows: list[Row]) -> list[dict[str, Any]]:
    """Let the rows speak for organisations that are there; return what they replaced."""
    known = [row.organisation for row in rows if row.organisation]
    people, before = contacts_of(session, keys, known), []
    for row, organisation in zip(rows, known, strict=True):
        past = entry_of(organisation)
        person = people.get(organisation.id, Person())
        change_organisation(session, organisation, merged(past, row.line), organisation.version)
        more = {name: text for name, text in asdict(row.line.person).items() if text}
        keep_contact(session, keys, organisation, replace(person, **more))
        before.append(
            {
                "id": organisation.id,
                "version": organisation.version,
                "entry": asdict(past),
                "person": asdict(person),
            }
        )
    return before


def merged(past: Entry, line: Line) -> Entry:
    """Return *past* with what the row says beyond it; what is blank there changes nothing."""
    told = {name: value for name, value in values_of(line).items() if value}
    aliases = [*past.aliases, *told.get("aliases", ())]
    if not spellings(line.name) & spellings(past.name):
        aliases.append(line.name)
    aliases = [name for name in dict.fromkeys(aliases) if name != past.name]
    return replace(past, **{**told, "aliases": tuple(aliases)})


def values_of(line: Line) -> dict[str, Any]:
    """Return what a row says of an organisation, in the types of an entry."""
    values = dict(line.values)
    if values["sector"]:
        values["sector"] = Sector(str(values["sector"]))
    return values


def _report(rows: list[Row], changed: int) -> dict[str, int]:
    counts = counted(rows)
    left = counts[State.TWICE] + counts[State.SAME] - changed
    return {
        "added": counts[State.NEW],
        "changed": changed,
        "left": left,
        "problems": counts[State.PROBLEM],
    }


def _by_id(session: Session, ids: Iterable[int]) -> list[Organisation]:
    found = (session.get(Organisation, number) for number in ids)
    return [organisation for organisation in found if organisation]


def _thing(name: str, value: Any) -> Any:
    """Return what JSON made of a value of an entry."""
    if name == "sector":
        return Sector(value)
    return tuple(value) if isinstance(value, list) else value


def _unseal(keys: Keyring, draft: ImportDraft) -> Any:
    place = _place(draft.project_id, draft.form_key)
    text = draft.sealed and keys.unseal(KEY, draft.sealed, place)
    if not text:
        raise DraftExpired
    return json.loads(text)


def _place(project_id: int, form_key: str) -> str:
    return f"import_draft.sealed:{project_id}/{form_key}"
