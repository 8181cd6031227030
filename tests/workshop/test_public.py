import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from core.keys import Keyring
from people.models import Project
from tests.story import NOON, without_stamps
from tests.workshop.room import (
    HTMX,
    a_participant,
    an_idea,
    browser_in,
    go_to,
    lay_dots,
    poll_of,
)
from workshop import planning
from workshop.models import Board, Idea, Method, Participant, Phase, Workshop
from workshop.preparing import open_room, prepare
from workshop.voting.models import Mark


def test_a_code_leads_to_its_room(client: FlaskClient, workshop: Workshop) -> None:
    typed = workshop.code.lower().replace("-", " ")
    answer = client.post("/join", data={"code": typed})
    assert (answer.status_code, answer.location) == (303, f"/w/{workshop.code}")


@pytest.mark.parametrize(
    "typed", ["BUCH-7K2M", "nonsense", "", "<script>alert(1)</script>", "\x00"]
)
def test_a_wrong_code_is_explained_and_kept(
    client: FlaskClient, workshop: Workshop, typed: str
) -> None:
    answer = client.post("/join", data={"code": typed}, headers={"Accept-Language": "en"})
    assert answer.status_code == 422
    assert "<script>alert" not in answer.text
    assert "Code on the wall or card" in answer.text


def test_a_closed_room_looks_like_none(
    client: FlaskClient, session: Session, workshop: Workshop
) -> None:
    unknown = client.get("/w/AAAA-AAAA")
    open_room(session, workshop, False)
    session.commit()
    closed = client.get(f"/w/{workshop.code}")
    assert (closed.status_code, unknown.status_code) == (404, 404)
    like_none = closed.text.replace(workshop.code, "AAAA-AAAA")
    assert without_stamps(like_none) == without_stamps(unknown.text)
    assert workshop.title not in closed.text


@pytest.mark.both_engines
def test_somebody_joins_with_a_name(
    client: FlaskClient, session: Session, workshop: Workshop
) -> None:
    answer = client.post(f"/w/{workshop.code}", data={"key": "k", "name": " Amal\x00 "})
    assert answer.status_code == 303
    assert session.scalars(select(Participant.name)).all() == ["Amal"]
    assert "Amal" in client.get(f"/w/{workshop.code}").text


def test_a_tree_is_a_name_and_so_is_none(
    app: Flask, session: Session, workshop: Workshop
) -> None:
    for typed in ({"tree": "Linde"}, {}):
        app.test_client().post(f"/w/{workshop.code}", data={"key": str(typed), **typed})
    assert session.scalars(select(Participant.name)).all() == ["Linde", ""]


def test_the_same_phone_stays_the_same_person(
    session: Session, workshop: Workshop, phone: FlaskClient
) -> None:
    for _ in range(3):
        phone.post(f"/w/{workshop.code}", data={"key": "another", "name": "Else"})
        assert "Linden" in phone.get(f"/w/{workshop.code}").text
    assert session.scalar(select(func.count(Participant.id))) == 1


def test_who_has_joined_stays_when_the_room_closes(
    session: Session, workshop: Workshop, phone: FlaskClient
) -> None:
    open_room(session, workshop, False)
    session.commit()
    assert phone.get(f"/w/{workshop.code}").status_code == 200
    assert phone.post("/join", data={"code": workshop.code}).status_code == 303


def test_a_code_lets_nobody_read(client: FlaskClient, workshop: Workshop, bikes: Idea) -> None:
    assert bikes.title not in client.get(f"/w/{workshop.code}").text
    for path in ("cards", "me", f"ideas/{bikes.id}"):
        assert client.get(f"/w/{workshop.code}/{path}").status_code == 401


@pytest.mark.both_engines
def test_a_card_is_hung_up(session: Session, workshop: Workshop, phone: FlaskClient) -> None:
    card = {"key": "k", "title": " A\x00 choir ", "text": "One\r\n\r\ntwo"}
    answer = phone.post(f"/w/{workshop.code}/ideas", data=card, follow_redirects=True)
    assert answer.request.path == f"/w/{workshop.code}"
    assert [(i.title, i.text) for i in session.scalars(select(Idea))] == [
        ("A choir", "One two")
    ]
    assert answer.text.count(">A choir<") == 2  # among one's own, and on the wall


