"""Two hundred people answer anonymously, and an attacker has everything that is left of it.

The attacker watched the door, and has the database with its files, the log, and all backups
with their key. For every order of people and every order of answers: the pairs found, and
Kendall's tau, beside what chance finds in all of them together (see ``linking.is_chance``).
"""

import json
import logging
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from random import Random
from secrets import token_hex

import pytest
from flask import Flask
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from core import backup, dumping
from core.db import db
from core.keys import Keyring
from people.models import Project
from surveys.fieldwork import inviting, starting
from surveys.models import AnonymousResponse, Survey
from surveys.responses import anonymising
from surveys.responses.anonymity import key_of
from surveys.routes import sealing_off
from tests.core.test_logs import listening
from tests.story import NOON
from tests.surveys.linking import (
    Orders,
    bytes_dumped,
    bytes_of_backup,
    in_bytes,
    in_log,
    in_steps,
    is_chance,
    mark,
    matchings,
    orders_in,
)
from tests.surveys.responses.test_anonymising import an_anonymous_survey, answers

PEOPLE, NIGHTS = 200, (50, 51, 130)  # so many have come when a backup is made


@pytest.fixture
def came() -> list[int]:
    people = list(range(PEOPLE))
    Random(7).shuffle(people)  # noqa: S311 - chance, not secrecy
    return people


@pytest.fixture
def log() -> Iterator[list[str]]:
    with listening(logging.INFO) as lines:
        yield lines


def long(person: int) -> str:
    """What one person writes, some little and some much; the attacker knows the length."""
    return mark(person) + " und" * (2 * person)


def by_length() -> Orders:
    return {"answers by length": range(PEOPLE)}


def comes(app: Flask, door: str, slug: str, idea: str) -> None:
    """Somebody opens a link in a browser, answers, and hands in."""
    browser = app.test_client()
    begun = browser.post(door, data={"key": token_hex(8)}, follow_redirects=True).text
    key = re.search(r"/pages/([^/\"]+)\"", begun)
    assert key
    sent = browser.post(f"/s/{slug}/pages/{key[1]}", data={"idea": idea, "go": "next"})
    assert sent.location == f"/s/{slug}/receipt"


@pytest.mark.both_engines
def test_no_trace_leads_from_a_link_to_an_answer(
    app: Flask,
    session: Session,
    project: Project,
    keys: Keyring,
    tmp_path: Path,
    came: list[int],
    log: list[str],
) -> None:
    survey, invitations = an_anonymous_survey(session, project, keys, PEOPLE)
    doors = [f"/i/{inviting.token_of(keys, each)}" for each in invitations]
    hashes = {each.token_hash: person for person, each in enumerate(invitations)}
    data, slug, made = app.config["DATA"], survey.slug, list[Path]()
    session.rollback()
    for number, person in enumerate(came, 1):  # one in eight through the pages
        if number % 8:
            answers(session, keys, survey, invitations[person], long(person))
        else:
            comes(app, doors[person], slug, long(person))
        if number % 29 == 0:
            anonymising.count_in(session, keys, survey)
            session.commit()
        if number in NIGHTS:
            with app.app_context():
                night = NOON + timedelta(minutes=number)
                made.append(backup.create(db.engine, data, keys, night))
    starting.close_survey(session, survey, NOON + timedelta(days=9))
    session.commit()
    number = survey.id
    session.close()
    with app.app_context():
        sealing_off.seal_off(number)
    assert not keys.has(key_of(number))

    marks = {mark(person): person for person in range(PEOPLE)}
    with app.app_context():
        older = [
            bytes_of_backup(db.engine, keys, path, tmp_path / f"older {at}")
            for at, path in enumerate(made)
        ]
        last = bytes_of_backup(db.engine, keys, backup.backups(data)[0], tmp_path / "last")
        people = {"came": came, **orders_in(db.engine, "invitation", "token_hash", hashes)}
        found = {**orders_in(db.engine, "anonymous_response", "answers", marks)}
    people |= {
        "invitations in the last backup": in_bytes(last, hashes),
        "invitations in one before": in_bytes(older[2], hashes),
    }
    found |= {
        "answers in the last backup": in_bytes(last, marks),
        "answers since when in backups": in_steps([*older, last], marks),
        **by_length(),
    }
    assert not [line for line in log if "<token>" in line or "/s/" in line]
    assert not [raw for raw in older if mark(came[0]).encode() in raw]
    assert {len(each) for each in [*people.values(), *found.values()]} == {PEOPLE}
    assert is_chance([*matchings(people, found)], PEOPLE)


