"""The people that the tests tell of."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from threading import Barrier, Thread
from uuid import uuid4

from flask import Flask
from flask.testing import FlaskClient

from core.db import db
from people.models import Membership, Organisation, Project, Role, Sector, User
from people.staying import begin_session

PASSWORD = "drei rote Äpfel"  # noqa: S105 - of nobody but the tests
NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)


def browser_of(user: User, app: Flask) -> FlaskClient:
    """A browser in which someone of the staff has signed in."""
    client, key, now = app.test_client(), uuid4().hex, datetime.now(UTC)
    with app.app_context():
        begin_session(db.session, user.id, key, "Firefox, Linux", now)
        db.session.commit()
    with client.session_transaction() as cookie:
        cookie["_user_id"] = user.fs_uniquifier
        cookie["staff_key"] = key
        cookie["fs_paa"] = now.timestamp()
    return client


def a_project(slug: str, name: str = "") -> Project:
    return Project(slug=slug, name=name or slug.title(), created=NOON)


def a_user(name: str) -> User:
    return User(name=name, email=f"{name.lower()}@example.org", fs_uniquifier=name)


def a_member(project: Project, user: User, role: Role) -> Membership:
    return Membership(project_id=project.id, user_id=user.id, role=role)


def an_organisation(
    project: Project, code: str, name: str, sector: Sector = Sector.SOCIETY, **more: object
) -> Organisation:
    values = {"short_name": name, "added": NOON} | more
    return Organisation(project_id=project.id, code=code, name=name, sector=sector, **values)


def at_once(number: int, act: Callable[[int], None]) -> None:
    """Let *number* threads do something at the same moment, and wait for them."""
    together = Barrier(number)

    def run(which: int) -> None:
        together.wait()
        act(which)

    threads = [Thread(target=run, args=(which,)) for which in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def without_stamps(page: str) -> str:
    """Leave out of a page the tokens of its forms and its clock: they tell when it was made."""
    return re.sub(r'name="csrf_token" value="[^"]+"|data-now="[^"]+"', "", page)