def test_htmx_receives_an_empty_form_with_a_new_key(
    workshop: Workshop, phone: FlaskClient
) -> None:
    card = {"title": "A choir", "key": "k"}
    answer = phone.post(f"/w/{workshop.code}/ideas", data=card, headers=HTMX)
    assert answer.text.lstrip().startswith('<div id="mine"')
    assert re.search(r'name="key"[^>]*value="[0-9a-f]{32}"', answer.text)
    assert answer.headers["HX-Trigger"] == "changed"


def test_a_card_without_words_is_explained_and_the_rest_kept(
    workshop: Workshop, phone: FlaskClient
) -> None:
    card = {"title": "  ", "text": "With songs", "key": "k"}
    answer = phone.post(f"/w/{workshop.code}/ideas", data=card)
    assert answer.status_code == 422
    assert "With songs" in answer.text
    assert 'value="k"' in answer.text


def test_a_card_is_changed_and_taken_back_by_its_author(
    session: Session, workshop: Workshop, phone: FlaskClient
) -> None:
    phone.post(f"/w/{workshop.code}/ideas", data={"title": "A choir", "key": "k"})
    page = f"/w/{workshop.code}/ideas/{session.scalars(select(Idea.id)).one()}"
    assert "A choir" in phone.get(page).text
    phone.post(page, data={"title": "A band", "key": "k"})
    assert "A band" in phone.get(f"/w/{workshop.code}").text
    phone.post(f"{page}/removal")
    assert "A band" not in phone.get(f"/w/{workshop.code}").text
    assert phone.get(page).status_code == 404


def test_foreign_cards_are_unknown_cards(
    session: Session,
    keys: Keyring,
    project: Project,
    workshop: Workshop,
    phone: FlaskClient,
    bikes: Idea,
) -> None:
    other = prepare(session, project, "other", "other", "Another", ["Why?"], NOON)
    stranger = a_participant(other, "Stranger")
    session.add(stranger)
    session.flush()
    foreign = an_idea(other.board, stranger, "Foreign")
    session.add(foreign)
    go_to(session, keys, workshop.board, Phase.VOTE)
    for idea in (foreign.id, 4711):
        page = f"/w/{workshop.code}/ideas/{idea}"
        assert phone.get(page).status_code == 404
        ballot = f"/w/{workshop.code}/ballot/i{idea}"
        assert phone.post(ballot, data={"value": 1}).status_code == 409
    mine = f"/w/{workshop.code}/ideas/{bikes.id}"
    assert phone.post(mine, data={"key": "k", "title": "x"}).status_code == 404  # not theirs


def test_covered_cards_are_seen_by_their_authors_only(
    session: Session, workshop: Workshop, phone: FlaskClient, bikes: Idea
) -> None:
    phone.post(f"/w/{workshop.code}/ideas", data={"title": "A choir", "key": "k"})
    workshop.board.is_covered = True
    workshop.board.changed()
    session.commit()
    page = phone.get(f"/w/{workshop.code}").text
    assert page.count("A choir") == 1
    assert bikes.title not in page
    assert "2 Karten hängen verdeckt" in page


@pytest.mark.parametrize("shown", [True, False])
def test_names_stand_on_all_cards_or_on_none(
    session: Session, workshop: Workshop, phone: FlaskClient, bikes: Idea, shown: bool
) -> None:
    workshop.board.shows_names = shown
    workshop.board.changed()
    session.commit()
    assert ("Amal" in phone.get(f"/w/{workshop.code}").text) is shown


