import pytest
from sqlalchemy import Column, ForeignKey, Integer, MetaData, String, Table

from app import create_app
from core.models import Base
from home.archive.deciding import GOES_IN, LEFT, is_left, is_told
from home.archive.shape import plans

assert callable(create_app)  # all tables are there


def test_somebody_has_thought_of_every_table() -> None:
    """A new one gets its line in home/archive/deciding.py: it goes in, or stays and why."""
    assert {*LEFT} | GOES_IN == {*Base.metadata.tables}
    assert not {*LEFT} & GOES_IN


def test_what_shall_go_in_does() -> None:
    assert {*plans()} == GOES_IN


def test_a_table_of_which_nobody_has_thought_goes_in_only_with_what_it_hangs_on() -> None:
    def table(name: str, target: str, nullable: bool = False) -> Table:
        metadata = MetaData()
        for other in ("project", "user", "survey"):
            key: list[Column[int]] = [
                Column("project_id", ForeignKey("project.id"), nullable=False)
            ]
            own = key if other == "survey" else []
            Table(other, metadata, Column("id", Integer, primary_key=True), *own)
        key_to: Column[int] = Column("other_id", ForeignKey(f"{target}.id"), nullable=nullable)
        return Table(name, metadata, Column("id", Integer, primary_key=True), key_to)

    assert not is_left(table("venture", "project"))
    assert not is_left(table("step", "survey"))
    assert is_left(table("login", "user"))
    assert is_left(table("loose", "survey", nullable=True))


@pytest.mark.parametrize(
    "name",
    ["key_hash", "token_hash", "nonce", "password", "sealed", "form_key", "secret", "key"],
)
def test_what_looks_like_a_secret_stays(name: str) -> None:
    column = Column(name, String)
    assert not is_told("venture", column.name)


def test_nothing_in_an_archive_looks_like_a_secret() -> None:
    told = {column.name for plan in plans().values() for column in plan.columns}
    odd = {
        name for name in told if any(word in name for word in ("token", "nonce", "password"))
    }
    assert odd == set()
    assert {name for name in told if name.endswith("hash")} == {"options_hash", "result_hash"}
