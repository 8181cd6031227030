"""Who sees what: the counsellors of a provider its conversations, and nobody else a row."""

import re
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from people.models import Membership, Organisation, Project, Role, User
from surveys.conversations import sharing
from surveys.conversations.models import Conversation, SharedIdea
from surveys.definition import Definition
from surveys.hiding import AboutPersons
from surveys.models import Response, Survey
from surveys.responses import leading
from tests.story import a_user, browser_of
from tests.surveys.conversations.story import DESK, SECRET, Talk

DOORS = ("", "/pages", "/pages/school", "/card", "/deletion")


def bare(page: str, code: str) -> str:
    """Return a page without the code that was asked for, and without what a second changes."""
    return re.sub(r"[\w-]+\.[\w-]+\.[\w-]{20,}", "", page.replace(code, ""))


@pytest.mark.parametrize("door", DOORS)
def test_a_foreign_code_is_like_an_unknown_one(
    talk: Talk, other_tablet: FlaskClient, door: str
) -> None:
    foreign = other_tablet.get(f"{DESK}/{talk.code}{door}")
    unknown = other_tablet.get(f"{DESK}/ZZ-ZZZ{door}")
    assert foreign.status_code == unknown.status_code == 404
    assert bare(foreign.text, talk.code) == bare(unknown.text, "ZZ-ZZZ")
    for path in ("/pages/school", "/deletion"):
        assert other_tablet.post(f"{DESK}/{talk.code}{path}").status_code == 404
    assert talk.tablet.get(talk.at).status_code == 200


def test_each_provider_sees_its_own(talk: Talk, other_tablet: FlaskClient) -> None:
    assert talk.code in talk.tablet.get(DESK).text
    assert talk.code not in other_tablet.get(DESK).text


def test_whoever_facilitates_sees_no_row_and_finds_the_figures(
    desk: FlaskClient, talk: Talk
) -> None:
    talk.finish()
    page = desk.get(DESK)
    assert page.status_code == 200
    assert talk.code not in page.text
    assert f"/surveys/{talk.survey.slug}/results" in page.text
    for door in DOORS:
        assert desk.get(f"{DESK}/{talk.code}{door}").status_code == 403
    assert desk.get(f"{DESK}/ideas").status_code == 403


def test_nobody_gives_an_answer_of_a_person_to_an_organisation(
    desk: FlaskClient, session: Session, talk: Talk, provider: Organisation
) -> None:
    talk.finish()
    (number,) = session.scalars(select(Conversation.response_id))
    at = f"/p/buch/surveys/{talk.survey.slug}/responses"
    for action in ("lead", "organisation", "organisation/new"):
        for response_id in (number, number + 1):  # unknown ones answer alike
            data = {f"{number}-organisation": provider.id}
            assert desk.post(f"{at}/{response_id}/{action}", data=data).status_code == 409
    response = session.get_one(Response, number)
    with pytest.raises(AboutPersons):
        leading.choose_leading(session, talk.survey, response)
    with pytest.raises(AboutPersons):
        leading.assign(session, talk.survey, response, provider)


def test_no_page_of_the_team_tells_a_code_or_what_was_said(
    desk: FlaskClient, talk: Talk
) -> None:
    talk.finish()
    survey = f"/p/buch/surveys/{talk.survey.slug}"
    for path in ("", "/responses", "/results", "/exports", "/course"):
        text = desk.get(f"{survey}{path}").text
        assert talk.code not in text, path
        assert SECRET not in text, path


def test_whoever_belongs_to_no_provider_is_told_what_to_do(
    app: Flask, counsel: Callable[..., User], survey: Survey
) -> None:
    browser = browser_of(counsel("Leyla", None), app)
    page = browser.get(DESK)
    assert page.status_code == 200
    assert f"{DESK}/new" not in page.text
    assert browser.get(f"{DESK}/new").status_code == 404


def test_an_empty_list_says_what_to_do(tablet: FlaskClient, survey: Survey) -> None:
    assert f'class="btn go" href="{DESK}/new"' in tablet.get(DESK).text


