"""A counsellor and a person talk; everything works without scripts, one question a page."""

from dataclasses import replace
from pathlib import Path

from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from people.models import ConsentText, Organisation, Project
from surveys.conversations.models import Conversation
from surveys.definition import Choice, Item
from surveys.models import Agreement, Channel, Response, Survey
from surveys.routes import halves
from tests.surveys.conversations.story import (
    DEFINITION,
    DESK,
    SECRET,
    Talk,
    a_talk_survey,
    keyed,
)


def responses(session: Session) -> list[Response]:
    session.expire_all()
    return [*session.scalars(select(Response))]


def test_a_whole_conversation_is_a_response_of_the_provider(
    session: Session, talk: Talk
) -> None:
    assert talk.key == "school"
    end = talk.finish()
    assert end.status_code == 200
    assert talk.code in end.text
    (response,) = responses(session)
    assert response.channel == Channel.COUNSELLOR
    assert response.submitted
    assert response.language == "ar"
    assert response.answers == {
        "consent": "yes", "provider": "O14", "school": "no", "needs": ["course", "work"],
        "first": "work", "idea": SECRET, "wall": "yes", "again": "yes",
    }  # fmt: skip
    (row,) = session.scalars(select(Conversation))
    assert (row.code, row.language, row.month.day, row.draft) == (talk.code, "ar", 1, None)


def test_each_consent_is_noted_with_the_wording_in_the_language_of_the_person(
    session: Session, talk: Talk
) -> None:
    assert session.scalars(select(Agreement)).all() == []
    talk.finish()
    noted = session.execute(
        select(Agreement.question, ConsentText.purpose, ConsentText.language)
        .join(ConsentText, ConsentText.id == Agreement.text_id)
        .order_by(Agreement.question)
    )
    assert [tuple(row) for row in noted] == [
        ("again", "approach", "ar"), ("consent", "conversation", "ar"),
    ]  # fmt: skip


def test_no_page_is_finer_in_time_than_a_day(session: Session, talk: Talk) -> None:
    talk.finish()
    (response,) = responses(session)
    times = (response.begun, response.saved, response.submitted)
    assert {(t.hour, t.minute) for t in times if t} == {(12, 0)}


def test_nothing_is_stored_before_the_yes(
    session: Session, tablet: FlaskClient, survey: Survey
) -> None:
    talk = Talk(tablet, survey)
    tablet.get(f"{DESK}/new")
    key = keyed(tablet.get(talk.door).text)
    assert "شارك" in tablet.get(talk.door).text or "أشارك" in tablet.get(talk.door).text
    answer = tablet.post(talk.door, data={"answer": "no", **key})
    assert talk.follow(answer).status_code == 200
    assert tablet.post(talk.door, data=key).status_code == 422
    assert responses(session) == []
    assert session.scalar(select(func.count()).select_from(Conversation)) == 0


def test_pressing_yes_twice_begins_one_conversation(
    session: Session, tablet: FlaskClient, survey: Survey
) -> None:
    talk = Talk(tablet, survey)
    key = keyed(tablet.get(talk.door).text)
    places = {
        tablet.post(talk.door, data={"answer": "yes", **key}).headers["Location"]
        for _ in range(3)
    }
    assert len(places) == len(responses(session)) == 1


def test_every_question_can_be_left_out_also_what_the_form_requires(
    session: Session, talk: Talk
) -> None:
    seen = []
    while not talk.at.endswith("/card"):
        seen.append(talk.key)
        talk.send("next" if talk.key == "bye" else "skip")
    assert seen == ["school", "needs", "idea", "again", "bye"]
    (response,) = responses(session)
    assert response.answers == {"consent": "yes", "provider": "O14"}


def test_leaving_out_takes_back_what_was_said(session: Session, talk: Talk) -> None:
    talk.send(school="yes")
    talk.send("back")
    assert "checked" in talk.tablet.get(talk.at).text
    talk.send("skip", school="yes")
    talk.send("back")
    assert " checked" not in talk.tablet.get(talk.at).text


def test_one_question_a_page_in_two_languages(talk: Talk) -> None:
    page = talk.tablet.get(talk.at).text
    assert "Waren Sie in der Schule?" in page
    assert "هل ذهبتم إلى المدرسة؟" in page
    assert "Was brauchen Sie" not in page
    assert '<section class="duo-ar" data-listen lang="ar" dir="rtl"' in page
    assert "Frage 1 von 4" in page or "Question 1 of 4" in page


def test_the_halves_share_their_fields(talk: Talk) -> None:
    talk.send(school="no")
    page = talk.tablet.get(talk.at).text
    assert page.count('name="needs"') == 3
    for number in (1, 2, 3):
        assert page.count(f'id="o-needs-{number}"') == 1
        assert page.count(f'for="o-needs-{number}"') == 1
    assert '<span lang="de" dir="ltr">Wohnung</span>' in page  # nobody has translated it


def test_only_what_was_chosen_is_offered_on_both_halves(talk: Talk) -> None:
    talk.send(school="no")
    page = talk.send(needs=["course", "work"]).text
    assert talk.key == "first"
    for place, times in (("o-first-1", 1), ("o-first-2", 1), ("o-first-3", 0)):
        assert page.count(f'for="{place}"') == page.count(f'id="{place}"') == times


