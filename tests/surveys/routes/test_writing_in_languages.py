"""Those invited read mails and letters in their own languages, in one go."""

from datetime import datetime
from email import message_from_bytes
from email.policy import default

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.keys import Keyring
from people.contacts import Person, contact_of, keep_contact
from people.models import Organisation, Project
from surveys.models import Survey
from tests.postbox import Postbox, postbox
from tests.story import NOON
from tests.surveys.answers import a_register, a_survey, instrument

__all__ = ["postbox"]  # fixture
DESK = "/p/buch/surveys/pankow/invitations"
OWN = "{greeting}\n\nPlease do answer: {link}"


@pytest.fixture
def organisations(
    session: Session, project: Project, keys: Keyring, desk: FlaskClient
) -> list[Organisation]:
    """Of three who are invited one reads English and one Arabic; of one nothing is known."""
    found = a_register(session, project, 3)
    a_survey(session, project, instrument("enterprise_survey"))
    for each, language in zip(found, ("", "en", "ar"), strict=True):
        address = f"{each.code.lower()}@example.org"
        keep_contact(session, keys, each, Person("", "Kim", address, language=language))
    session.commit()
    desk.post(DESK, data={"all": "1"})
    return found


def keep(desk: FlaskClient, occasion: str, language: str, text: str = OWN) -> None:
    sent = {"subject": "Our question", "text": text, "language": language, "to": occasion}
    assert desk.post(f"{DESK}/mail", data=sent | {"keep": "1"}).status_code == 303


def mails(postbox: Postbox) -> dict[str, tuple[str, str]]:
    read = [
        (each.rcpt_tos[0], message_from_bytes(each.content, policy=default))
        for each in postbox.arrived
    ]
    return {to: (str(mail["Subject"]), mail.get_content()) for to, mail in read}


def test_one_batch_of_mails_speaks_the_language_of_each(
    desk: FlaskClient, organisations: list[Organisation], postbox: Postbox
) -> None:
    keep(desk, "invitation", "en")
    sent = {"subject": "Umfrage", "text": "Deutsch: {greeting} {link}", "language": "de"}
    desk.post(f"{DESK}/mail", data=sent | {"to": "invitation", "send": "1"})
    found = mails(postbox)
    assert found["o01@example.org"][0] == "Umfrage"
    assert found["o01@example.org"][1].startswith("Deutsch: Guten Tag Kim,")
    assert found["o02@example.org"][0] == "Our question"
    assert found["o02@example.org"][1].startswith("Dear Kim,")
    assert "Deutsch" not in found["o03@example.org"][1]
    assert "Our question" not in found["o03@example.org"][0]
    assert all("/i/" in text for _, text in found.values())


def test_no_mail_leaves_while_the_text_for_somebody_has_a_gap(
    desk: FlaskClient, organisations: list[Organisation], postbox: Postbox, session: Session
) -> None:
    close_on(session, NOON)
    keep(desk, "invitation", "en", OWN + " {closes}")
    close_on(session, None)
    sent = {"subject": "Umfrage", "text": "{link}", "language": "de", "to": "invitation"}
    answer = desk.post(f"{DESK}/mail", data=sent | {"send": "1"})
    assert answer.status_code == 422
    assert "Englisch: Die Befragung hat noch keinen letzten Tag" in answer.text
    assert postbox.arrived == []


def close_on(session: Session, day: datetime | None) -> None:
    session.scalars(select(Survey)).one().closes = day
    session.commit()


def test_one_batch_of_letters_speaks_the_language_of_each(
    desk: FlaskClient, organisations: list[Organisation]
) -> None:
    keep(desk, "letter", "en")
    page = desk.get(f"{DESK}/letters").text
    letters = sorted(page.split('<article class="letter card" ')[1:])
    arabic, german, english = letters  # by their code
    assert german.startswith('lang="de" dir="ltr"') and "Guten Tag Kim," in german
    assert english.startswith('lang="en" dir="ltr"') and "Please do answer:" in english
    assert "Scan the square" in english
    assert arabic.startswith('lang="ar" dir="rtl"') and "Please do answer" not in arabic
    for letter in desk.get(f"{DESK}/letters?language=en").text.split("<article")[1:]:
        assert "Please do answer:" in letter


def test_the_page_shows_the_text_of_each_language_with_its_own_example(
    desk: FlaskClient, organisations: list[Organisation]
) -> None:
    keep(desk, "letter", "en")
    page = desk.get(f"{DESK}/mail?to=letter&language=en").text
    assert "Please do answer" in page and "Dear Kim," in page.partition("<aside>")[2]
    assert 'Englisch <span class="num">(1)</span>' in page
    assert "Please do answer" not in desk.get(f"{DESK}/mail?to=letter&language=ar").text


def test_the_file_for_a_mail_merge_says_the_language(
    desk: FlaskClient, organisations: list[Organisation]
) -> None:
    head, *rows = desk.post(f"{DESK}/mail-merge.csv").get_data(as_text=True).splitlines()
    assert head.endswith("Sprache")
    said = {row.rpartition(";")[2] for row in rows}
    assert said == {"Deutsch", "Englisch", "Arabisch"} and len(rows) == 3


def test_the_register_keeps_the_language_of_a_contact(
    desk: FlaskClient, organisations: list[Organisation], session: Session, keys: Keyring
) -> None:
    page = desk.get("/p/buch/people/organisations/O01/contact").text
    assert "Sprache der Briefe und Mails" in page
    sent = {"name": "Kim", "email": "kim@example.org", "language": "uk"}
    desk.post("/p/buch/people/organisations/O01/contact", data=sent)
    session.expire_all()
    assert contact_of(session, keys, organisations[0]).language == "uk"
    assert "Ukrainisch" in desk.get("/p/buch/people/organisations/O01").text
    refused = desk.post(
        "/p/buch/people/organisations/O01/contact", data=sent | {"language": "x"}
    )
    assert refused.status_code == 422
