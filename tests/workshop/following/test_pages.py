from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.keys import Keyring
from people.models import Naming, Organisation, Project, User
from people.naming import decide_naming
from tests.story import NOON, an_organisation, browser_of
from tests.workshop.room import HTMX, an_idea, browser_in, poll_of
from workshop.following.deciding import Verdict, decide, decisions
from workshop.following.models import FollowUp, Outcome
from workshop.models import Board, Idea, Participant, Phase, Workshop
from workshop.posting import post_idea
from workshop.preparing import open_room
from workshop.stepping import step

PAGE = "/p/buch/workshops/buch"
Keep = Callable[[Organisation], Organisation]


def typed(idea: Idea, **words: str) -> dict[str, str]:
    return {f"i{idea.id}-{name}": value for name, value in words.items()}


def test_a_decision_is_made_on_the_page_and_undone(
    desk: FlaskClient, session: Session, project: Project, deciding: Board, sewing: Idea,
    keep: Keep,
) -> None:  # fmt: skip
    keep(an_organisation(project, "O17", "Nähstube Buch"))
    words = typed(sewing, outcome="adopted", owner="naehstube buch", due="2027-01-31")
    answer = desk.post(f"{PAGE}/ideas/{sewing.id}/decision", data=words)
    assert answer.location == f"{PAGE}/decisions#idea-{sewing.id}"
    decision = decisions(session, [sewing.id])[sewing.id]
    assert decision.owner and decision.owner.name == "Nähstube Buch"
    page = desk.get(f"{PAGE}/decisions").text
    assert "Nähstube Buch" in page
    undo = f"{PAGE}/ideas/{sewing.id}/decisions/1/removal"
    assert undo in page
    for is_undone in (True, False):
        text = desk.post(undo, follow_redirects=True).text
        assert ("Es gilt wieder die Entscheidung davor." in text) is is_undone
        session.expire_all()
        assert decisions(session, [sewing.id]) == {}


def test_what_does_not_fit_is_said_at_its_field_and_stays(
    desk: FlaskClient, session: Session, deciding: Board, sewing: Idea
) -> None:
    for words in (
        {"outcome": "no"},
        {"outcome": "merged", "reason": "the same"},
        {"outcome": "adopted", "owner": "Nobody at all"},
        {"outcome": "adopted", "due": "tomorrow"},
        {"owner": "x"},
        {"outcome": "perhaps", "partner": "999999"},
    ):
        answer = desk.post(f"{PAGE}/ideas/{sewing.id}/decision", data=typed(sewing, **words))
        assert answer.status_code == 422
        assert 'class="err"' in answer.text
        assert words.get("owner", "") in answer.text
    assert decisions(session, [sewing.id]) == {}


def test_two_ideas_go_on_together(
    desk: FlaskClient, session: Session, deciding: Board, sewing: Idea, bikes: Idea
) -> None:
    for title in ("a BIKE workshop", bikes.title):
        words = typed(sewing, outcome="merged", partner=title)
        desk.post(f"{PAGE}/ideas/{sewing.id}/decision", data=words)
        session.expire_all()
        assert decisions(session, [sewing.id])[sewing.id].partner_id == bikes.id
    assert f'value="{bikes.title}"' in desk.get(f"{PAGE}/decisions").text


def test_ideas_of_the_same_title_are_told_apart(
    desk: FlaskClient, session: Session, deciding: Board, sewing: Idea, bikes: Idea,
    amal: Participant,
) -> None:  # fmt: skip
    third = an_idea(deciding, amal, "a bike workshop")
    tricky = an_idea(deciding, amal, "A bike workshop (2)")
    session.add_all([third, tricky])
    session.commit()
    page = desk.get(f"{PAGE}/decisions").text
    names = {"A bike workshop": bikes, "a bike workshop (2)": third,
             "A bike workshop (2) (2)": tricky}  # fmt: skip
    for name, partner in names.items():
        assert f'<option value="{name}">' in page
        words = typed(sewing, outcome="merged", partner=name)
        desk.post(f"{PAGE}/ideas/{sewing.id}/decision", data=words)
        session.expire_all()
        assert decisions(session, [sewing.id])[sewing.id].partner_id == partner.id


@pytest.mark.parametrize("partner", ["", "A choir", "A sewing workshop"])
def test_no_idea_goes_on_with_nothing_or_with_itself(
    desk: FlaskClient, session: Session, deciding: Board, sewing: Idea, partner: str
) -> None:
    words = typed(sewing, outcome="merged", partner=partner)
    answer = desk.post(f"{PAGE}/ideas/{sewing.id}/decision", data=words)
    assert answer.status_code == 422
    assert f'value="{partner}"' in answer.text
    assert decisions(session, [sewing.id]) == {}


