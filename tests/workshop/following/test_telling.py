"""Whoever left an address hears by mail what became of the ideas, until they take it back."""

from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from core import erasing, mail
from core.addresses import UnusableAddress
from core.errors import FormUsedTwice
from core.keys import Keyring
from core.mail import OutboxMail
from people.models import Naming, Organisation, Project
from tests.story import NOON, an_organisation
from tests.workshop.room import browser_in
from workshop.following import telling
from workshop.following.deciding import Verdict, decide
from workshop.following.following import note
from workshop.following.models import Follower, Outcome, State
from workshop.models import Board, Idea, Workshop

TODAY = NOON.date()
PAGE = "/p/buch/workshops/buch/followers"
FORM = {"key": "first", "words": "Danke, dass Sie da waren."}


def letters(session: Session, keys: Keyring) -> list[mail.Letter]:
    query = select(OutboxMail).filter_by(purpose="ideas").order_by(OutboxMail.id)
    return [mail.read(keys, each) for each in session.scalars(query)]


@pytest.fixture
def decided(session: Session, project: Project, developing: Board, sewing: Idea) -> Idea:
    owner = an_organisation(project, "O17", "Nähstube Buch")
    session.add(owner)
    session.flush()
    decide(session, sewing, Verdict(Outcome.ADOPTED, owner=owner), "Birte", NOON)
    session.commit()
    return sewing


def test_an_address_left_in_the_room_gets_the_news_in_its_language(
    app: Flask, desk: FlaskClient, session: Session, keys: Keyring, workshop: Workshop,
    decided: Idea,
) -> None:  # fmt: skip
    phone = browser_in(workshop, app, "Amal")
    phone.post("/language", data={"language": "ar", "page": "/"})
    assert f"/w/{workshop.code}/follow" in phone.get(f"/w/{workshop.code}").text
    for _ in range(2):
        left = phone.post(f"/w/{workshop.code}/follow", data={"address": "amal@buch.example"})
        assert left.status_code == 303
    for _ in range(2):  # the same form once more
        assert desk.post(PAGE, data=FORM).status_code == 303
    (letter,) = letters(session, keys)
    assert letter.to == "amal@buch.example"
    for words in (FORM["words"], decided.title, left.location):
        assert words in letter.text
    assert "جديد الأفكار" in letter.subject
    assert "Nähstube Buch" not in letter.text, "it has not agreed to be named publicly"


def test_who_agreed_to_be_named_is_named_in_the_mail(
    app: Flask, desk: FlaskClient, session: Session, keys: Keyring, workshop: Workshop,
    decided: Idea,
) -> None:  # fmt: skip
    owner = session.scalars(select(Organisation).filter_by(name="Nähstube Buch")).one()
    owner.naming = Naming.PUBLIC
    telling.follow(session, keys, workshop, "a@b.example", "de", TODAY)
    session.commit()
    desk.post(PAGE, data=FORM)
    assert "Nähstube Buch" in letters(session, keys)[0].text


def test_only_what_is_new_is_told_again(
    desk: FlaskClient, session: Session, keys: Keyring, workshop: Workshop, decided: Idea
) -> None:
    telling.follow(session, keys, workshop, "a@b.example", "de", TODAY)
    session.commit()
    assert [each.idea for each in telling.news(session, workshop)] == [decided]
    desk.post(PAGE, data=FORM)
    session.expire_all()
    assert telling.news(session, workshop) == []
    answer = desk.post(PAGE, data=FORM | {"key": "second"})
    assert answer.status_code == 409
    assert "Seit der letzten E-Mail wurde nichts entschieden" in answer.text
    assert FORM["words"] in answer.text
    (last,) = telling.tellings(session, workshop)
    said = {"state": State.DONE, "text": "Die Maschinen stehen.", "day": TODAY}
    note(session, decided, "n1", "Birte", last.at + timedelta(hours=1), **said)  # type: ignore[arg-type]
    session.commit()
    assert desk.post(PAGE, data=FORM | {"key": "third"}).status_code == 303
    assert "Die Maschinen stehen." in letters(session, keys)[-1].text


