"""Reading a workshop from its file, into any project, as a record that stays closed."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from core.errors import FormUsedTwice
from core.keys import Keyring
from core.models import Row, insert_once
from core.slugs import slugs
from people.models import Project
from people.naming import Known, registered, same_in
from workshop.archive.checking import check_boards, check_ideas, check_round, unpack
from workshop.archive.refusing import NotAnArchive
from workshop.archive.shape import KINDS, OF_WORKSHOP, Kind, columns_of, read
from workshop.cards.models import Comment, Picture
from workshop.cards.picturing import drawn
from workshop.following.models import Decision, FollowUp
from workshop.models import Board, Challenge, Idea, Workshop
from workshop.preparing import new_code
from workshop.voting.models import Round

Numbers = dict[str, dict[int, int]]  # of rows: kind, number in the file, number here


def bring(
    session: Session, keys: Keyring, project: Project, data: bytes, form_key: str
) -> Workshop:
    """Read a workshop out of *data*; one form brings it once.

    Its votes are counted again before anything is kept.

    :raise FormUsedTwice: when the same form has brought another one
    :raise NotAnArchive: when it is no workshop
    :raise ArchiveTooLarge: when it unpacks to too much
    :raise ChecksumWrong: when a vote in it was changed
    """
    try:
        return _bring(session, keys, project, unpack(data), form_key)
    except IntegrityError as error:  # what it says twice, or not at all
        raise NotAnArchive from error


def _bring(
    session: Session, keys: Keyring, project: Project, content: Mapping[str, Any], form_key: str
) -> Workshop:
    columns = {column.name: column for column in columns_of(Workshop)}
    values = {name: read(columns[name], content.get(name)) for name in OF_WORKSHOP}
    owned = {"project_id": project.id, "form_key": form_key}
    for slug in slugs(str(values["title"]), "workshop"):
        workshop = insert_once(session, Workshop, **owned, **values, slug=slug, code=new_code())
        if workshop:
            _fill(session, keys, workshop, content["rows"])
            return workshop
        if found := session.scalar(select(Workshop).filter_by(**owned)):
            if (found.title, found.created) != (values["title"], values["created"]):
                raise FormUsedTwice
            return found
    raise AssertionError("addresses do not end")


def _fill(
    session: Session,
    keys: Keyring,
    workshop: Workshop,
    rows: Mapping[str, Sequence[Mapping[str, Any]]],
) -> None:
    numbers: Numbers = {}
    known = Known(registered(session, session.get_one(Project, workshop.project_id)))
    for kind in KINDS:
        made = [(row, _made(kind, row, workshop, numbers, known)) for row in rows[kind.name]]
        session.add_all(thing for _, thing in made)
        session.flush()
        numbers[kind.name] = {row["id"]: thing.id for row, thing in made}
        for row, thing in made:
            _refer_to_each_other(kind, row, thing, numbers)
        session.flush()
        if kind.model is Challenge:
            check_boards(session, workshop)
        if kind.model is Idea:
            check_ideas([thing for _, thing in made if isinstance(thing, Idea)])
        for _, thing in made:
            if isinstance(thing, Round):
                questions = session.get_one(Board, thing.board_id).challenges
                check_round(thing, len(questions))
                keys.destroy(thing.key_name)  # of another life of the database


def _made(
    kind: Kind,
    row: Mapping[str, Any],
    workshop: Workshop,
    numbers: Numbers,
    known: Known,
) -> Row:
    values: dict[str, Any] = dict(kind.values)
    if kind.model is Comment and row.get("author_id") is None:
        row = {**row, "author_id": min(numbers["participant"], default=None)}
    for column in kind.columns:
        if column.name not in row and column.default is not None:
            continue  # the file is older than the column
        value = read(column, row.get(column.name))
        target = kind.target(column)
        if target and value is not None:
            value = None if target == kind.name else _here(numbers, target, value)
        values[column.key] = value
    columns = {column.name for column in columns_of(kind.model)}
    if "project_id" in columns:
        values["project_id"] = workshop.project_id
    if "workshop_id" in columns:
        values["workshop_id"] = workshop.id
    if kind.model in (Idea, FollowUp, Comment):
        values["form_key"] = f"archive {row['id']}"
    if kind.model is Decision and isinstance(row.get("owner"), str) and row["owner"]:
        values["owner"] = same_in(known, row["owner"])
    if kind.model is Picture:
        values |= _drawn(values["content"])
    return kind.model(**values)


def _drawn(content: bytes) -> dict[str, object]:
    """Draw a picture anew: whoever made the file could have put anything in.

    :raise NotAnArchive: when it is none
    """
    try:
        return drawn(content)
    except ValueError as error:
        raise NotAnArchive from error


def _refer_to_each_other(
    kind: Kind, row: Mapping[str, Any], thing: Row, numbers: Numbers
) -> None:
    """Set references within a kind, once all its rows have their numbers."""
    for column in kind.columns:
        number = row.get(column.name)
        if kind.target(column) == kind.name and number is not None:
            if number == row["id"]:
                raise NotAnArchive
            setattr(thing, column.key, _here(numbers, kind.name, number))


def _here(numbers: Numbers, kind: str, number: object) -> int:
    """Return the number that a row of the file has here.

    :raise NotAnArchive: when the file has no such row
    """
    if not isinstance(number, int) or number not in numbers[kind]:
        raise NotAnArchive
    return numbers[kind][number]
