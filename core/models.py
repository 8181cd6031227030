"""What all models share: names of constraints, numbers, versions, times, and inserting once."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from enum import StrEnum
from typing import TypeVar

from sqlalchemy import DateTime, Enum, MetaData, TypeDecorator, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from core.errors import ChangedMeanwhile

T = TypeVar("T", bound="Base")


class UtcDateTime(TypeDecorator[datetime]):
    """A moment; SQLite keeps no time zone, so all are kept as UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value.replace(tzinfo=UTC) if value and not value.tzinfo else value


class Base(DeclarativeBase):
    """The parent of every model; named constraints keep migrations portable."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {  # noqa: RUF012 - read by SQLAlchemy
        datetime: UtcDateTime,
        StrEnum: Enum(
            StrEnum, native_enum=False, length=32, values_callable=lambda kind: [*kind]
        ),
    }


class Row(Base):
    """A model with a number of its own."""

    __abstract__ = True

    id: Mapped[int] = mapped_column(primary_key=True, sort_order=-2)


class Versioned(Row):
    """A row whose version grows with every change to what its page shows."""

    __abstract__ = True

    version: Mapped[int] = mapped_column(default=1)

    def changed(self) -> None:
        """Count up in the database, so that no two changes get the same version."""
        self.version = type(self).version + 1


def plain_type(kind: str, thing: object, _context: object) -> str | bool:
    """Let migrations name the types that the database knows, not our own."""
    if kind == "type" and isinstance(thing, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(thing, Enum):
        return "sa.String(length=32)"
    return False


def insert_unless_there(
    session: Session, model: type[T], rows: Sequence[Mapping[str, object]]
) -> list[T]:
    """Insert many rows in few statements; those whose key is taken already stay out."""
    dialect = {"sqlite": sqlite, "postgresql": postgresql}[session.get_bind().dialect.name]
    inserted: list[T] = []
    for start in range(0, len(rows), 500):
        statement = dialect.insert(model).values(rows[start : start + 500])
        statement = statement.on_conflict_do_nothing()
        inserted += session.scalars(statement.returning(model))
    return inserted


def insert_once(session: Session, model: type[T], **values: object) -> T | None:
    """Insert a row and return it, or do nothing when its key is taken already.

    Of any number of simultaneous attempts exactly one gets the row.
    """
    dialect = {"sqlite": sqlite, "postgresql": postgresql}[session.get_bind().dialect.name]
    statement = dialect.insert(model).values(values).on_conflict_do_nothing()
    row: T | None = session.scalar(statement.returning(model))
    return row


def change_as_seen(session: Session, row: Versioned, version: int, **values: object) -> None:
    """Give a row new *values*, if nobody has changed it since *version* was shown.

    :raise ChangedMeanwhile: when somebody has
    """
    model = type(row)
    mine = update(model).where(model.id == row.id, model.version == version)
    mine = mine.values(values | {"version": model.version + 1})
    if session.scalar(mine.returning(model.id)) is None:
        raise ChangedMeanwhile
    session.refresh(row)
