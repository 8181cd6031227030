import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.keys import Keyring
from people.contacts import Person, keep_contact
from people.models import Organisation, Project
from surveys.fieldwork import inviting
from surveys.fieldwork.models import Phrasing
from surveys.models import Invitation, Survey
from tests.story import NOON
from tests.surveys.answers import a_register, a_survey, instrument

DESK = "/p/buch/surveys/pankow/invitations"
OWN = "Liebe/r {name},\n\nbitte antworten Sie: {link}\n\nIhr Team"


@pytest.fixture
def organisation(
    session: Session, project: Project, keys: Keyring, desk: FlaskClient
) -> Organisation:
    """One who is invited, with an address."""
    (found,) = a_register(session, project, 1)
    a_survey(session, project, instrument("enterprise_survey"))
    keep_contact(session, keys, found, Person(name="Kim Arslan", email="kim@example.org"))
    session.commit()
    desk.post(DESK, data={"all": "1"})
    return found


def keep(desk: FlaskClient, occasion: str, text: str = OWN, **more: str) -> int:
    sent = {"subject": "Unsere Frage", "text": text, "language": "de", "to": occasion}
    return desk.post(f"{DESK}/mail", data=sent | {"keep": "1"} | more).status_code


@pytest.mark.parametrize("occasion", ["invitation", "reminder", "letter"])
def test_a_team_writes_in_its_own_words(
    desk: FlaskClient, organisation: Organisation, occasion: str
) -> None:
    assert keep(desk, occasion) == 303
    page = desk.get(f"{DESK}/mail?to={occasion}").text
    assert "bitte antworten Sie: {link}" in page and "Unsere Frage" in page
    for other in {"invitation", "reminder", "letter"} - {occasion}:
        assert "bitte antworten Sie" not in desk.get(f"{DESK}/mail?to={other}").text
    assert "bitte antworten Sie" not in desk.get(f"{DESK}/mail?to={occasion}&language=en").text


def test_the_standard_text_comes_back(
    desk: FlaskClient, organisation: Organisation, session: Session
) -> None:
    before = desk.get(f"{DESK}/mail?to=invitation").text
    keep(desk, "invitation")
    page = desk.get(f"{DESK}/mail?to=invitation&standard=1").text
    area = page.partition('<textarea class="input" id="text"')[2]
    standard = area.partition("</textarea>")[0]
    assert standard in before and "bitte antworten Sie" not in standard
    text = standard.partition(">")[2].strip().replace("&#34;", '"')
    subject = page.partition('name="subject" value="')[2].partition('"')[0]
    assert keep(desk, "invitation", text, subject=subject) == 303
    assert session.scalars(select(Phrasing)).all() == []


def test_a_letter_is_printed_in_the_words_of_the_team(
    desk: FlaskClient, organisation: Organisation, session: Session, keys: Keyring
) -> None:
    keep(desk, "letter", "Guten Tag {name},\n\nhier:\n{link}\n\nHerzlich – Ihr Team")
    page = desk.get(f"{DESK}/letters").text
    assert "Guten Tag Kim Arslan," in page and "Herzlich – Ihr Team" in page
    token = inviting.token_of(keys, session.scalars(select(Invitation)).one())
    assert token in page and "{link}" not in page
    assert page.index("Kim Arslan,") < page.index(token) < page.index("Herzlich")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Ohne Adresse", "Im Text muss {link} stehen"),
        ("{link} {nmae}", "{nmae} füllt niemand aus."),
        ("{link} {closes}", "noch keinen letzten Tag"),
    ],
)
def test_what_cannot_be_filled_in_is_said_and_stays(
    desk: FlaskClient, organisation: Organisation, text: str, reason: str
) -> None:
    sent = {"subject": "Frage", "text": text, "language": "de", "to": "letter", "keep": "1"}
    answer = desk.post(f"{DESK}/mail", data=sent)
    assert answer.status_code == 422
    assert reason in answer.text and text in answer.text


def test_the_last_day_is_filled_in_as_it_stands_when_the_mail_is_written(
    desk: FlaskClient, organisation: Organisation, session: Session
) -> None:
    survey = session.scalars(select(Survey)).one()
    survey.closes = NOON
    session.commit()
    page = desk.get(f"{DESK}/mail?to=invitation").text
    assert "{closes}" in page
    example = page.partition("<aside>")[2]
    assert str(NOON.year) in example and "{closes}" not in example


def test_what_is_sent_is_kept(desk: FlaskClient, organisation: Organisation) -> None:
    sent = {"subject": "Frage", "text": OWN, "language": "de", "to": "invitation", "send": "1"}
    assert desk.post(f"{DESK}/mail", data=sent).status_code == 303
    assert "bitte antworten Sie" in desk.get(f"{DESK}/mail?to=invitation").text


def test_a_title_that_the_team_lacks_in_a_language_is_that_of_the_form(
    desk: FlaskClient, session: Session, organisation: Organisation
) -> None:
    session.scalars(select(Survey)).one().title = {"tr": "Anket", "de": "Unsere Befragung"}
    session.commit()
    titles = {"de": "Unsere Befragung", "en": "Survey of social enterprises", "tr": "Anket"}
    for language, title in titles.items():
        page = desk.get(f"{DESK}/mail?language={language}").text
        subject = page.partition('name="subject" value="')[2].partition('"')[0]
        assert title in subject
    assert "Unsere Befragung" in desk.get(DESK).text
