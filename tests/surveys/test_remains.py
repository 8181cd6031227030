"""What people wrote, and then deleted or had kept too long, is nowhere any more.

Looked for in every kind of place: tables, their files and journals, jobs, keys, the log,
files left over, a dump, a backup unsealed, and one of before that is put back.
"""

import logging
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from core import backup, clock, mail
from core.db import db
from core.keys import Keyring
from people.models import Project
from surveys.definition import Definition
from surveys.fieldwork import inviting, starting
from surveys.models import (
    AnonymousResponse,
    Invitation,
    Kind,
    Mention,
    Response,
    SealedAnswer,
    Subject,
    Survey,
)
from surveys.responses import erasing
from surveys.routes import sealing_off
from tests.core.test_logs import listening
from tests.story import NOON
from tests.surveys.answers import Respondent, a_register
from tests.surveys.example import a_survey, answer, question
from tests.surveys.linking import bytes_of, bytes_of_backup
from tests.surveys.responses import test_anonymising as anonymous

MARKER = "Zwetschgenkuchen-4712"
FORM = Definition(
    {"de": "Fragen"}, "remains", "de", ("de",), (
        question("idea", "text", "Idee", "Idea"),
        question("partner", "text", "Mit wem?", "With whom?", osi={"register": "new"}),
        question("mail", "text", "E-Mail", "E-mail", osi={"pii": "contact"}),
    ),
)  # fmt: skip

pytestmark = pytest.mark.both_engines


@pytest.fixture
def log() -> Iterator[list[str]]:
    with listening(logging.INFO) as lines:
        yield lines


def remains(app: Flask, tmp_path: Path, look: str) -> list[str]:
    """List the places in which the marker is found."""
    db.session.rollback()
    keys: Keyring = app.extensions["keys"]
    made = backup.create(db.engine, app.config["DATA"], keys, clock.now())
    unsealed = bytes_of_backup(db.engine, keys, made, tmp_path / look)
    places = {str(each): each.read_bytes() for each in tmp_path.rglob("*") if each.is_file()}
    places |= {table: bytes_of(db.engine, table) for table in erasing.tables()}
    places |= {"a new backup": unsealed}
    return [place for place, raw in places.items() if MARKER.encode() in raw]


def fill(respondent: Respondent, address: str, **more: str) -> Respondent:
    respondent.open(address)
    return respondent.send(idea=f"{MARKER} und mehr", **more)


def test_what_a_respondent_deletes_is_nowhere(
    app: Flask,
    client: FlaskClient,
    session: Session,
    project: Project,
    keys: Keyring,
    tmp_path: Path,
    log: list[str],
) -> None:
    survey = a_survey(session, project, FORM, subject=Subject.PERSONS)
    slug, data, project_id = survey.slug, app.config["DATA"], survey.project_id
    for number in range(5):
        answer(session, survey, {"idea": f"Idee {number}"})
    session.commit()
    one = Respondent(client)
    fill(one, f"/s/{slug}", partner=MARKER, mail=f"{MARKER}@example.org")
    assert one.path == f"/s/{slug}/receipt"
    client.post(f"/s/{slug}/card")
    page = one.page.text and one.html.partition("/pages/")[2].partition('"')[0]
    one.open(f"/s/{slug}/pages/{page}").send(idea=f"{MARKER}, besser")  # the old one counts on
    with app.app_context():
        found = db.session.scalars(select(Response).order_by(Response.id.desc())).first()
        assert found and MARKER in str(found.counted) and MARKER in str(found.answers)
        assert db.session.scalars(select(Mention)).all()
        assert db.session.scalars(select(SealedAnswer)).all()
        for to in (f"{MARKER}@example.org", "mia@example.org"):
            mail.send(to, "Rundbrief", "", purpose="circular", project_id=project_id)
        db.session.commit()
        old = backup.create(db.engine, data, keys, NOON)
        assert remains(app, tmp_path, "before")
        for each in (tmp_path / "before").iterdir():
            each.unlink()

    assert client.post(f"/s/{slug}/deletion").status_code == 200
    with app.app_context():
        assert remains(app, tmp_path, "after") == []
        waiting = mail.outbox(db.session, keys, project_id)
        assert [letter.to for letter in waiting] == ["mia@example.org"]
        later = NOON + timedelta(minutes=1)
        db.session.close()
        backup.restore(db.engine, data, old, keys, later, replace=True)
        assert remains(app, tmp_path, "restored") == []
    assert not [line for line in log if MARKER in line]


def test_what_was_kept_too_long_is_nowhere(
    app: Flask,
    session: Session,
    project: Project,
    keys: Keyring,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOON)
    people, data = a_register(session, project, 2), app.config["DATA"]
    for kind, form in ((Kind.IDENTIFIED, FORM), (Kind.ANONYMOUS, anonymous.FORM)):
        survey = starting.begin_survey(
            session, project, form, kind, title="", subject=Subject.ORGANISATIONS, now=NOON
        )
        starting.choose_kind(session, survey, kind)
        starting.open_survey(session, survey, NOON)
        starting.keep_until(session, survey, date(2026, 11, 5), date(2026, 11, 5))
        invitations = inviting.invite(session, keys, survey, people, NOON)
        doors = [f"/i/{inviting.token_of(keys, each)}" for each in invitations]
        slug = survey.slug
        session.commit()
        one = Respondent(app.test_client())
        one.client.post(doors[0], data={"key": f"key {kind}"})
        fill(one, f"/s/{slug}")
        app.test_client().post(f"{doors[1]}/wrong-person", data={"who": MARKER})
    with app.app_context():
        old = backup.create(db.engine, data, keys, NOON)
        assert remains(app, tmp_path, "before")
        for each in (tmp_path / "before").iterdir():
            each.unlink()
    for day in (0, 2, 4):
        monkeypatch.setattr(clock, "now", lambda day=day: NOON + timedelta(days=day))
        with app.app_context():
            sealing_off.purge()
    with app.app_context():
        assert remains(app, tmp_path, "after") == []
        found = db.session.scalars(select(Invitation)).all()
        assert {(each.pointer, each.misdirected) for each in found} == {(None, None)}
        db.session.close()
        now = NOON + timedelta(days=4, hours=1)
        backup.restore(db.engine, data, old, keys, now, replace=True)
        assert remains(app, tmp_path, "restored") == []
        assert db.session.scalars(select(Response)).all() == []
        assert db.session.scalars(select(AnonymousResponse)).all() == []
        assert len(db.session.scalars(select(Survey)).all()) == 2