@pytest.mark.both_engines
def test_everyone_reads_before_the_vote_what_it_is_for_and_how_it_decides(
    session: Session, keys: Keyring, workshop: Workshop, bikes: Idea, phone: FlaskClient
) -> None:
    def read() -> str:
        page = phone.get(f"/w/{workshop.code}", headers={"Accept-Language": "de"}).text
        return " ".join(re.sub("<[^>]+>", " ", page).split())

    go_to(session, keys, workshop.board, Phase.DISCUSS)
    assert "Was liegt vorn? Alle kleben Punkte. Punkte je Person: 3" in read()
    planning.choose_rule(session, workshop.board, [bikes], {}, method=Method.OPINION)
    session.commit()
    assert "Worin sind wir uns einig?" in read()
    go_to(session, keys, workshop.board, Phase.VOTE)
    assert "Worin sind wir uns einig?" in read()


def test_dots_are_placed_and_taken_back(
    session: Session, workshop: Workshop, voting: Board, phone: FlaskClient, bikes: Idea
) -> None:
    page = f"/w/{workshop.code}/ballot/i{bikes.id}"
    answer = phone.post(page, data={"value": 2})
    assert answer.location == f"/w/{workshop.code}#option-i{bikes.id}"
    assert "Noch 1 Punkt<" in phone.get(f"/w/{workshop.code}").text
    answer = phone.post(page, data={"value": 1}, headers=HTMX)
    assert answer.headers["HX-Retarget"] == f"#option-i{bikes.id}"
    assert answer.text.count("<article") == 1
    assert "Noch 2 Punkte" in answer.text


@pytest.mark.parametrize("dots", ["x", "-2", "1001", "10000000000000000000000"])
def test_odd_numbers_of_dots_are_refused(
    session: Session, workshop: Workshop, voting: Board, phone: FlaskClient, bikes: Idea,
    dots: str,
) -> None:  # fmt: skip
    answer = phone.post(f"/w/{workshop.code}/ballot/i{bikes.id}", data={"value": dots})
    assert answer.status_code == 422
    assert session.scalar(select(func.count(Mark.option))) == 0


def test_a_refusal_goes_where_htmx_shows_it(
    workshop: Workshop, voting: Board, phone: FlaskClient, bikes: Idea
) -> None:
    page = f"/w/{workshop.code}/ballot/i{bikes.id}"
    answer = phone.post(page, data={"value": 3}, headers=HTMX)
    assert (answer.status_code, answer.headers["HX-Retarget"]) == (409, "#notice")


def test_looking_brings_nothing_until_the_board_changes(
    app: Flask, workshop: Workshop, phone: FlaskClient
) -> None:
    poll = poll_of(wall_in(phone.get(f"/w/{workshop.code}").text))
    assert phone.get(poll).status_code == 204
    card = {"title": "A garden", "key": "k"}
    browser_in(workshop, app).post(f"/w/{workshop.code}/ideas", data=card)
    news = phone.get(poll)
    assert "A garden" in news.text
    assert phone.get(poll_of(news.text)).status_code == 204


def test_everyone_is_served_the_same_wall(
    app: Flask, workshop: Workshop, phone: FlaskClient, bikes: Idea
) -> None:
    part = phone.get(f"/w/{workshop.code}/cards").text
    assert part == browser_in(workshop, app, "Oak").get(f"/w/{workshop.code}/cards").text
    assert "csrf" not in part
    assert "Linden" not in part


def test_nobody_learns_of_the_dots_of_others_before_the_result(
    app: Flask, session: Session, keys: Keyring, workshop: Workshop, voting: Board,
    phone: FlaskClient,
    bikes: Idea, sewing: Idea, amal: Participant, ben: Participant,
) -> None:  # fmt: skip
    """Not by words, nor by the order, nor by a version: the page does not change at all."""
    page, part = f"/w/{workshop.code}", f"/w/{workshop.code}/cards"
    before, poll = without_stamps(phone.get(page).text), poll_of(phone.get(part).text)
    for voter in (amal, ben):
        lay_dots(session, keys, voting, sewing, voter, 2)
    session.commit()
    assert without_stamps(phone.get(page).text) == before
    assert phone.get(poll).status_code == 204
    phone.post(f"{page}/ballot/i{bikes.id}", data={"value": 1})

    go_to(session, keys, voting, Phase.RESULT)
    result = phone.get(page).text
    assert result.index(sewing.title) < result.index(bikes.title)
    assert "4 Punkte" in result


