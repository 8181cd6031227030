import io
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.story import NOON
from tests.workshop.cards.test_picturing import a_photo
from tests.workshop.room import an_idea, browser_in
from workshop.cards.models import Comment, Picture, Translation
from workshop.models import Board, Idea, Participant, Phase, Workshop

ARABIC = {"Accept-Language": "ar"}


@pytest.fixture
def choir(session: Session, workshop: Workshop, phone: FlaskClient) -> Idea:
    """The card of Linden."""
    phone.post(f"/w/{workshop.code}/ideas", data={"key": "k", "title": "Ein Chor"})
    return session.scalars(select(Idea).filter_by(title="Ein Chor")).one()


def page_of(workshop: Workshop, idea: Idea) -> str:
    return f"/w/{workshop.code}/ideas/{idea.id}"


def read_in(desk: FlaskClient, page: str) -> dict[str, str]:
    """What the button that hangs a waiting card up sends from *page*."""
    found = re.search(r'name="seen" value="(\w+)"', desk.get(page).text)
    assert found
    return {"seen": found[1]}


def discuss(session: Session, board: Board) -> None:
    board.phase = Phase.DISCUSS
    board.version += 1
    session.commit()


def test_a_card_remembers_the_language_of_its_page(
    session: Session, workshop: Workshop, phone: FlaskClient
) -> None:
    where = f"/w/{workshop.code}/ideas"
    for title, more in [("جوقة", {}), ("Ein Chor", {}), ("Ein Garten", {"language": "de"})]:
        phone.post(where, data={"key": title, "title": title, **more}, headers=ARABIC)
    found = session.execute(select(Idea.title, Idea.language)).all()
    assert dict(found) == {"جوقة": "ar", "Ein Chor": "", "Ein Garten": "de"}


def test_a_language_that_nobody_offered_is_explained(
    workshop: Workshop, phone: FlaskClient
) -> None:
    card = {"key": "k", "title": "Ein Chor", "language": "xx"}
    assert phone.post(f"/w/{workshop.code}/ideas", data=card).status_code == 422


def test_everybody_reads_a_card_and_only_its_author_may_change_it(
    app: Flask, workshop: Workshop, phone: FlaskClient, choir: Idea
) -> None:
    other, where = browser_in(workshop, app), page_of(workshop, choir)
    assert 'name="title"' in phone.get(where).text
    assert "Ein Chor" in other.get(where).text
    assert 'name="title"' not in other.get(where).text
    for act in ("", "/removal", "/pictures", "/pictures/removal"):
        assert other.post(where + act, data={"title": "x", "key": "k"}).status_code == 404


def test_face_down_nobody_else_reads_it(
    app: Flask, session: Session, workshop: Workshop, board: Board, phone: FlaskClient,
    choir: Idea,
) -> None:  # fmt: skip
    board.is_covered = True
    session.commit()
    other, where = browser_in(workshop, app), page_of(workshop, choir)
    assert (phone.get(where).status_code, other.get(where).status_code) == (200, 404)
    assert other.get(f"{where}/picture").status_code == 404


def test_the_wall_speaks_the_language_of_its_reader(
    app: Flask, session: Session, workshop: Workshop, phone: FlaskClient, choir: Idea
) -> None:
    words = {"language": "ar", "title": "جوقة", "text": ""}
    assert phone.post(page_of(workshop, choir) + "/translations", data=words).status_code == 303
    arabic = browser_in(workshop, app).get(f"/w/{workshop.code}/cards", headers=ARABIC).text
    assert arabic.index("جوقة") < arabic.index("<details") < arabic.index("Ein Chor")
    german = phone.get(f"/w/{workshop.code}/cards").text
    assert "جوقة" not in german
    page = phone.get(page_of(workshop, choir), headers=ARABIC).text
    assert page.index("جوقة") < page.index("Ein Chor")


