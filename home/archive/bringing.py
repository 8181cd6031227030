"""Bringing a project in from its archive: all of it, or nothing.

The session is rolled back by whoever asked, when this refuses.
"""

from array import array
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import JSON, Column, ColumnDefault, Insert, bindparam, insert, select, update
from sqlalchemy.exc import DataError, IntegrityError, StatementError
from sqlalchemy.orm import Session

from core.keys import Keyring
from core.models import insert_once
from home.archive import marking, values
from home.archive.opening import SLUG, Archive, opened
from home.archive.pointing import Pointing
from home.archive.refusing import AddressTaken, AddressWrong, Contradictory, Unfitting
from home.archive.renewing import Renewing
from home.archive.shape import MARK, OPENED, Plan
from people.models import Membership, Project, Role, User
from workshop.archive.checking import check_boards, check_ideas, check_round
from workshop.archive.refusing import ChecksumWrong
from workshop.models import Board, Idea, Workshop
from workshop.voting.models import Round

AT_ONCE = 500  # rows
LONGEST_SLUG = 60
Row = dict[str, Any]
Progress = Callable[[int], None]


def is_free(session: Session, slug: str) -> bool:
    """Whether a project could have this address.

    :raise AddressWrong: when it is none
    """
    if not SLUG.fullmatch(slug) or len(slug) > LONGEST_SLUG:
        raise AddressWrong
    return session.scalar(select(Project.id).filter_by(slug=slug)) is None


def bring(
    session: Session,
    keys: Keyring,
    data: Path,
    path: Path,
    slug: str,
    user: User,
    today: date,
    progress: Progress = lambda _rows: None,
) -> Project:
    """Bring the project in the archive at *path* in, under the address *slug*.

    *user* facilitates it; the accounts of those who did stay where they are. Answers that were
    erased on this server, or whose time is over, do not come back.

    :raise AddressTaken: when a project has this address
    :raise NotAnArchive: when the file is none; other refusals say what is wrong with it
    """
    if not is_free(session, slug):
        raise AddressTaken(slug=slug)
    with opened(path) as archive:
        archive.check()
        about = archive.about
        project = insert_once(
            session, Project, slug=slug, name=about.name, created=about.created
        )
        if project is None:
            raise AddressTaken(slug=slug)
        session.add(Membership(project_id=project.id, user_id=user.id, role=Role.FACILITATOR))
        session.flush()
        _Bringing(session, keys, data, archive, project, today, progress).bring()
    _check_rooms(session, project)
    return project


