import re

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.keys import Keyring
from workshop.models import Participant, Workshop
from workshop.paper.places import card_of, place_on
from workshop.preparing import open_room


def test_a_card_opens_one_place_however_often(
    app: Flask, session: Session, keys: Keyring, workshop: Workshop
) -> None:
    page = f"/w/{workshop.code}/place/{card_of(keys, workshop, 7)}"
    for device in (app.test_client(), app.test_client()):
        assert device.get(page).status_code == 200
        device.post(page, data={})
        assert "Platz 7" in device.get(f"/w/{workshop.code}").text
    assert session.scalar(select(func.count(Participant.id))) == 1
    session.refresh(workshop)
    assert workshop.hall == 1


def test_a_card_brings_nobody_in_while_the_room_is_closed(
    app: Flask, session: Session, keys: Keyring, workshop: Workshop
) -> None:
    taken, free = (f"/w/{workshop.code}/place/{card_of(keys, workshop, n)}" for n in (1, 2))
    app.test_client().post(taken, data={"name": "Hala"})
    open_room(session, workshop, False)
    session.commit()
    assert app.test_client().get(free).status_code == 404
    assert app.test_client().post(free, data={}).status_code == 409
    late = app.test_client()
    assert "Hala" in late.get(taken).text
    late.post(taken, data={})
    assert late.get(f"/w/{workshop.code}").status_code == 200


def test_a_made_up_card_opens_nothing(
    client: FlaskClient, keys: Keyring, workshop: Workshop
) -> None:
    card = card_of(keys, workshop, 7)
    wrong = ["7", "7-", "8" + card[1:], card[:-1], card.lower(), "201-X", "٧-X", "-7-X"]
    assert all(place_on(keys, workshop, each) is None for each in wrong)
    answers = [client.get(f"/w/{workshop.code}/place/{each}") for each in [*wrong, *wrong]]
    assert {answer.status_code for answer in answers} == {404, 429}
    assert client.get(f"/w/{workshop.code}/place/{card}").status_code == 200


def test_no_form_takes_the_place_of_a_card(
    app: Flask, session: Session, keys: Keyring, workshop: Workshop
) -> None:
    card = card_of(keys, workshop, 7)
    app.test_client().post(f"/w/{workshop.code}/place/{card}", data={})
    key = f"the card of a place in this workshop: {card}"
    app.test_client().post(f"/w/{workshop.code}", data={"key": key})
    assert session.scalar(select(func.count(Participant.id))) == 1


def test_cards_are_printed_in_a_language_of_the_room(
    desk: FlaskClient, keys: Keyring, workshop: Workshop
) -> None:
    page = desk.get("/p/buch/workshops/buch/places/print?last=3&language=ar").text
    assert 'dir="rtl"' in page
    links = re.findall(r"/place/([0-9A-Z-]+)", page)
    assert links == [card_of(keys, workshop, n) for n in (1, 2, 3)]
    assert desk.get("/p/buch/workshops/buch/places").text.count('class="qr"') == 0


def test_who_sits_already_keeps_their_place(
    phone: FlaskClient, session: Session, keys: Keyring, workshop: Workshop
) -> None:
    page = f"/w/{workshop.code}/place/{card_of(keys, workshop, 7)}"
    assert phone.get(page).location == f"/w/{workshop.code}"
    assert session.scalar(select(func.count(Participant.id))) == 1


def test_one_browser_takes_one_place_however_many_cards_it_sends(
    app: Flask, session: Session, keys: Keyring, workshop: Workshop
) -> None:
    browser = app.test_client()
    cards = [f"/w/{workshop.code}/place/{card_of(keys, workshop, n)}" for n in (1, 2, 3)]
    assert {browser.post(card, data={}).location for card in cards} == {f"/w/{workshop.code}"}
    assert session.scalar(select(func.count(Participant.id))) == 1
    assert "Platz 1" in browser.get(f"/w/{workshop.code}").text


def test_who_sits_already_may_still_come_back_to_a_place_that_is_taken(
    app: Flask, phone: FlaskClient, session: Session, keys: Keyring, workshop: Workshop
) -> None:
    card = f"/w/{workshop.code}/place/{card_of(keys, workshop, 7)}"
    app.test_client().post(card, data={"name": "Hala"})
    phone.post(card, data={})
    assert "Hala" in phone.get(f"/w/{workshop.code}").text
    assert session.scalar(select(func.count(Participant.id))) == 2