def test_a_page_of_an_earlier_phase_is_shown_the_way_on(
    session: Session, keys: Keyring, workshop: Workshop, phone: FlaskClient
) -> None:
    poll = poll_of(wall_in(phone.get(f"/w/{workshop.code}").text))
    go_to(session, keys, workshop.board, Phase.VOTE)
    assert "data-moved" in phone.get(poll).text


def test_another_device_goes_on_in_the_same_place(
    app: Flask, session: Session, workshop: Workshop, phone: FlaskClient
) -> None:
    found = re.search(r"/w/[^/<]+/me/[0-9a-f]+", phone.get(f"/w/{workshop.code}/me").text)
    assert found
    tablet = app.test_client()
    assert tablet.get(found[0]).status_code == 200
    assert tablet.post(found[0]).location == f"/w/{workshop.code}"
    assert "Linden" in tablet.get(f"/w/{workshop.code}").text
    assert tablet.get(found[0] + "0").status_code == 404
    assert session.scalar(select(func.count(Participant.id))) == 1


def wall_in(html: str) -> str:
    return html[html.index('id="wall"') :]


def test_a_room_behind_one_address_is_never_slowed_down(
    app: Flask, session: Session, workshop: Workshop, voting: Board, bikes: Idea
) -> None:
    """Forty join and place three dots each, while someone guesses codes beside them."""
    guesser = app.test_client()
    refused = [guesser.post("/join", data={"code": "AAAA-AAAA"}).status_code for _ in range(20)]
    assert 429 in refused
    people = [browser_in(workshop, app, f"Person {number}") for number in range(40)]
    answers = {
        person.post(f"/w/{workshop.code}/ballot/i{bikes.id}", data={"value": n}).status_code
        for person in people
        for n in range(3)
    }
    assert answers == {303}
    assert app.test_client().post("/join", data={"code": workshop.code}).status_code == 303


HOSTILE = [
    "<script>window.OSIX=1</script>",
    "'\"><img src=x onerror=alert(1)>", "{{ 7*7 }}", "%(name)s",
    "%s%n", "\u202egnp.exe", "a\u0000b", "=HYPERLINK(1)", "'; DROP TABLE idea; --", "🙂" * 30,
    "x" * 100_000, "../../etc/passwd", "javascript:alert(1)", "\r\nSet-Cookie: a=b",
]  # fmt: skip


@pytest.mark.both_engines
def test_hostile_words_are_words(app: Flask, workshop: Workshop, desk: FlaskClient) -> None:
    for text in HOSTILE:
        answers = say(text, browser_in(workshop, app, text[:40]), desk, f"/w/{workshop.code}")
        codes = {answer.status_code for answer in answers}
        assert codes <= {200, 303, 308, 401, 404, 409, 422, 429}, text  # so many wrong codes
        for answer in answers[:-1]:
            assert "<script>window" not in answer.text, text
            assert "<img src=x" not in answer.text, text


def say(text: str, client: FlaskClient, desk: FlaskClient, page: str) -> list[TestResponse]:
    """Put *text* wherever somebody in the room can, and see what everyone gets."""
    return [
        client.get(page),
        client.post("/join", data={"code": text}),
        client.post(f"{page}/ideas", data={"key": text[:32], "title": text, "text": text}),
        client.post(f"{page}/ideas", data={"key": text, "title": text, "challenge": text}),
        client.post(f"{page}/table", data={"key": text, "name": text}),
        client.get(f"{page}/cards?page={text[:99]}&seen={text[:99]}"),
        client.get(f"{page}?turn={text[:99]}"),
        client.get("/w/" + text[:50].replace("/", "")),
        client.get(f"{page}/me/" + text[:50].replace("/", "")),
        client.get(page),
        desk.get("/p/buch/workshops/buch"),
        desk.get("/p/buch/workshops/buch/projector"),
        desk.get("/p/buch/workshops/buch/minutes.csv"),
    ]
