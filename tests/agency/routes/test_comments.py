"""Comments of partners on a concept: who reads them, and taking them back."""

import re
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from agency.concepts.models import Comment, Concept, Section
from core import erasing
from tests.agency.concepts.story import an_entry
from tests.agency.routes.test_concepts import CONCEPTS, concept, task_force
from tests.story import NOON

__all__ = ["concept", "task_force"]  # fixtures


@pytest.fixture
def link(desk: FlaskClient, session: Session, concept: Concept) -> str:
    """Where partners read and comment."""
    an_entry(session, concept, Section.PROBLEM, "Es fehlt Platz.")
    session.commit()
    place = f"{CONCEPTS}/{concept.id}/versions"
    desk.post(place, data={"key": "v", "note": ""})
    desk.post(f"{place}/1/opening")
    found = re.search(r'value="[^"]*(/concept/[0-9a-f]+)"', desk.get(f"{place}/1").text)
    assert found
    return found[1]


SAID = {"key": "c", "entry": "", "name": "Frau Yılmaz", "text": "Das stimmt nicht ganz."}


def removal_in(guest: FlaskClient, link: str, act: str = "removal") -> list[str]:
    return re.findall(rf'action="([^"]*/remarks/\d+/{act})"', guest.get(link).text)


def test_whoever_commented_takes_it_back_in_the_same_browser(
    desk: FlaskClient, app: Flask, session: Session, concept: Concept, link: str
) -> None:
    writer, other = app.test_client(), app.test_client()
    writer.post(link, data=SAID)
    assert removal_in(other, link) == []
    (removal,) = removal_in(writer, link)
    other.post(removal)
    assert SAID["text"] in other.get(link).text
    page = writer.post(removal, follow_redirects=True).text
    assert "zurückgenommen" in page and SAID["text"] not in page
    version = desk.get(f"{CONCEPTS}/{concept.id}/versions/1").text
    assert SAID["text"] not in version and "Frau Yılmaz" not in version
    undo = removal.replace("removal", "return")
    assert other.post(undo).status_code == 404
    number = removal.split("/")[-2]
    team = f"{CONCEPTS}/{concept.id}/versions/1/answers/{number}"
    assert desk.post(f"{team}/return").status_code == 404  # it is not theirs to bring back
    assert desk.post(team, data={"answer": "x"}).status_code == 404
    assert writer.post(undo).status_code == 303
    assert SAID["text"] in other.get(link).text


def test_whoever_knows_the_word_takes_a_comment_back_elsewhere(
    app: Flask, session: Session, link: str
) -> None:
    writer, other = app.test_client(), app.test_client()
    assert writer.post(link, data=SAID | {"word": "kurz"}).status_code == 422
    writer.post(link, data=SAID | {"word": "Blaue  Giraffe"})
    (removal,) = removal_in(other, link)
    page = other.post(removal, data={"word": "gelbe Giraffe"}, follow_redirects=True).text
    assert "nicht das Wort" in page and SAID["text"] in page
    assert "giraffe" not in str(session.scalars(select(Comment.word_hash)).one()).casefold()
    page = other.post(removal, data={"word": "blaue giraffe"}, follow_redirects=True).text
    assert SAID["text"] not in page
    assert other.post(removal.replace("removal", "return")).status_code == 303
    assert SAID["text"] in other.get(link).text


def test_the_word_for_a_comment_is_not_guessed(app: Flask, link: str) -> None:
    app.test_client().post(link, data=SAID | {"word": "Blaue Giraffe"})
    other = app.test_client()
    (removal,) = removal_in(other, link)
    tries = [other.post(removal, data={"word": f"Wort {n}"}).status_code for n in range(60)]
    assert 429 in tries


def test_the_team_deletes_a_comment_and_brings_it_back(
    desk: FlaskClient, app: Flask, session: Session, concept: Concept, link: str
) -> None:
    writer = app.test_client()
    writer.post(link, data=SAID)
    version = f"{CONCEPTS}/{concept.id}/versions/1"
    (removal,) = re.findall(r'action="([^"]*/answers/\d+/removal)"', desk.get(version).text)
    page = desk.post(removal, follow_redirects=True).text
    assert "1 gelöschter Kommentar" in page and SAID["text"] not in page
    assert SAID["text"] not in writer.get(link).text
    assert writer.post(link.rstrip("/") + "/remarks/1/return").status_code == 404
    assert "1 offener Kommentar" not in desk.get(f"{CONCEPTS}/{concept.id}").text
    desk.post(removal.replace("removal", "return"))
    assert SAID["text"] in writer.get(link).text


def test_what_was_taken_back_is_erased_a_day_later_and_stays_so_in_a_backup(
    desk: FlaskClient, app: Flask, session: Session, link: str
) -> None:
    writer = app.test_client()
    for key in ("c", "d"):
        writer.post(link, data=SAID | {"key": key})
    writer.post(removal_in(writer, link)[0])
    data = app.config["DATA"]
    now = session.scalars(select(Comment.deleted).where(Comment.deleted.is_not(None))).one()
    assert now
    assert erasing.erase_what_is_over(session, data, now + timedelta(hours=23)) == 0
    assert erasing.erase_what_is_over(session, data, now + timedelta(hours=25)) == 1
    session.commit()
    left = session.scalars(select(Comment)).one()
    assert left.form_key == "d"
    values = {"edition_id": left.edition_id, "project_id": left.project_id, "at": NOON}
    session.add(Comment(form_key="c", name="Frau Yılmaz", text=SAID["text"], **values))
    session.commit()  # as a backup brings it back
    erasing.replay(session, data)
    session.commit()
    assert [each.form_key for each in session.scalars(select(Comment))] == ["d"]
    assert "Frau" not in (data / erasing.LIST).read_text()


def test_the_page_says_who_reads_and_so_it_is(
    task_force: FlaskClient, app: Flask, concept: Concept, link: str
) -> None:
    writer, other = app.test_client(), app.test_client()
    writer.post(link, data=SAID)
    page = other.get(link).text
    assert "Das Projektteam und alle, die diesen Link haben" in page
    assert SAID["text"] in page and "Frau Yılmaz" not in page
    version = task_force.get(f"{CONCEPTS}/{concept.id}/versions/1").text
    assert SAID["text"] not in version and "Frau Yılmaz" not in version