def test_too_much_is_asked_back_and_what_was_chosen_stays(talk: Talk) -> None:
    talk.send(school="no")
    answer = talk.send(needs=["course", "work", "flat"])
    assert answer.status_code == 422
    assert answer.text.count(" checked") == 3


def test_a_pause_brings_back_the_same_page_by_the_code(talk: Talk) -> None:
    talk.send(school="no")
    desk = talk.send("pause", needs="work").text
    assert talk.code in desk
    found = talk.tablet.post(
        f"{DESK}/search", data={"code": talk.code.lower().replace("-", " ")}
    )
    page = talk.follow(found).text
    assert talk.key == "needs"
    assert page.count(" checked") == 1


def test_a_code_that_is_not_ones_own_is_not_found(
    talk: Talk, other_tablet: FlaskClient
) -> None:
    for code in (talk.code, "ZZ-ZZZ"):
        answer = other_tablet.post(f"{DESK}/search", data={"code": code})
        assert answer.status_code == 422
        assert code in answer.text  # what was typed stays


def test_a_survey_that_closes_takes_no_conversation_any_more(
    session: Session, talk: Talk, survey: Survey
) -> None:
    survey.state = survey.state.CLOSED
    session.commit()
    assert talk.tablet.post(talk.at, data={"go": "next", "school": "no"}).status_code == 409
    assert Talk(talk.tablet, survey).tablet.get(talk.door).status_code == 404


def test_the_device_stays_turned_from_page_to_page(talk: Talk) -> None:
    page = talk.send(school="no", turned="1").text
    assert 'name="turned" value="1" checked' in page


def test_a_survey_that_asks_nothing_else_says_so(
    session: Session, tablet: FlaskClient, project: Project, provider: Organisation
) -> None:
    only = replace(DEFINITION, items=DEFINITION.items[:2])
    talk = Talk(tablet, a_talk_survey(session, project, only))
    key = keyed(tablet.get(talk.door).text)
    begun = tablet.post(talk.door, data={"answer": "yes", **key})
    assert tablet.get(begun.headers["Location"]).status_code == 409


def test_a_note_above_a_question_that_is_not_asked_is_said_above_the_next(
    session: Session, tablet: FlaskClient, project: Project, provider: Organisation
) -> None:
    guide, consent, talk_group, bye = DEFINITION.items
    items = list(talk_group.items)
    at = {item.name: number for number, item in enumerate(items)}
    for name in ("first", "provider"):
        note = Item("note", f"before_{name}", label={"de": f"Nun zu {name}."})
        items.insert(at[name], note)
    definition = replace(
        DEFINITION, items=(guide, consent, replace(talk_group, items=tuple(items)), bye)
    )
    talk = Talk(tablet, a_talk_survey(session, project, definition)).begin()
    first = tablet.get(talk.at).text
    assert "Nun zu provider." in first
    assert "Bitte vorlesen." not in first  # that was said before the yes
    assert "Nun zu first." not in talk.send(school="no").text
    assert "Nun zu first." in talk.send(needs="work").text
    assert talk.key == "idea"
    talk.send("back")
    assert "Nun zu first." not in talk.send(needs=["course", "work"]).text.partition("idea")[2]
    assert talk.key == "first"
    assert "Nun zu first." not in talk.send("skip").text


def test_both_halves_say_the_same_before_the_yes_and_at_the_end(
    tablet: FlaskClient, survey: Survey
) -> None:
    talk = Talk(tablet, survey, language="de")
    once = ("Dann wird alles sofort gelöscht.", "Möchten Sie mitmachen?", "Bitte vorlesen.")
    page = tablet.get(talk.door).text
    for said in once:
        assert [part.count(said) for part in page.split("data-listen")] == [1, 1], said
    page = tablet.get(talk.begin().at).text
    assert page.count("Pause") == 1
    while talk.key != "bye":
        page = talk.send("skip").text
    for half in page.split("data-listen"):
        assert "Wenn Sie jetzt abschließen" in half
    page = talk.send().text
    for half in page.split("data-listen"):
        assert "Beratungsstelle kann alles löschen" in half


def test_pausing_and_stopping_are_said_in_both_languages(talk: Talk) -> None:
    header = talk.tablet.get(talk.at).text.partition("data-listen")[0]
    assert "Pause" in header
    assert '<span lang="ar" dir="rtl">استراحة</span>' in header


def test_every_choice_that_can_be_tapped_has_its_mark(
    session: Session, tablet: FlaskClient, project: Project, provider: Organisation
) -> None:
    sheet = Path("static/css/conversation.css").read_text()
    assert f".p{halves.MOST})" in sheet
    assert f".p{halves.MOST + 1})" not in sheet
    for many in (halves.MOST, halves.MOST + 1):
        choices = tuple(Choice(f"c{n}", {"de": f"Wahl {n}"}) for n in range(many))
        definition = replace(DEFINITION, lists={**DEFINITION.lists, "needs": choices})
        talk = Talk(tablet, a_talk_survey(session, project, definition)).begin()
        page = talk.send("skip").text
        assert page.count('name="needs"') == many
        assert page.count('class="pict ') == (many if many == halves.MOST else 0)