@pytest.mark.both_engines
def test_the_attack_finds_the_link_where_answers_are_kept_carelessly(
    app: Flask, session: Session, tmp_path: Path, came: list[int]
) -> None:
    """Random keys alone do not help: rows lie as they came, and backups tell since when."""
    session.execute(text("CREATE TABLE naive (id VARCHAR PRIMARY KEY, answers VARCHAR)"))
    session.commit()
    older = []
    for number, person in enumerate(came, 1):
        values = {"id": token_hex(16), "answers": mark(person)}
        session.execute(text("INSERT INTO naive VALUES (:id, :answers)"), values)
        session.commit()
        if number in (*NIGHTS, PEOPLE):
            with app.app_context():
                dumping.dump(db.engine, tmp_path / f"night {number}")
                older.append(bytes_dumped(db.engine, tmp_path / f"night {number}"))
    marks = {mark(person): person for person in range(PEOPLE)}
    with app.app_context():
        rows = orders_in(db.engine, "naive", "answers", marks)
    lying = [*matchings({"came": came}, rows)]
    assert max(pairs for _, pairs, _ in lying) == PEOPLE
    assert not is_chance(lying, PEOPLE)
    assert not is_chance(
        [*matchings({"came": came}, {"by night": in_steps(older, marks)})], PEOPLE
    )


def test_a_log_of_who_waited_how_long_would_match_long_answers(came: list[int]) -> None:
    """Measured with a line for each page: tau 0.38, of 100 people and up to 10,000 signs."""
    chance = Random(3)  # noqa: S311 - chance, not secrecy
    lines = [
        json.dumps({"method": "POST", "rule": "/s/<slug>/pages/<key>", "ms": round(took, 1)})
        for person in came
        for took in [chance.gauss(4, 1) + len(long(person)) / 1000]
    ]
    found = [*matchings({"log": in_log(lines, came)}, by_length())]
    assert not is_chance(found, PEOPLE)


@pytest.mark.both_engines
def test_a_backup_brings_answers_back_until_the_survey_closes(
    app: Flask, session: Session, project: Project, keys: Keyring
) -> None:
    survey, invitations = an_anonymous_survey(session, project, keys)
    data, number = app.config["DATA"], survey.id
    begun = answers(session, keys, survey, invitations[0], "Räume")
    session.close()

    def kept_by(old: Path, minute: int) -> tuple[int, int]:
        now = NOON + timedelta(minutes=minute)
        manifest = backup.restore(db.engine, data, old, keys, now, replace=True)
        with Session(db.engine) as own:
            found = own.scalar(select(func.count()).select_from(AnonymousResponse))
            return sum(manifest.unread.values()), found or 0

    with app.app_context():
        old = backup.create(db.engine, data, keys, NOON)
        anonymising.begin(session, keys, session.merge(invitations[1]), 1, "de", NOON, "form")
        session.commit()
        session.close()
        assert kept_by(old, 1) == (0, 1)
        row = session.get_one(AnonymousResponse, begun)
        assert (row.answers, row.submitted) == ({"idea": "Räume"}, NOON)
        starting.close_survey(session, session.get_one(Survey, number), NOON)
        session.commit()
        anonymising.seal_off(session, keys, number)
        session.close()
        sealed = backup.create(db.engine, data, keys, NOON + timedelta(hours=1))
        assert kept_by(old, 2) == (1, 0)
        assert kept_by(sealed, 3) == (0, 1)
