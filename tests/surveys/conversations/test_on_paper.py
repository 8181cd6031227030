"""A conversation on paper: printed in two languages, and typed by the provider alone."""

import re
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from core.keys import Keyring
from people.models import ConsentText, Organisation, Project, User
from surveys.conversations import coding, holding
from surveys.conversations.models import Conversation
from surveys.models import Agreement, Channel, Response, Survey
from tests.story import NOON, browser_of
from tests.surveys.conversations.story import DEFINITION, DESK, SECRET, a_talk_survey, keyed

PAPER = f"{DESK}/paper"
TYPED = {"school": "no", "needs": ["course", "work"], "idea": SECRET}


def begin(tablet: FlaskClient, survey: Survey, **more: str) -> TestResponse:
    key = keyed(tablet.get(PAPER).text)["key"]
    data = {"key": key, "code": "k7 rq2", "sheet": f"{survey.slug} ar", "agreed": "yes"}
    return tablet.post(PAPER, data=data | more)


def responses(session: Session) -> list[Response]:
    session.expire_all()
    return [*session.scalars(select(Response))]


def test_a_sheet_shows_both_languages_side_by_side(
    session: Session, project: Project, provider: Organisation, tablet: FlaskClient
) -> None:
    first, *others = DEFINITION.lists["needs"]
    drawn = replace(first, attributes={"osi_picture": "award"})
    lists = {**DEFINITION.lists, "needs": (drawn, *others)}
    survey = a_talk_survey(session, project, replace(DEFINITION, lists=lists))
    page = tablet.get(f"{PAPER}/{survey.slug}/ar").text
    assert "Was brauchen Sie am meisten?" in page
    assert "ما أكثر ما تحتاجونه؟" in page
    assert 'lang="ar" dir="rtl"' in page
    assert "Ich mache freiwillig mit" in page
    assert page.index("Ich mache freiwillig mit") < page.index("Waren Sie in der Schule?")
    assert "#award" in page  # the picture of a choice
    assert "Wohnung" in page  # in German, where nobody has translated it
    assert "Name:" not in re.sub("<[^>]*>", "", page)


def test_each_copy_has_a_code_of_its_own_twice(tablet: FlaskClient, survey: Survey) -> None:
    page = tablet.get(f"{PAPER}/{survey.slug}/ar?copies=3").text
    codes = re.findall(r'dir="ltr">([A-Z0-9]{2}-[A-Z0-9]{3})<', page)
    assert len(codes) == 6
    assert len(set(codes)) == 3
    assert all(coding.is_one(code) for code in codes)
    assert tablet.get(f"{PAPER}/{survey.slug}/ar?copies=many").status_code == 200
    assert tablet.get(f"{PAPER}/{survey.slug}/ar?copies=9999").text.count("<article>") == 20


def test_a_sheet_in_german_has_one_side(tablet: FlaskClient, survey: Survey) -> None:
    page = tablet.get(f"{PAPER}/{survey.slug}/de").text
    assert page.count("Was brauchen Sie am meisten?") == 1
    assert tablet.get(f"{PAPER}/{survey.slug}/xx").status_code == 404


def test_a_typed_sheet_is_a_conversation_under_its_code(
    session: Session, tablet: FlaskClient, survey: Survey, provider: Organisation
) -> None:
    printed = tablet.get(f"{PAPER}/{survey.slug}/ar").text
    number = re.findall(r"Nr\. (\d+)|no\. (\d+)", printed)[0]
    answer = begin(tablet, survey, wording="".join(number))
    sheet = answer.headers["Location"]
    assert sheet.endswith("/K7-RQ2/sheet")
    assert responses(session)[0].answers == {}  # nothing of it is open before it is finished
    more = tablet.post(sheet, data=TYPED)
    assert more.headers["Location"].endswith("#q-first")
    page = tablet.get(sheet).text
    assert "Und davon zuerst?" in page
    done = tablet.post(sheet, data=TYPED | {"first": "work", "wall": "yes"})
    assert "/paper" in done.headers["Location"]
    (response,) = responses(session)
    assert response.answers == {
        "consent": "yes", "provider": "O14", "school": "no", "needs": ["course", "work"],
        "first": "work", "idea": SECRET, "wall": "yes",
    }  # fmt: skip
    assert (response.channel, response.language) == (Channel.PAPER, "ar")
    assert response.typist is None
    (row,) = session.scalars(select(Conversation))
    assert (row.code, row.provider_id, row.draft) == ("K7-RQ2", provider.id, None)
    assert [each.question for each in session.scalars(select(Agreement))] == ["consent"]
    assert "K7-RQ2" in tablet.get(DESK).text


@pytest.mark.parametrize(
    "wrong",
    [{"agreed": None}, {"code": ""}, {"code": "K7"}, {"code": "ÄÖÜ12"}, {"wording": "99999"},
     {"wording": "9" * 12}, {"wording": "zwei"}], ids=str,
)  # fmt: skip
def test_without_a_yes_and_a_code_nothing_begins(
    session: Session, tablet: FlaskClient, survey: Survey, wrong: dict[str, str | None]
) -> None:
    key = keyed(tablet.get(PAPER).text)["key"]
    data = {"key": key, "code": "K7-RQ2", "sheet": f"{survey.slug} ar", "agreed": "yes"} | wrong
    answer = tablet.post(PAPER, data={k: v for k, v in data.items() if v is not None})
    assert answer.status_code == 422
    assert responses(session) == []