def test_a_translation_comes_in_time(
    session: Session, workshop: Workshop, phone: FlaskClient, choir: Idea
) -> None:
    workshop.board.rings = NOON
    session.commit()
    words = {"language": "ar", "title": "جوقة"}
    sent = phone.post(page_of(workshop, choir) + "/translations", data=words)
    assert sent.status_code == 409
    assert session.scalars(select(Translation)).all() == []


def test_where_cards_are_read_first_no_author_translates(
    session: Session, workshop: Workshop, board: Board, phone: FlaskClient, choir: Idea
) -> None:
    board.is_checked = True
    session.commit()
    words, where = {"language": "ar", "title": "جوقة"}, page_of(workshop, choir)
    assert "/translations" not in phone.get(where).text
    assert phone.post(f"{where}/translations", data=words).status_code == 409


def test_only_authors_and_hosts_translate(
    app: Flask, session: Session, workshop: Workshop, choir: Idea
) -> None:
    other, where = browser_in(workshop, app), page_of(workshop, choir)
    words = {"language": "ar", "title": "جوقة"}
    assert other.post(where + "/translations", data=words).status_code == 409
    assert "translations" not in other.get(where).text
    assert session.scalars(select(Translation)).all() == []


def test_a_translation_without_a_title_keeps_what_was_typed(
    workshop: Workshop, phone: FlaskClient, choir: Idea
) -> None:
    words = {"language": "uk", "title": "", "text": "Співаємо разом"}
    answer = phone.post(page_of(workshop, choir) + "/translations", data=words)
    assert answer.status_code == 422
    assert "Співаємо разом" in answer.text
    assert re.search(r'<option selected value="uk"', answer.text)


def send(phone: FlaskClient, where: str, content: bytes, words: str = "") -> int:
    data = {"picture": (io.BytesIO(content), "x.jpg"), "description": words}
    return phone.post(where + "/pictures", data=data).status_code


def test_a_picture_is_seen_by_the_room_and_the_team_only(
    app: Flask, client: FlaskClient, desk: FlaskClient, session: Session, workshop: Workshop,
    phone: FlaskClient, choir: Idea,
) -> None:  # fmt: skip
    where = page_of(workshop, choir)
    assert send(phone, where, a_photo(), "Ein Chor im Park") == 303
    other = browser_in(workshop, app)
    for browser, address in [
        (phone, where), (other, where), (desk, f"/p/buch/workshops/buch/ideas/{choir.id}"),
    ]:  # fmt: skip
        answer = browser.get(address + "/picture?size=small")
        assert (answer.status_code, answer.mimetype) == (200, "image/jpeg")
        assert answer.headers["Cache-Control"].startswith("private")
    assert client.get(where + "/picture").status_code == 401
    assert "Ein Chor im Park" in other.get(where).text
    assert "Ein Chor im Park" in other.get(f"/w/{workshop.code}/cards").text


def test_a_picture_without_words_says_so(
    workshop: Workshop, phone: FlaskClient, choir: Idea
) -> None:
    send(phone, page_of(workshop, choir), a_photo())
    shown = phone.get(page_of(workshop, choir), headers={"Accept-Language": "en"}).text
    assert 'alt="Picture without description"' in shown


@pytest.mark.parametrize("content", [b"", b"no picture", b"<svg/>"])
def test_a_file_that_is_no_picture_gets_a_sentence(
    session: Session, workshop: Workshop, phone: FlaskClient, choir: Idea, content: bytes
) -> None:
    where = page_of(workshop, choir)
    data = {"picture": (io.BytesIO(content), "x.jpg"), "description": "Ein Chor im Park"}
    answer = phone.post(where + "/pictures", data=data)
    assert answer.status_code == 422
    assert 'id="picture-error"' in answer.text
    assert "Ein Chor im Park" in answer.text
    assert session.scalars(select(Picture)).all() == []


def test_a_text_sent_as_a_picture_is_none(
    workshop: Workshop, phone: FlaskClient, choir: Idea
) -> None:
    answer = phone.post(page_of(workshop, choir) + "/pictures", data={"picture": "x"})
    assert answer.status_code == 422