class _Bringing:
    """Rows on their way in: what they refer to has come before them, or comes with them."""

    def __init__(
        self,
        session: Session,
        keys: Keyring,
        data: Path,
        archive: Archive,
        project: Project,
        today: date,
        progress: Progress,
    ) -> None:
        self._session, self._archive, self._project = session, archive, project
        self._renewing = Renewing(session, keys)
        self._erased = marking.erased(data)
        self._today, self._progress = today, progress
        self._here: dict[str, array[int]] = {}  # numbers here, by those in the archive; 0: none
        self._pointing = Pointing(self._number, self._renewing.called)
        self._over: set[int] = set()  # surveys whose answers are kept no longer

    def bring(self) -> None:
        for plan in self._archive.plans:
            self._here[plan.name] = array("q")
            try:
                self._bring(plan)
            except (IntegrityError, DataError, StatementError) as error:
                raise Contradictory(file=plan.path) from error

    def _bring(self, plan: Plan) -> None:
        rows, here = self._archive.rows(plan), self._here[plan.name]
        statement = _insert(plan)
        links: list[tuple[int, str, int]] = []  # between rows of the same table
        while some := [*islice(rows, AT_ONCE)]:
            made = [self._made(plan, row) for row in some]
            kept = [row for row in made if row is not None]
            found: Iterator[int] = iter(())
            if kept:
                found = iter(self._session.scalars(statement, kept).all())
            for row, new in zip(some, made, strict=True):
                here.append(next(found) if new is not None else 0)
                links += [
                    (row["id"], name, row[name])
                    for name in plan.to_itself
                    if row.get(name) is not None
                ]
            self._progress(len(some))
        self._link(plan, links)

    def _made(self, plan: Plan, told: Row) -> Row | None:
        """Return a row as it stands here; nothing when it does not come in."""
        try:
            row = self._read(plan, told)
            if row is None or self._is_gone(plan, told, row):
                return None
            row = self._renewing.renew(plan, self._pointing.turn(plan.name, row), told)
        except (ValueError, TypeError, ArithmeticError, LookupError, AttributeError) as error:
            raise Unfitting(file=plan.path, line=told["id"]) from error
        if "project_id" in plan.table.c:
            row["project_id"] = self._project.id
        return {f"b_{name}": value for name, value in row.items()}

    def _read(self, plan: Plan, told: Row) -> Row | None:
        row: Row = {}
        files = {column.name for column in plan.files}
        for column in plan.columns:
            name = column.name
            if name in plan.refers:
                row[name] = place = self._place(plan, name, told.get(name))
                is_lost = place is None and told.get(name) is not None
                if is_lost and name not in plan.to_itself and plan.takes_along(name):
                    return None
            elif name in files:
                row[name] = self._archive.file(told.get(name))
            else:
                row[name] = values.read(column, told[name] if name in told else _before(column))
        for name in (MARK, OPENED):
            if name in plan.names and name not in plan.table.c and not _is_text(told[name]):
                raise ValueError
        return row

    def _place(self, plan: Plan, column: str, number: object) -> int | None:
        """Return the number here of what a row refers to; within a table that is set later."""
        if number is None:
            if not plan.table.c[column].nullable:
                raise ValueError
            return None
        target = plan.refers[column]
        if not isinstance(number, int) or isinstance(number, bool) or number < 1:
            raise ValueError
        if target == plan.name:
            return None
        if number > len(self._here[target]):
            raise ValueError
        return self._number(target, number)

    def _number(self, table: str, number: int) -> int | None:
        """Return the number here of a row; nothing when it did not come in."""
        here = self._here[table]
        return here[number - 1] or None if number <= len(here) else None

    def _is_gone(self, plan: Plan, told: Row, row: Row) -> bool:
        """Whether a row was erased here, or is kept no longer."""
        if plan.name == "survey" and row["keep_until"] and row["keep_until"] < self._today:
            self._over.add(told["id"])
        if plan.name in ("response", "interview") and told.get("survey_id") in self._over:
            return True
        return MARK in plan.names and told.get(MARK) in self._erased

    def _link(self, plan: Plan, links: list[tuple[int, str, int]]) -> None:
        here, table = self._here[plan.name], plan.table
        _check_circles(plan, links)
        for number, name, target in links:
            if target > len(here):
                raise Unfitting(file=plan.path, line=number)
            if here[number - 1] and here[target - 1]:
                change = update(table).where(table.c.id == here[number - 1])
                self._session.execute(change.values({name: here[target - 1]}))


def _insert(plan: Plan) -> Insert:
    """Return the statement that inserts rows and returns their numbers, in their order."""
    owned = [column for column in plan.table.columns if column.name == "project_id"]
    names = [*plan.columns, *owned, *plan.unsaid]
    bound: Mapping[str, Any] = {
        column.name: bindparam(f"b_{column.name}", type_=_type(column)) for column in names
    }
    made = insert(plan.table).values(bound)
    return made.returning(plan.table.c.id, sort_by_parameter_order=True)


def _before(column: Column[Any]) -> object:
    """Return the value of a column that is younger than the archive."""
    default = column.default
    if isinstance(default, ColumnDefault) and default.is_scalar:
        return values.written(default.arg)
    return None


def _is_text(value: object) -> bool:
    return isinstance(value, str) and len(value) <= values.LONGEST


def _type(column: Any) -> Any:
    """Let an empty document be empty, not the word null."""
    is_json = isinstance(column.type, JSON) and column.nullable
    return JSON(none_as_null=True) if is_json else column.type


def _check_circles(plan: Plan, links: list[tuple[int, str, int]]) -> None:
    """Let no row lead back to itself."""
    for column in plan.to_itself:
        leads = {number: target for number, name, target in links if name == column}
        over: set[int] = set()
        for start in leads:
            seen, place = set[int](), start
            while place in leads and place not in over:
                if place in seen:
                    raise Unfitting(file=plan.path, line=start)
                seen.add(place)
                place = leads[place]
            over |= seen


def _check_rooms(session: Session, project: Project) -> None:
    """Let nothing in that a board could not show.

    :raise Refusal: when there is something
    """
    session.expire_all()
    for workshop in session.scalars(select(Workshop).filter_by(project_id=project.id)):
        check_boards(session, workshop)
        boards = select(Board.id).filter_by(workshop_id=workshop.id)
        check_ideas(session.scalars(select(Idea).where(Idea.board_id.in_(boards))).all())
    for round in session.scalars(select(Round).filter_by(project_id=project.id)):
        board = session.get_one(Board, round.board_id)
        with suppress(ChecksumWrong):  # it was so where it came from, and says so here
            check_round(round, len(board.challenges))
