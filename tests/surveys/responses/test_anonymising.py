"""Anonymous answers: kept without a way back, found again by their link until closing."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, sessionmaker

from core.keys import Keyring
from people.models import Project
from surveys.definition import Definition
from surveys.fieldwork import importing, inviting, starting
from surveys.fieldwork.inviting import NoLinks, Step
from surveys.fieldwork.starting import NotADraft, SealedOff
from surveys.models import AnonymousResponse, Invitation, Kind, Response, Subject, Survey
from surveys.questionnaires.asking import asked
from surveys.reporting import columns
from surveys.responses import anonymising, answering, pausing
from surveys.responses.anonymity import NotAnonymous, SurveyClosed, key_of, ticket_hash
from surveys.responses.answering import ByInvitation
from surveys.responses.sitting import sitting as sitting_of
from surveys.responses.sitting import start
from tests.story import NOON, an_organisation, at_once
from tests.surveys.example import ENTERPRISES, question

FORM = Definition(
    title={"de": "Wie geht es Ihnen?"}, form_id="mood", default_language="de",
    languages=("de",), items=(
        question("idea", "text", "Was fehlt?", "What is missing?"),
        question("began", "calculate", "", "", calculation="once(now())"),
    ),
)  # fmt: skip

pytestmark = pytest.mark.both_engines


def an_anonymous_survey(
    session: Session, project: Project, keys: Keyring, people: int = 12
) -> tuple[Survey, list[Invitation]]:
    """An open anonymous survey, and who is invited."""
    organisations = [
        an_organisation(project, f"A{each:03}", f"Verein {each}") for each in range(people)
    ]
    session.add_all(organisations)
    survey = starting.begin_survey(
        session, project, FORM, "form", title="", subject=Subject.ORGANISATIONS, now=NOON
    )
    starting.choose_kind(session, survey, Kind.ANONYMOUS)
    starting.open_survey(session, survey, NOON)
    session.commit()
    invitations = inviting.invite(session, keys, survey, organisations, NOON)
    session.commit()
    return survey, invitations


def answers(
    session: Session, keys: Keyring, survey: Survey, invitation: Invitation, idea: str
) -> str:
    """Somebody comes with a link, answers and hands in."""
    place = start(session.get_bind(), survey.slug)  # type: ignore[arg-type]
    assert place
    number = anonymising.begin(session, keys, invitation, place.version_id, "de", NOON)
    hand_in(session, survey, number, idea)
    return number


def hand_in(session: Session, survey: Survey, number: str, idea: str) -> None:
    sitting = sitting_of(session, number, survey.slug)
    assert sitting
    version = asked(lambda: session, sitting.version_id, sitting.digest)
    evaluation = version.evaluate({"idea": idea}, {}, NOON, "de")
    answering.submit(
        session, sitting, version.questionnaire, evaluation, language="de", now=NOON
    )
    session.commit()


def test_what_is_stored_while_it_is_open_does_not_join_without_the_key(
    session: Session, project: Project, keys: Keyring, tmp_path: Path
) -> None:
    survey, invitations = an_anonymous_survey(session, project, keys)
    number = answers(session, keys, survey, invitations[3], "Räume")
    row = session.get_one(AnonymousResponse, number)
    token_hash = invitations[3].token_hash
    assert row.ticket_hash == ticket_hash(keys, survey.id, token_hash)
    assert row.ticket_hash != ticket_hash(Keyring(tmp_path / "others"), survey.id, token_hash)
    assert invitations[3].opened is None
    assert session.scalar(select(func.count()).select_from(Response)) == 0
    assert (row.saved, row.submitted) == (NOON, NOON)
    assert row.answers == {"idea": "Räume"}  # and not when it was begun


def test_one_link_leads_to_one_response_however_often_it_is_used(
    sessions: sessionmaker[Session], session: Session, project: Project, keys: Keyring
) -> None:
    survey, invitations = an_anonymous_survey(session, project, keys)
    version = starting.versions_of(session, survey)[-1].id
    session.commit()
    for invitation in invitations[:5]:
        one = invitation.id

        def send(_: int, one: int = one) -> None:
            with sessions() as own:
                invited = own.get_one(Invitation, one)
                anonymising.begin(own, keys, invited, version, "de", NOON)
                own.commit()

        session.commit()
        at_once(20, send)
    assert session.scalar(select(func.count()).select_from(AnonymousResponse)) == 5


def test_a_link_is_the_way_back_to_ones_answers_until_closing(
    session: Session, project: Project, keys: Keyring
) -> None:
    survey, invitations = an_anonymous_survey(session, project, keys)
    number = answers(session, keys, survey, invitations[0], "erst so")
    assert answers(session, keys, survey, invitations[0], "dann so") == number
    assert session.get_one(AnonymousResponse, number, populate_existing=True).answers == {
        "idea": "dann so"
    }
    card = pausing.card_for(session, keys, number)
    starting.close_survey(session, survey, NOON)
    session.commit()
    anonymising.seal_off(session, keys, survey.id)
    assert (
        session.get_one(AnonymousResponse, number, populate_existing=True).ticket_hash is None
    )
    with pytest.raises(SurveyClosed):
        anonymising.begin(session, keys, invitations[0], 1, "de", NOON)
    with pytest.raises(NoLinks):
        inviting.token_of(keys, invitations[0])
    session.rollback()
    words = " ".join(pausing.words_of(card, "de"))
    assert pausing.response_with(session, keys, words).id == number
    assert not keys.has(key_of(survey.id))


def test_who_has_answered_is_noted_for_five_at_once(
    session: Session, project: Project, keys: Keyring
) -> None:
    survey, invitations = an_anonymous_survey(session, project, keys)

    def answered() -> int:
        steps = [each.step for each in inviting.invited(session, survey)]
        return steps.count(Step.ANSWERED)

    for number, invitation in enumerate(invitations, 1):
        answers(session, keys, survey, invitation, f"Idee {number}")
        anonymising.count_in(session, keys, survey)
        session.commit()
        session.expire_all()
        assert answered() == number // 5 * 5
        assert len(columns.columns_of(session, survey, {}).rows) == number // 5 * 5


def test_figures_and_rows_know_no_order_and_no_time(
    session: Session, project: Project, keys: Keyring
) -> None:
    survey, invitations = an_anonymous_survey(session, project, keys)
    for number, invitation in enumerate(invitations):
        answers(session, keys, survey, invitation, f"Idee {number}")
    anonymising.begin(session, keys, invitations[0], 1, "de", NOON)
    starting.close_survey(session, survey, NOON + timedelta(days=3))
    session.commit()
    rows = columns.columns_of(session, survey, {}).rows
    assert len(rows) == 10  # of twelve: the last two could be told apart
    assert [row.response_id for row in rows] == sorted(row.response_id for row in rows)
    assert {row.submitted for row in rows} == {NOON}


def test_a_form_that_asks_who_one_is_cannot_be_anonymous(
    session: Session, project: Project
) -> None:
    survey = starting.begin_survey(
        session, project, ENTERPRISES, "f", title="", subject=Subject.ORGANISATIONS, now=NOON
    )
    with pytest.raises(NotAnonymous) as refusal:
        starting.choose_kind(session, survey, Kind.ANONYMOUS)
    assert "Für welche Organisation antworten Sie?" in (
        refusal.value.reason % refusal.value.values
    )


def test_a_version_that_asks_who_one_is_does_not_come_into_an_anonymous_survey(
    session: Session, project: Project, keys: Keyring
) -> None:
    survey, _ = an_anonymous_survey(session, project, keys)
    with pytest.raises(NotAnonymous):
        importing.add_version(session, survey, ENTERPRISES, NOON)


def test_the_kind_is_locked_by_the_first_answer(
    session: Session, project: Project, keys: Keyring
) -> None:
    survey, invitations = an_anonymous_survey(session, project, keys)
    with pytest.raises(NotADraft):
        starting.choose_kind(session, survey, Kind.OPEN)
    answers(session, keys, survey, invitations[0], "Räume")
    survey.kind = Kind.IDENTIFIED
    with pytest.raises(IntegrityError):
        session.flush()


def test_an_anonymous_survey_has_no_other_door_and_does_not_open_again(
    session: Session, project: Project, keys: Keyring
) -> None:
    survey, _ = an_anonymous_survey(session, project, keys)
    place = start(session.get_bind(), survey.slug)  # type: ignore[arg-type]
    assert place
    with pytest.raises(ByInvitation):
        answering.begin(
            session, place, place.version_id, "key", answers={}, language="de", now=NOON
        )
    starting.close_survey(session, survey, NOON)
    with pytest.raises(SealedOff):
        starting.reopen(session, survey)