def test_an_address_taken_back_is_gone_with_the_mails_that_wait_for_it(
    client: FlaskClient, desk: FlaskClient, session: Session, keys: Keyring, app: Flask,
    workshop: Workshop, decided: Idea,
) -> None:  # fmt: skip
    number = telling.follow(session, keys, workshop, "a@b.example", "de", TODAY)
    other = telling.follow(session, keys, workshop, "b@b.example", "de", TODAY)
    session.commit()
    desk.post(PAGE, data=FORM)
    link = f"/w/{workshop.code}/follow/{number}"
    assert "Adresse löschen" in client.get(link).text
    assert "Ihre Adresse ist gelöscht" in client.post(f"{link}/removal").text
    for again in (client.post(f"{link}/removal"), client.get(link)):
        assert again.status_code == 404
    session.expire_all()
    assert [each.to for each in letters(session, keys)] == ["b@b.example"]
    assert session.scalars(select(Follower.id)).all() == [other]
    assert erasing.is_noted(app.config["DATA"], "follower", number)


def test_a_backup_does_not_bring_an_address_back(
    session: Session, keys: Keyring, workshop: Workshop, tmp_path: Path
) -> None:
    number = telling.follow(session, keys, workshop, "a@b.example", "de", TODAY)
    assert telling.stop(session, tmp_path, keys, workshop, number) == "a@b.example"
    telling.follow(session, keys, workshop, "a@b.example", "de", TODAY)  # as a backup would
    erasing.replay(session, tmp_path)
    assert telling.followers(session, workshop) == 0


def test_after_a_year_addresses_are_deleted(
    session: Session, keys: Keyring, workshop: Workshop, tmp_path: Path
) -> None:
    telling.follow(session, keys, workshop, "a@b.example", "de", TODAY)
    telling.forget_old(session, tmp_path, TODAY + timedelta(days=364))
    assert telling.followers(session, workshop) == 1
    telling.forget_old(session, tmp_path, TODAY + timedelta(days=365))
    assert telling.followers(session, workshop) == 0


def test_nothing_leads_from_an_address_to_who_took_part(
    session: Session, keys: Keyring, workshop: Workshop
) -> None:
    telling.follow(session, keys, workshop, "amal@buch.example", "de", TODAY)
    kept = session.scalars(select(Follower)).one()
    assert "amal" not in f"{kept.id} {kept.sealed}"
    told = {column.name for column in Follower.__table__.columns}
    assert told == {"id", "workshop_id", "language", "sealed", "until"}


@pytest.mark.parametrize("typed", ["", "amal", "a@b.example, c@d.example", "a@b\n@c"])
def test_what_is_no_address_is_said_at_the_field_and_stays(
    app: Flask, session: Session, workshop: Workshop, typed: str
) -> None:
    phone = browser_in(workshop, app, "Amal")
    answer = phone.post(f"/w/{workshop.code}/follow", data={"address": typed})
    assert answer.status_code == 422
    assert 'id="address-error"' in answer.text
    assert session.scalars(select(Follower)).all() == []


def test_only_who_took_part_leaves_an_address(client: FlaskClient, workshop: Workshop) -> None:
    answer = client.post(f"/w/{workshop.code}/follow", data={"address": "a@b.example"})
    assert answer.status_code == 401


def test_nobody_there_and_other_words_are_refused(
    desk: FlaskClient, session: Session, keys: Keyring, workshop: Workshop, decided: Idea
) -> None:
    answer = desk.post(PAGE, data=FORM)
    assert answer.status_code == 409
    assert "hat niemand eine Adresse hinterlassen" in answer.text
    telling.note_telling(session, workshop, "k", "one", 1, "Birte", NOON)
    with pytest.raises(FormUsedTwice):
        telling.note_telling(session, workshop, "k", "other", 1, "Birte", NOON)
    with pytest.raises(UnusableAddress):
        telling.follow(session, keys, workshop, "nobody", "de", TODAY)
