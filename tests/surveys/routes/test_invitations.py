import json

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from core.keys import Keyring
from core.mail import OutboxMail
from people.contacts import Person, keep_contact
from people.models import Contact, Organisation, Project
from surveys.fieldwork import inviting
from surveys.models import Invitation, Response, Subject, Survey
from tests.story import NOON
from tests.surveys.answers import Respondent, a_register, a_survey, instrument

DESK = "/p/buch/surveys/pankow/invitations"


@pytest.fixture
def organisations(session: Session, project: Project, keys: Keyring) -> list[Organisation]:
    found = a_register(session, project, 4)
    a_survey(session, project, instrument("enterprise_survey"))
    person = {"salutation": "Frau", "name": "Yıldız", "email": "y@example.org"}
    text = json.dumps(person | {"phone": "", "address": "Wiltbergstr. 1\n13125 Berlin"})
    sealed = keys.seal("contacts", text, f"contact.sealed:{found[0].id}")
    ours = {"project_id": project.id, "organisation_id": found[0].id}
    session.add(Contact(**ours, sealed=sealed))
    session.commit()
    return found


@pytest.fixture
def link(
    desk: FlaskClient, organisations: list[Organisation], session: Session, keys: Keyring
) -> str:
    """The link of the first organisation, after all were invited."""
    assert desk.post(DESK, data={"all": "1"}).status_code == 303
    first = session.scalars(
        select(Invitation).filter_by(organisation_id=organisations[0].id)
    ).one()
    return f"/i/{inviting.token_of(keys, first)}"


def test_letters_and_the_mail_merge_carry_the_links(desk: FlaskClient, link: str) -> None:
    letters = desk.get(f"{DESK}/letters?language=de").get_data(as_text=True)
    assert letters.count("<article") == letters.count('class="qr"') == 4
    assert "Guten Tag Frau Yıldız," in letters
    merge = desk.post(f"{DESK}/mail-merge.csv").get_data(as_text=True)
    assert link in letters and link in merge
    assert desk.post(f"{DESK}/mail-merge.xlsx").status_code == 200
    assert "Noch kann kein Telefon diese Links öffnen" in letters


def test_whoever_takes_the_mail_merge_along_is_noted_with_how_many(
    desk: FlaskClient, link: str
) -> None:
    exports = DESK.replace("invitations", "exports")
    assert desk.get(f"{DESK}/mail-merge.csv").status_code == 405
    assert "Mail merge" not in desk.get(exports, headers={"Accept-Language": "en"}).text
    merge = desk.post(f"{DESK}/mail-merge.csv")
    assert merge.get_data(as_text=True).count("/i/") == 4
    noted = desk.get(exports, headers={"Accept-Language": "en"}).text
    row = noted[noted.index("<td>Mail merge: names, addresses, personal links</td>") - 60 :]
    assert "<bdi>Birte" in row[:60] and '<td class="n">4</td>' in row[:200]


def test_a_mail_gets_its_link_only_when_it_leaves(
    desk: FlaskClient, link: str, session: Session, app: Flask
) -> None:
    words = {"subject": "Einladung", "text": "{greeting}\n{link}", "language": "de"}
    for _ in range(2):
        assert desk.post(f"{DESK}/mail", data=words | {"send": "1"}).status_code == 303
    mails = session.scalars(select(OutboxMail)).all()
    assert len(mails) == 1
    assert desk.post(f"{DESK}/mail", data=words | {"text": "ohne"}).status_code == 422


def test_an_invitation_fills_in_what_is_known(app: Flask, link: str, session: Session) -> None:
    guest = Respondent(app.test_client(), link)
    assert "Radhaus Buch" in guest.html
    form = guest.page.forms[link]
    guest.answer = guest.client.post(link, data=form.data(), follow_redirects=True)
    again = guest.client.post(link, data=form.data())
    assert again.status_code == 303
    response = session.scalars(select(Response)).one()
    assert response.answers == {
        "org": "O01", "org_type": "provider", "legal_form": "ev", "headcount": 9,
    }  # fmt: skip
    guest.send(consent="yes")
    assert guest.form.values("org") == ["", "O01", "other"]


