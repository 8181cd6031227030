"""Breaking off, and deleting later: nothing of what was said is left anywhere."""

import logging
import tarfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from core import backup
from core.db import db
from core.keys import Keyring
from core.logs import Line
from core.models import Base
from core.sealed_files import unseal_file
from surveys.conversations import erasing
from surveys.conversations.models import Conversation, Fate, SharedIdea
from surveys.models import Erasure, Response, Survey
from surveys.responses import erasing as rows
from surveys.responses import sitting
from tests.story import NOON
from tests.surveys.conversations.story import DESK, SECRET, Talk, keyed

WORD = "Tomaten"  # of what is told: no other text of the test has it


@pytest.fixture
def log() -> Iterator[list[str]]:
    """All that is logged, as it is written."""
    lines: list[str] = []
    line = Line()

    class Keeping(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            lines.append(line.format(record))

    handler = Keeping()
    root = logging.getLogger()
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    yield lines
    root.removeHandler(handler)
    root.setLevel(before)


def tell(talk: Talk) -> None:
    """Tell half of it."""
    talk.send(school="no")
    talk.send(needs="course")
    talk.send(idea=SECRET)
    assert talk.key == "wall"


def remove(talk: Talk) -> str:
    door = f"{DESK}/{talk.code}/deletion"
    assert talk.tablet.get(door).status_code == 200
    return talk.follow(talk.tablet.post(door)).text


def a_backup(app: Flask, keys: Keyring) -> Path:
    with app.app_context():
        return backup.create(db.engine, app.config["DATA"], keys, NOON)


def restore(app: Flask, keys: Keyring, path: Path) -> None:
    with app.app_context():
        later = NOON + timedelta(hours=1)
        backup.restore(db.engine, app.config["DATA"], path, keys, later, replace=True)


def told(session: Session) -> dict[str, int]:
    session.expire_all()
    models = (Response, Conversation, SharedIdea, Erasure)
    return {
        model.__tablename__: session.scalar(select(func.count()).select_from(model)) or 0
        for model in models
    }


NOTHING = {"response": 0, "conversation": 0, "shared_idea": 0, "erasure": 0}


def unpacked(path: Path, keys: Keyring, folder: Path) -> list[Path]:
    folder.mkdir()
    unseal_file(keys.key("backup"), path, folder / "packed.tar")
    with tarfile.open(folder / "packed.tar") as tar:
        tar.extractall(folder, filter="data")
    return [each for each in folder.rglob("*") if each.is_file()]


def test_nothing_of_a_conversation_broken_off_is_in_any_file(
    app: Flask, session: Session, keys: Keyring, talk: Talk, log: list[str], tmp_path: Path
) -> None:
    tell(talk)
    with app.app_context():
        database = Path(db.engine.url.database or "")
        hidden = session.scalars(select(Conversation.draft)).one()
        assert hidden
    files = [database, Path(f"{database}-wal")]
    assert any(talk.code.encode() in file.read_bytes() for file in files if file.exists())
    path = a_backup(app, keys)
    session.close()
    remove(talk)

    assert told(session) == NOTHING
    session.close()
    traces = [WORD.encode(), talk.code.encode(), hidden[:40].encode()]
    opened = unpacked(path, keys, tmp_path / "opened")
    assert len(opened) > 2
    kept = [each for each in app.config["DATA"].rglob("*") if each.is_file()]
    for file in [*opened, *kept, *(file for file in files if file.exists())]:
        content = file.read_bytes()
        assert not [trace for trace in traces if trace in content], file
    whole = "\n".join(log)
    assert not [word for word in (WORD, talk.code, "conversations") if word in whole]


def test_of_a_no_nothing_is_kept_and_nothing_logged(
    app: Flask, session: Session, tablet: FlaskClient, survey: Survey, log: list[str]
) -> None:
    talk = Talk(tablet, survey)
    key = keyed(tablet.get(talk.door).text)
    before = {each: each.read_bytes() for each in app.config["DATA"].rglob("*.key")}
    talk.follow(tablet.post(talk.door, data={"answer": "no", **key}))
    assert told(session) == NOTHING
    assert {each: each.read_bytes() for each in app.config["DATA"].rglob("*.key")} == before
    assert not [line for line in log if "conversations" in line]


@pytest.mark.both_engines
def test_a_backup_made_meanwhile_does_not_bring_it_back(
    app: Flask, session: Session, keys: Keyring, talk: Talk
) -> None:
    tell(talk)
    path = a_backup(app, keys)
    remove(talk)
    session.close()
    restore(app, keys, path)
    assert told(session) == NOTHING


@pytest.mark.both_engines
def test_a_backup_made_meanwhile_brings_one_back_that_is_wanted(
    app: Flask, session: Session, keys: Keyring, talk: Talk
) -> None:
    tell(talk)
    path = a_backup(app, keys)
    session.close()
    restore(app, keys, path)
    assert SECRET in talk.follow(talk.tablet.get(f"{DESK}/{talk.code}/pages/idea")).text


@pytest.mark.both_engines
def test_whoever_says_the_code_has_everything_deleted_later(
    app: Flask, session: Session, keys: Keyring, talk: Talk
) -> None:
    talk.finish()
    talk.tablet.post(
        f"{DESK}/{talk.code}/ideas/idea", data={"fate": "released", "text": "Ein Garten"}
    )
    assert session.scalars(select(SharedIdea.fate)).one() == Fate.RELEASED
    session.close()
    path = a_backup(app, keys)
    assert talk.code not in remove(talk)
    assert told(session) == NOTHING | {"erasure": 1}  # a number and a day
    session.close()
    restore(app, keys, path)
    assert told(session) == NOTHING
    session.close()
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            content = Path(db.engine.url.database or "").read_bytes()
            assert WORD.encode() not in content


@pytest.mark.both_engines
def test_the_code_of_a_finished_one_outlives_every_key(
    app: Flask, session: Session, keys: Keyring, talk: Talk
) -> None:
    talk.finish()
    (number,) = session.scalars(select(Conversation.response_id))
    assert not keys.has(f"conversation-{number}")
    session.close()
    path = a_backup(app, keys)
    for old in keys.old("conversation-", datetime.now(UTC).timestamp() + 60):
        keys.destroy(old)
    restore(app, keys, path)
    assert talk.tablet.get(f"{DESK}/{talk.code}/card").status_code == 200
    assert talk.code not in remove(talk)
    assert told(session) == NOTHING | {"erasure": 1}


def test_a_key_that_was_left_over_does_not_seal_what_is_finished(
    app: Flask, session: Session, keys: Keyring, talk: Talk
) -> None:
    talk.finish()
    (number,) = session.scalars(select(Conversation.response_id))
    keys.key(f"conversation-{number}")  # as a crash before its end would leave it
    session.close()
    path = a_backup(app, keys)
    late = datetime.now(UTC) + timedelta(days=3)
    assert erasing.forget_the_rest(session, keys, late) == 1
    session.close()
    restore(app, keys, path)
    assert talk.tablet.get(f"{DESK}/{talk.code}/card").status_code == 200


def test_the_operator_hears_what_a_backup_could_not_put_back(
    app: Flask, session: Session, keys: Keyring, talk: Talk
) -> None:
    tell(talk)
    path = a_backup(app, keys)
    erase = list(keys.old("conversation-", datetime.now(UTC).timestamp() + 60))
    for key in erase:
        keys.destroy(key)
    session.close()
    said = app.test_cli_runner().invoke(args=["backup", "restore", str(path), "--replace"])
    assert "1 × conversation under way" in said.stderr
    assert "anonymous" not in said.stderr


@pytest.mark.both_engines
def test_one_that_is_handed_in_meanwhile_is_erased_like_a_finished_one(
    app: Flask, session: Session, talk: Talk
) -> None:
    tell(talk)
    conversation = session.scalars(select(Conversation)).one()
    assert conversation.draft
    response = sitting.sitting(session, conversation.response_id, talk.survey.slug)
    assert response
    talk.send(wall="yes")
    talk.send(again="no")
    talk.send()  # on another tablet
    erasing.erase(session, app.config["DATA"], conversation, response, NOON)
    session.commit()
    assert told(session) == NOTHING | {"erasure": 1}


def test_all_that_goes_with_an_answer_is_written_anew() -> None:
    everywhere = {*rows.tables()}
    assert {"response", "conversation", "shared_idea", "attachment", "agreement"} < everywhere
    for table in Base.metadata.sorted_tables:
        for key in table.foreign_keys:
            if key.ondelete == "CASCADE" and key.column.table.name == "response":
                assert table.name in everywhere


def test_keys_go_with_a_survey_that_is_kept_no_longer(
    app: Flask, session: Session, keys: Keyring, talk: Talk, survey: Survey
) -> None:
    number = session.scalars(select(Conversation.response_id)).one()
    session.execute(text("PRAGMA foreign_keys = ON"))
    late = datetime.now(UTC) + timedelta(days=3)
    assert erasing.forget_the_rest(session, keys, late) == 0
    session.execute(text("DELETE FROM response"))
    assert erasing.forget_the_rest(session, keys, datetime.now(UTC)) == 0  # too young
    assert erasing.forget_the_rest(session, keys, late) == 1
    assert not keys.has(f"conversation-{number}")


def test_deleting_is_asked_once_more_and_needs_no_script(talk: Talk) -> None:
    page = talk.tablet.get(talk.at).text
    assert f'href="{DESK}/{talk.code}/deletion"' in page
    asked = talk.tablet.get(f"{DESK}/{talk.code}/deletion").text
    assert 'method="post"' in asked
    assert "<script" not in asked