def test_a_code_is_typed_once(session: Session, tablet: FlaskClient, survey: Survey) -> None:
    assert begin(tablet, survey).status_code == 303
    assert begin(tablet, survey).status_code == 422
    assert len(responses(session)) == 1


def test_pressing_the_button_twice_begins_one_sheet(
    session: Session, tablet: FlaskClient, survey: Survey
) -> None:
    for _ in range(2):
        assert begin(tablet, survey, key="k" * 20).status_code == 303
    assert len(responses(session)) == 1


def test_an_answer_that_does_not_fit_is_asked_for_again(
    session: Session, tablet: FlaskClient, survey: Survey
) -> None:
    sheet = begin(tablet, survey).headers["Location"]
    answer = tablet.post(sheet, data=TYPED | {"needs": ["course", "work", "flat"]})
    assert answer.status_code == 422
    assert SECRET in answer.text
    assert responses(session)[0].submitted is None


def test_a_text_that_may_tell_who_it_is_is_asked_about(
    session: Session, tablet: FlaskClient, survey: Survey
) -> None:
    sheet = begin(tablet, survey).headers["Location"]
    told = {"school": "no", "idea": "Rufen Sie mich an: 0176 12345678", "wall": "no"}
    assert tablet.post(sheet, data=told).status_code == 422
    assert tablet.post(sheet, data=told | {"keep=idea": "1"}).status_code == 303


@pytest.mark.parametrize("button", ["find", "add", "more", "drop", "clear"])
def test_no_button_of_the_sheet_stores_such_a_text_unasked(
    session: Session, keys: Keyring, tablet: FlaskClient, survey: Survey, button: str
) -> None:
    sheet = begin(tablet, survey).headers["Location"]
    told = {"idea": "Frau Karimi, 0176 12345678", button: "needs"}
    assert tablet.post(sheet, data=told).status_code == 422
    session.expire_all()
    (row,) = session.scalars(select(Conversation))
    assert "idea" not in holding.draft_of(keys, row).answers


def test_what_may_stay_is_said_again_when_another_answer_does_not_fit(
    tablet: FlaskClient, survey: Survey
) -> None:
    sheet = begin(tablet, survey).headers["Location"]
    told = {"needs": ["course", "work", "flat"], "idea": "Frau Karimi", "keep=idea": "1"}
    page = tablet.post(sheet, data=told)
    assert page.status_code == 422
    assert 'name="keep=idea" value="1" checked' in page.text
    summary = page.text.partition("</ul>")[0]
    assert "checkbox" not in summary  # a box within a link is none


def test_a_wording_newer_than_the_sheet_is_not_noted(
    session: Session, project: Project, tablet: FlaskClient, survey: Survey
) -> None:
    old = session.scalars(
        select(ConsentText).filter_by(
            project_id=project.id, purpose="conversation", language="ar"
        )
    ).one()
    number = old.id
    session.add(
        ConsentText(
            project_id=project.id, purpose="conversation", language="ar", number=old.number + 1,
            text="جديد", since=NOON,
        )
    )  # fmt: skip
    session.commit()
    sheets = {
        begin(tablet, survey, code=code, wording=typed).headers["Location"]: noted
        for code, typed, noted in (("AA-AAA", str(number), [number]), ("BB-BBB", "", []))
    }
    for sheet, noted in sheets.items():
        assert tablet.post(sheet, data={"school": "no", "again": "yes"}).status_code == 303
        session.expire_all()
        query = select(Agreement.text_id).join(
            Conversation, Conversation.response_id == Agreement.response_id
        )
        code = sheet.split("/")[-2]
        assert [*session.scalars(query.where(Conversation.code == code))] == noted


def test_two_providers_may_have_the_same_code(
    session: Session, tablet: FlaskClient, other_tablet: FlaskClient, survey: Survey
) -> None:
    assert begin(tablet, survey).status_code == 303
    assert begin(other_tablet, survey).status_code == 303
    assert len(responses(session)) == 2
    assert other_tablet.get(f"{DESK}/K7-RQ2/sheet").status_code == 200


def test_the_same_form_with_another_code_is_refused(
    session: Session, tablet: FlaskClient, survey: Survey
) -> None:
    assert begin(tablet, survey, key="k" * 20).status_code == 303
    other = begin(tablet, survey, key="k" * 20, code="AA-AAA")
    assert other.status_code == 409
    assert [*session.scalars(select(Conversation.code))] == ["K7-RQ2"]


def test_nobody_else_types_or_prints(
    app: Flask,
    session: Session,
    birte: User,
    tablet: FlaskClient,
    other_tablet: FlaskClient,
    survey: Survey,
) -> None:
    sheet = begin(tablet, survey).headers["Location"]
    for method in ("GET", "POST"):
        assert other_tablet.open(sheet, method=method).status_code == 404
        assert browser_of(birte, app).open(sheet, method=method).status_code == 403
    session.expire_all()
    assert browser_of(birte, app).get(PAPER).status_code == 403


def test_what_a_group_asks_under_a_condition_is_not_asked_otherwise(
    session: Session, project: Project, tablet: FlaskClient, provider: Organisation
) -> None:
    survey = a_talk_survey(session, project)
    sheet = begin(tablet, survey).headers["Location"]
    page = tablet.get(sheet).text
    assert "Und davon zuerst?" not in page
    assert "Bitte vorlesen." not in page