def test_saying_no_is_counted_and_can_be_taken_back(
    desk: FlaskClient, app: Flask, link: str, session: Session
) -> None:
    client = app.test_client()
    client.post(f"{link}/refusal")
    assert "abgesagt" in desk.get(DESK).get_data(as_text=True)
    client.post(f"{link}/refusal/removal")
    assert (
        session.scalars(select(Invitation).where(Invitation.declined.is_not(None))).all() == []
    )


def test_who_took_the_answer_back_finds_the_draft_behind_the_link(
    client: FlaskClient, link: str, session: Session
) -> None:
    client.post(link, data={"key": "one"})
    session.execute(update(Invitation).values(declined=NOON))  # as taking it back does
    session.commit()
    assert f'action="{link}/responses/' in client.get(link).text


def test_a_wrong_link_is_not_found(client: FlaskClient, link: str) -> None:
    other = "6" if link.endswith("7") else "7"
    assert client.get(link[:-1] + other).status_code == 404


def test_only_the_facilitator_sees_links(
    client: FlaskClient, link: str, session: Session, project: Project
) -> None:
    assert client.get(DESK).status_code == 303
    assert session.scalars(select(Survey)).one().slug == "pankow"


def test_no_words_bring_the_link_of_somebody_else_into_a_mail(
    desk: FlaskClient, link: str, session: Session, elsewhere: Project, keys: Keyring,
    organisations: list[Organisation],
) -> None:  # fmt: skip
    theirs = a_register(session, elsewhere, 1)
    survey = a_survey(session, elsewhere, instrument("enterprise_survey"), slug="theirs")
    foreign, *_ = inviting.invite(session, keys, survey, theirs, NOON)
    organisations[0].name = str(foreign.id)
    session.commit()
    text = f"{{link}} {{{{invitation {foreign.id}}}}} {{{{invitation {{organisation}}}}}}"
    words = {"subject": "Einladung", "text": text, "language": "de", "send": "1"}
    assert desk.post(f"{DESK}/mail", data=words).status_code == 303
    number = session.scalars(select(OutboxMail.id)).one()
    page = desk.get(f"/p/buch/people/outbox/{number}").text
    assert link in page
    assert inviting.token_of(keys, foreign) not in page


def test_who_cannot_be_written_to_does_not_count_as_written_to(
    desk: FlaskClient, link: str, session: Session, keys: Keyring,
    organisations: list[Organisation],
) -> None:  # fmt: skip
    keep_contact(session, keys, organisations[1], Person(name="Ümit", email="ümit@example.org"))
    session.commit()
    words = {"subject": "Einladung", "text": "{link}", "language": "de", "send": "1"}
    assert desk.post(f"{DESK}/mail", data=words).status_code == 303
    written = select(Invitation.organisation_id).where(Invitation.waiting.is_not(None))
    assert session.scalars(written).all() == [organisations[0].id]


def test_without_a_server_somebody_is_written_to_when_the_mail_was_sent_by_hand(
    desk: FlaskClient, link: str, session: Session
) -> None:
    words = {"subject": "Einladung", "text": "{link}", "language": "de", "send": "1"}
    desk.post(f"{DESK}/mail", data=words)
    number = session.scalars(select(OutboxMail.id)).one()
    place = f"/p/buch/people/outbox/{number}"
    (invitation,) = [one for one in session.scalars(select(Invitation)) if one.waiting]
    assert (invitation.written, invitation.sent) == (0, None)
    assert "wartet im Postausgang" in desk.get(DESK).text
    for act, written in (("sent", 1), ("sent", 1), ("sent/removal", 0), ("sent/removal", 0)):
        desk.post(f"{place}/{act}")
        session.refresh(invitation)
        assert (invitation.written, bool(invitation.sent)) == (written, bool(written))
        assert bool(invitation.waiting) != bool(written)
    desk.post(f"{place}/dropping")
    session.refresh(invitation)
    assert invitation.waiting is None


def test_nobody_is_invited_to_a_survey_about_persons(
    desk: FlaskClient, organisations: list[Organisation], session: Session, project: Project
) -> None:
    form = instrument("refugee_conversation")
    a_survey(session, project, form, slug="talk", subject=Subject.PERSONS)
    talk = DESK.replace("pankow", "talk")
    assert desk.get(talk).status_code == 404
    assert desk.post(talk, data={"all": "1"}).status_code == 404
    assert session.scalars(select(Invitation)).all() == []
    assert "/invitations" not in desk.get("/p/buch/surveys/talk").get_data(as_text=True)
