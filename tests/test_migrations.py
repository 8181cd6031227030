"""The migrations lead to what the models say, and keep the rows on the way."""

from pathlib import Path

import pytest
from alembic import op
from flask import Flask
from sqlalchemy import Column, Integer, create_engine, inspect, select, text
from sqlalchemy.orm import Session, sessionmaker

from app import create_app
from core.db import db
from core.migrating import is_behind, latest
from core.models import Base
from core.stepping import migrations_of
from people.models import Alias, Project
from tests.story import an_organisation


@pytest.mark.both_engines
def test_from_nothing_to_the_models_and_back(app: Flask) -> None:
    with app.app_context():
        Base.metadata.drop_all(db.engine)
        migrations_of(app).upgrade()
        assert not migrations_of(app).needs_revision()

        migrations_of(app).downgrade("base")
        assert inspect(db.engine).get_table_names() == ["alembic_version"]
        migrations_of(app).upgrade()


@pytest.mark.both_engines
def test_what_came_through_all_steps_is_not_behind_and_before_the_last_it_is(
    app: Flask,
) -> None:
    with app.app_context():
        assert migrations_of(app).script_directory.get_heads() == [latest(app)]
        Base.metadata.drop_all(db.engine)
        assert is_behind(app)
        migrations_of(app).upgrade()
        assert not is_behind(app)
        db.session.execute(text("UPDATE alembic_version SET version_num = '0000'"))
        db.session.commit()
    assert is_behind(app)


def test_the_commands_of_alembic_are_there(app: Flask) -> None:
    with app.app_context():
        migrations_of(app).stamp()
        said = app.test_cli_runner().invoke(args=["db", "current"])
        assert said.exit_code == 0, said.exception
        assert latest(app) in said.output
        assert "revision" in app.test_cli_runner().invoke(args=["db", "--help"]).output


def test_on_sqlite_the_result_is_the_same_to_the_letter(tmp_path: Path) -> None:
    """Alembic compares no check constraints; the text of the tables has them all."""
    models = create_engine(f"sqlite:///{tmp_path}/models.db")
    Base.metadata.create_all(models)
    migrated = f"sqlite:///{tmp_path}/migrated.db"
    app = create_app(SECRET_KEY="test", DATA=tmp_path, DATABASE_URL=migrated, TESTING=True)
    with app.app_context():
        migrations_of(app).upgrade()
        assert schema(sessionmaker(db.engine)()) == schema(sessionmaker(models)())


def test_rebuilding_a_table_keeps_what_points_at_it(
    app: Flask, session: Session, project: Project
) -> None:
    organisation = an_organisation(project, "O01", "Radhaus")
    organisation.aliases = [Alias(project_id=project.id, name="Rad-Haus")]
    session.add(organisation)
    session.commit()

    def rebuild(*_: object) -> list[object]:
        with op.batch_alter_table("organisation", recreate="always"):
            return []

    with app.app_context():
        migrations_of(app).run_migrations(rebuild)
    assert session.scalars(select(Alias.name)).all() == ["Rad-Haus"]
    assert not session.execute(text("PRAGMA foreign_key_check")).all()


def test_a_migration_that_fails_leaves_nothing_behind(app: Flask, project: Project) -> None:
    def fail(*_: object) -> list[object]:
        op.create_table("half", Column("id", Integer))
        raise RuntimeError("power cut")

    with app.app_context():
        with pytest.raises(RuntimeError, match="power cut"):
            migrations_of(app).run_migrations(fail)
        assert not inspect(db.engine).has_table("half")


def schema(session: Session) -> dict[str, list[str]]:
    """Return the lines of all tables by name; their order does not matter."""
    tables = text("SELECT name, sql FROM sqlite_master WHERE name NOT LIKE '%alembic%'")
    with session:
        return {
            name: sorted(line.strip("\t ,") for line in (sql or "").splitlines())
            for name, sql in session.execute(tables)
        }