def test_a_card_that_waits_says_so_to_its_author_and_hangs_with_one_press(
    app: Flask, desk: FlaskClient, session: Session, workshop: Workshop, board: Board,
    phone: FlaskClient,
) -> None:  # fmt: skip
    board.is_checked = True
    session.commit()
    english = {"Accept-Language": "en"}
    phone.post(f"/w/{workshop.code}/ideas", data={"key": "k", "title": "Ein Chor"})
    assert "waits for the facilitator" in phone.get(f"/w/{workshop.code}", headers=english).text
    idea = session.scalars(select(Idea)).one()
    other = browser_in(workshop, app)
    assert "Ein Chor" not in other.get(f"/w/{workshop.code}").text
    home = "/p/buch/workshops/buch"
    seen = read_in(desk, home)
    assert seen == read_in(desk, f"{home}/ideas/{idea.id}")
    phone.post(page_of(workshop, idea), data={"title": "Ein Chor mit Band"})
    assert desk.post(f"{home}/ideas/{idea.id}/approval", data=seen).status_code == 409
    assert "Ein Chor" not in other.get(f"/w/{workshop.code}").text
    seen = read_in(desk, home)
    assert desk.post(f"{home}/ideas/{idea.id}/approval", data=seen).status_code == 303
    assert "Ein Chor" in other.get(f"/w/{workshop.code}").text
    assert f"{home}/ideas/{idea.id}/approval/removal" in desk.get(home).text
    desk.post(f"{home}/ideas/{idea.id}/approval/removal")
    assert "Ein Chor" not in other.get(f"/w/{workshop.code}").text


def test_a_card_that_was_put_together_says_so_to_its_author(
    session: Session, workshop: Workshop, board: Board, phone: FlaskClient, choir: Idea
) -> None:
    kept = an_idea(board, session.scalars(select(Participant)).one(), "Ein Musikverein")
    session.add(kept)
    session.flush()
    choir.merged_into_id = kept.id
    board.version += 1
    session.commit()
    shown = phone.get(f"/w/{workshop.code}", headers={"Accept-Language": "en"}).text
    assert shown.count("is put together with another") == 1
    assert shown.count("hangs on the wall</span>") == 1


def test_the_team_translates_and_takes_comments_down(
    desk: FlaskClient, session: Session, workshop: Workshop, board: Board, phone: FlaskClient,
    choir: Idea,
) -> None:  # fmt: skip
    discuss(session, board)
    where, page = page_of(workshop, choir), f"/p/buch/workshops/buch/ideas/{choir.id}"
    phone.post(where + "/comments", data={"key": "c", "comment": "Mit Noten?"})
    words = {"language": "ar", "title": "جوقة", "text": ""}
    assert desk.post(page + "/translations", data=words).status_code == 303
    assert desk.post(page + "/translations", data=words | {"title": ""}).status_code == 422
    assert "جوقة" in desk.get(page).text
    said = session.scalars(select(Comment)).one()
    assert desk.post(f"{page}/comments/{said.id}/removal").status_code == 303
    assert "Mit Noten?" not in phone.get(where).text
    desk.post(f"{page}/comments/{said.id}/removal", data={"undo": "yes"})
    assert "Mit Noten?" in phone.get(where).text
    desk.post(page + "/translations/removal", data={"language": "ar"})
    assert session.scalars(select(Translation)).all() == []


def test_cards_of_other_rooms_are_like_none(
    session: Session, workshop: Workshop, phone: FlaskClient, choir: Idea, amal: Participant,
    board: Board,
) -> None:  # fmt: skip
    down = an_idea(board, amal, "Down", taken_down=True)
    session.add(down)
    session.commit()
    for number in (down.id, 999_999):
        assert phone.get(f"/w/{workshop.code}/ideas/{number}").status_code == 404
        assert phone.post(f"/w/{workshop.code}/ideas/{number}/comments").status_code == 404
