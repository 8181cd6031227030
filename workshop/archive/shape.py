"""What of a workshop is kept in its file: which rows, and which of their columns.

A new noun that hangs from a workshop gets a line in KINDS, after those it refers to.
"""

import base64
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Boolean, Column, Date, Enum, Integer, LargeBinary, String, Table

from core.models import Row, UtcDateTime
from workshop.archive.refusing import NotAnArchive
from workshop.cards.models import Comment, Picture, Translation
from workshop.following.models import Decision, FollowUp, Outlook
from workshop.models import Board, Challenge, Cluster, Idea, Participant, Phase
from workshop.voting.models import Round

FORMAT = "osi-werkstatt workshop 1"
LARGEST = 2**31 - 1
LONGEST = 20_000  # characters of a text
ALWAYS_LEFT = {"id", "project_id", "workshop_id"}


@dataclass(frozen=True)
class Kind:
    """Rows of a model: *left* are columns that never leave, *names* those that may."""

    model: type[Row]
    left: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    values: Mapping[str, object] = field(default_factory=dict)  # that read rows get

    @property
    def name(self) -> str:
        return str(self.model.__tablename__)

    @property
    def columns(self) -> list[Column[Any]]:
        """The columns whose values stand in the file."""
        left = ALWAYS_LEFT | self.left
        return [column for column in columns_of(self.model) if column.name not in left]

    def target(self, column: Column[Any]) -> str:
        """Return the kind of rows to which a column refers, or nothing."""
        tables = {key.column.table.name for key in column.foreign_keys}
        return next(iter(tables & {kind.name for kind in KINDS}), "")


RECORD = {"phase": Phase.CLOSED, "rings": None, "left": None, "placed": 0, "is_record": True}
KINDS = (
    Kind(Participant, frozenset({"key_hash", "form_key", "ready"}), frozenset({"name"})),
    Kind(Board, frozenset({"version", "pulse", *RECORD}), values=RECORD),
    Kind(Challenge),
    Kind(Cluster),
    Kind(
        Idea,
        frozenset({"form_key", "is_waiting", "taken_down", "response_id", "interview_id"}),
    ),
    Kind(Translation),
    Kind(Comment, frozenset({"form_key", "taken_down", "taken_back"})),
    Kind(Picture, frozenset({"digest", "width", "height", "small"})),
    Kind(Round, frozenset({"proof"}), values={"proof": ""}),
    Kind(Decision, frozenset({"owner_id"}), frozenset({"by"})),
    Kind(FollowUp, frozenset({"form_key", "is_withdrawn"}), frozenset({"by"})),
    Kind(Outlook),
)
OF_WORKSHOP = ("title", "created", "hall", "front")


def columns_of(model: type[Row]) -> list[Column[Any]]:
    """Return the columns of the table of a model."""
    table = model.__table__
    assert isinstance(table, Table)  # noqa: S101 - all of ours are
    return [*table.columns]


def written(value: object) -> object:
    """Return a value of a column as it stands in the file."""
    match value:
        case StrEnum():
            return str(value)
        case date() | datetime():
            return value.isoformat()
        case bytes():
            return base64.b64encode(value).decode()
        case _:
            return value


def read(column: Column[Any], value: object) -> object:
    """Return a value from a file as its column takes it.

    :raise NotAnArchive: when it does not fit
    """
    if value is None and column.nullable:
        return None
    try:
        return _read(column, value)
    except (ValueError, TypeError, OverflowError) as error:
        raise NotAnArchive from error


def _read(column: Column[Any], value: object) -> object:
    kind = column.type
    match kind, value:
        case UtcDateTime(), str() if (when := datetime.fromisoformat(value)).tzinfo:
            return _in_our_time(when)
        case Date(), str():
            return _in_our_time(date.fromisoformat(value))
        case Boolean(), bool():
            return value
        case Integer(), int() if not isinstance(value, bool) and 0 <= value <= LARGEST:
            return value
        case Enum(), str() if kind.enum_class:
            return kind.enum_class(value)
        case String(), str() if len(value) <= LONGEST:
            return value
        case JSON(), list() | dict():
            return value
        case LargeBinary(), str():
            return base64.b64decode(value, validate=True)
    raise NotAnArchive


def _in_our_time(day: date) -> date:
    """Return a day that has a day before and after it, in whatever zone it is read.

    :raise ValueError: when it has not
    """
    if not date.min.year < day.year < date.max.year:
        raise ValueError(day)
    return day