def test_the_page_of_decisions_grows_with_the_ideas_and_not_with_their_square(
    desk: FlaskClient, session: Session, deciding: Board, amal: Participant
) -> None:
    session.add_all(an_idea(deciding, amal, f"Idea {number}") for number in range(40))
    session.commit()
    assert desk.get(f"{PAGE}/decisions").text.count("<option") == 42


def test_the_room_reads_decisions_and_no_name_that_is_not_allowed(
    app: Flask, desk: FlaskClient, session: Session, project: Project, workshop: Workshop,
    deciding: Board, sewing: Idea, keep: Keep,
) -> None:  # fmt: skip
    owner = keep(an_organisation(project, "O17", "Nähstube Buch"))
    phone = browser_in(workshop, app, "Linden")
    assert "Das wird gemacht" not in phone.get(f"/w/{workshop.code}").text
    decide(session, sewing, Verdict(Outcome.ADOPTED, owner=owner), "Birte", NOON)
    session.commit()
    for browser, page in [(phone, f"/w/{workshop.code}"), (desk, f"{PAGE}/projector")]:
        text = browser.get(page).text
        assert "Das wird gemacht" in text
        assert "Organisation 17" in text
        assert "Nähstube Buch" not in text
    owner.naming = Naming.PUBLIC
    deciding.changed()
    session.commit()
    assert "Nähstube Buch" in phone.get(f"/w/{workshop.code}").text


def test_whoever_takes_back_their_name_is_gone_from_the_walls_that_are_open(
    app: Flask, desk: FlaskClient, session: Session, project: Project, workshop: Workshop,
    deciding: Board, sewing: Idea, keep: Keep,
) -> None:  # fmt: skip
    owner = keep(an_organisation(project, "O17", "Nähstube Buch", naming=Naming.PUBLIC))
    decide(session, sewing, Verdict(Outcome.ADOPTED, owner=owner), "Birte", NOON)
    session.commit()
    phone = browser_in(workshop, app, "Linden")
    walls = [(phone, f"/w/{workshop.code}"), (desk, f"{PAGE}/projector")]
    opened = [(browser, browser.get(page).text) for browser, page in walls]
    assert all("Nähstube Buch" in text for _, text in opened)
    decide_naming(session, owner, Naming.TEAM, "Nähstube Buch", NOON)
    session.commit()
    for browser, text in opened:
        news = browser.get(poll_of(text), headers=HTMX).text
        assert "Organisation 17" in news
        assert "Nähstube Buch" not in news


def test_a_seat_that_was_kept_shows_what_became_of_an_idea(
    app: Flask, desk: FlaskClient, session: Session, keys: Keyring, workshop: Workshop,
    board: Board,
) -> None:  # fmt: skip
    phone = browser_in(workshop, app, "Linden")
    linden = session.scalars(select(Participant).filter_by(name="Linden")).one()
    idea = post_idea(session, board.challenges[0], board, linden, "k", "A choir")
    for origin, to in [(Phase.COLLECT, Phase.DECIDE), (Phase.DECIDE, Phase.DEVELOP)]:
        step(session, keys, board, origin, to, NOON)
    decide(session, idea, Verdict(Outcome.ADOPTED), "Birte", NOON)
    step(session, keys, board, Phase.DEVELOP, Phase.CLOSED, NOON)
    open_room(session, workshop, False)
    session.commit()
    note = {"key": "n", "state": "begun", "text": "Twelve people sing", "day": "2026-12-01"}
    page = f"{PAGE}/ideas/{idea.id}"
    assert desk.post(f"{page}/notes", data=note).status_code == 303
    assert "Twelve people sing" in phone.get(f"/w/{workshop.code}").text
    assert app.test_client().get(f"/w/{workshop.code}").status_code == 404
    number = session.scalars(select(FollowUp.id)).one()
    desk.post(f"{page}/notes/{number}/removal")
    assert "Twelve people sing" not in phone.get(f"/w/{workshop.code}").text
    desk.post(f"{page}/notes/{number}/removal", data={"undo": "yes"})
    assert "Twelve people sing" in desk.get("/p/buch/workshops/ideas/followed").text
    assert desk.post(f"{page}/notes/{number + 1}/removal").status_code == 404
    assert desk.post(f"{page}/notes", data={"key": "m", "day": "x"}).status_code == 422


def test_the_task_force_reads_what_became_of_ideas(
    app: Flask, tarik: User, session: Session, deciding: Board, sewing: Idea
) -> None:
    decide(session, sewing, Verdict(Outcome.ADOPTED), "Birte", NOON)
    session.commit()
    browser = browser_of(tarik, app)
    assert sewing.title in browser.get("/p/buch/workshops/ideas/followed").text
    assert browser.get(f"{PAGE}/ideas/{sewing.id}/course").status_code == 200
    assert browser.get(f"{PAGE}/decisions").status_code == 403