def test_an_idea_waits_for_the_counsellor_and_is_let_out_in_their_wording(
    session: Session, project: Project, talk: Talk, other_tablet: FlaskClient
) -> None:
    talk.finish()
    door = f"{DESK}/{talk.code}/ideas/idea"
    assert SECRET in talk.tablet.get(f"{DESK}/ideas").text
    assert SECRET not in other_tablet.get(f"{DESK}/ideas").text
    assert other_tablet.post(door, data={"fate": "released"}).status_code == 404
    assert sharing.released(session, project.id) == []

    asked = talk.tablet.post(door, data={"fate": "released", "text": "Frau Amiri will das"})
    assert asked.status_code == 422
    assert "<mark>Amiri</mark>" in asked.text
    assert talk.tablet.post(door, data={"fate": "released", "text": " "}).status_code == 422
    talk.tablet.post(door, data={"fate": "released", "text": "Ein Garten"})
    session.expire_all()
    (idea,) = sharing.released(session, project.id)
    assert (idea.text, idea.language) == ("Ein Garten", "ar")

    talk.tablet.post(door, data={"fate": "withheld"})
    session.expire_all()
    assert sharing.released(session, project.id) == []
    assert session.scalars(select(SharedIdea.text)).one() == ""


def test_an_idea_without_a_yes_stays_where_it_is(session: Session, talk: Talk) -> None:
    talk.send("skip")
    talk.send("skip")
    talk.send(idea=SECRET)
    talk.send(wall="no")
    talk.send("skip")
    talk.send()
    assert SECRET not in talk.tablet.get(f"{DESK}/ideas").text
    door = f"{DESK}/{talk.code}/ideas/idea"
    answer = talk.tablet.post(door, data={"fate": "released", "text": "Ein Garten"})
    assert answer.status_code == 404
    assert session.scalars(select(SharedIdea)).all() == []


def test_a_free_text_is_asked_about_before_it_is_stored_and_may_stay(
    session: Session, talk: Talk
) -> None:
    talk.send("skip")
    talk.send("skip")
    text = "Frau Amiri hat eine Idee, 0176 1234567"
    for go in ("next", "back", "pause"):
        answer = talk.tablet.post(talk.at, data={"go": go, "idea": text})
        assert answer.status_code == 422
        assert "<mark>Amiri</mark>" in answer.text
        assert f">\n{text}</textarea>" in answer.text
    revisions = set(session.scalars(select(Conversation.revision)))
    answer = talk.send(idea=text, **{"keep=idea": "1"})
    assert answer.status_code == 200
    session.expire_all()
    assert {n + 1 for n in revisions} == set(session.scalars(select(Conversation.revision)))
    talk.send("back")
    assert talk.send(idea=text).status_code == 200  # it was asked about once


def test_ideas_read_the_questionnaire_once_for_all_conversations(
    session: Session,
    project: Project,
    provider: Organisation,
    talk: Talk,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    talk.finish()
    Talk(talk.tablet, talk.survey).begin().finish()
    read = []

    def from_json(raw: Mapping[str, Any]) -> Definition:
        read.append(raw)
        return really(raw)

    really = Definition.from_json
    monkeypatch.setattr(Definition, "from_json", from_json)
    assert len(sharing.ideas(session, project.id, provider.id)) == 2
    assert len(read) == 1


def test_a_survey_for_conversations_shows_no_link_for_everyone(
    desk: FlaskClient, survey: Survey
) -> None:
    at = f"/p/buch/surveys/{survey.slug}"
    page = desk.get(at).text
    assert f"/s/{survey.slug}" not in page
    assert f'href="{DESK}"' in page.partition("<aside")[2]
    assert "poster" not in desk.get(f"{at}/paper").text
    assert desk.get(f"{at}/poster").status_code == 404


def test_a_counsellor_reads_at_home_what_to_do(tablet: FlaskClient, survey: Survey) -> None:
    home = tablet.get("/p/buch").text
    todo = home.partition('class="todo"')[2].partition("</ul>")[0]
    assert f'href="{DESK}"' in todo


def test_whoever_has_nothing_to_do_reads_so(
    app: Flask, session: Session, project: Project
) -> None:
    user = a_user("Ines")
    session.add(user)
    session.flush()
    session.add(Membership(project_id=project.id, user_id=user.id, role=Role.ADVISER))
    session.commit()
    home = browser_of(user, app).get("/p/buch").text
    assert "Im Moment gibt es für Sie nichts zu tun." in home
