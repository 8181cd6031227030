"""Erased is erased: what goes with it, and what stays; see ``test_remains`` for the files."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from core import clock, steady
from core import erasing as core_erasing
from core.keys import Keyring
from people.models import Organisation, Project
from surveys.counting.shelf import Shelf
from surveys.fieldwork import inviting, starting
from surveys.fieldwork.inviting import Step
from surveys.kinds import Reason
from surveys.models import Erasure, Mention, Response, SealedAnswer, State, Survey
from surveys.responses import erasing, sealing
from surveys.responses.sitting import Sitting, sitting
from surveys.routes import sealing_off
from tests.story import NOON
from tests.surveys.answers import a_register
from tests.surveys.counted import answers_of, documents
from tests.surveys.example import a_survey, answer

MARKER = "Zwetschgenkuchen-4711"
pytestmark = pytest.mark.both_engines


@pytest.fixture
def data(app: Flask) -> Path:
    folder: Path = app.config["DATA"]
    return folder


@pytest.fixture
def survey(session: Session, project: Project) -> Survey:
    return a_survey(session, project)


@pytest.fixture
def radhaus(session: Session, project: Project) -> Organisation:
    return a_register(session, project, 4)[0]


def of(session: Session, response: Response, survey: Survey) -> Sitting:
    found = sitting(session, response.id, survey.slug)
    assert found
    return found


def given(session: Session, survey: Survey, radhaus: Organisation, keys: Keyring) -> Response:
    """A response with everything that may follow from one."""
    response = answer(session, survey, {"idea": MARKER}, radhaus)
    place = {"survey_id": survey.id, "response_id": response.id}
    session.add(
        Mention(**place, project_id=survey.project_id, question="x", name=MARKER, given=NOON)
    )
    sealing.seal(session, keys, response.id, {"email": f"{MARKER}@example.org"})
    session.commit()
    return response


def left(session: Session) -> list[int]:
    tables = (Response, Mention, SealedAnswer)
    found = [session.scalar(select(func.count()).select_from(each)) or 0 for each in tables]
    session.rollback()  # or PostgreSQL would wait for us
    return found


def test_who_answered_takes_all_of_it_away(
    session: Session, survey: Survey, radhaus: Organisation, keys: Keyring, data: Path
) -> None:
    response = given(session, survey, radhaus, keys)
    colleague = answer(session, survey, {"idea": "Chor"}, radhaus, leading=False)
    session.commit()
    shelf = Shelf()
    assert len(answers_of(session, survey, shelf).table) == 2

    erasing.erase(session, data, of(session, response, survey), NOON)
    session.commit()
    session.expire_all()
    assert left(session) == [1, 0, 0]
    assert documents(answers_of(session, survey, shelf).table) == [{"idea": "Chor"}]
    assert session.get_one(Response, colleague.id).leading
    record = session.scalars(select(Erasure)).one()
    assert (record.number, record.reason) == (1, Reason.RESPONDENT)


def test_the_number_of_an_erased_response_is_given_to_nobody_else(
    session: Session, survey: Survey, radhaus: Organisation, keys: Keyring, data: Path
) -> None:
    """Another browser may remember it, and must not come to see somebody else's answers."""
    response = given(session, survey, radhaus, keys)
    number = response.id
    erasing.erase(session, data, of(session, response, survey), NOON)
    session.commit()
    session.expire_all()
    following = answer(session, survey, {"idea": "Chor"}, radhaus)
    session.commit()
    assert following.id != number


def test_what_is_taken_back_does_not_count_and_may_come_back(
    session: Session, survey: Survey, radhaus: Organisation, keys: Keyring
) -> None:
    response = given(session, survey, radhaus, keys)
    shelf = Shelf()
    answers_of(session, survey, shelf)
    erasing.withdraw(session, of(session, response, survey), NOON)
    session.commit()
    session.expire_all()
    assert not len(answers_of(session, survey, shelf).table)
    assert left(session) == [1, 0, 1]
    again = session.get_one(Response, response.id)
    assert (again.submitted, again.leading, again.answers) == (None, False, {"idea": MARKER})


@pytest.mark.parametrize("act", ["withdraw", "erase"])
def test_who_takes_the_answer_back_counts_as_one_who_said_no(
    session: Session, survey: Survey, radhaus: Organisation, keys: Keyring, data: Path, act: str
) -> None:
    (invitation,) = inviting.invite(session, keys, survey, [radhaus], NOON)
    mine = answer(session, survey, {"idea": "Chor"}, radhaus)
    colleague = answer(session, survey, {"idea": "Garten"}, radhaus, leading=False)
    session.commit()

    def takes_back(response: Response) -> Step:
        place = of(session, response, survey)
        if act == "withdraw":
            erasing.withdraw(session, place, NOON)
        else:
            erasing.erase(session, data, place, NOON)
        session.commit()
        session.expire_all()
        (one,) = inviting.invited(session, survey)
        return one.step

    assert takes_back(colleague) is Step.ANSWERED and invitation.declined is None
    assert takes_back(mine) is Step.DECLINED


def test_who_deletes_a_draft_has_not_said_no(
    session: Session, survey: Survey, radhaus: Organisation, keys: Keyring, data: Path
) -> None:
    inviting.invite(session, keys, survey, [radhaus], NOON)
    draft = answer(session, survey, {"idea": "Chor"}, radhaus, sent=None, leading=False)
    session.commit()
    erasing.erase(session, data, of(session, draft, survey), NOON)
    session.commit()
    (one,) = inviting.invited(session, survey)
    assert one.step is Step.INVITED


def test_what_is_kept_too_long_is_erased_at_night_and_a_record_stays(
    session: Session, survey: Survey, radhaus: Organisation, keys: Keyring, data: Path
) -> None:
    given(session, survey, radhaus, keys)
    starting.keep_until(session, survey, date(2026, 11, 5), date(2026, 11, 5))
    session.commit()
    assert erasing.purge(session, data, NOON + timedelta(days=3)) == 0  # the last day
    assert erasing.purge(session, data, NOON + timedelta(days=4)) == 1
    session.commit()
    assert left(session) == [0, 0, 0]
    record = session.scalars(select(Erasure)).one()
    assert (record.number, record.reason) == (1, Reason.RETENTION)
    assert erasing.purge(session, data, NOON + timedelta(days=5)) == 0
    assert len(erasing.erasures_of(session, survey)) == 1


@pytest.mark.parametrize("has_answers", [True, False])
def test_when_the_time_is_over_the_survey_is_closed_and_who_said_no_is_not_asked_again(
    session: Session, survey: Survey, radhaus: Organisation, keys: Keyring, data: Path,
    has_answers: bool,
) -> None:  # fmt: skip
    (invitation,) = inviting.invite(session, keys, survey, [radhaus], NOON)
    inviting.decline(session, invitation, NOON)
    if has_answers:
        answer(session, survey, {"idea": MARKER})
    starting.keep_until(session, survey, date(2026, 11, 5), date(2026, 11, 5))
    session.commit()
    for night in (4, 5):
        erasing.purge(session, data, NOON + timedelta(days=night))
        session.commit()
    session.expire_all()
    assert survey.state is State.CLOSED and survey.closed == NOON + timedelta(days=4)
    assert invitation.declined
    assert len(core_erasing.keys_of(data, "survey")) == has_answers  # nothing is erased twice


def test_nothing_is_purged_when_the_clock_jumps(
    app: Flask,
    sessions: sessionmaker[Session],
    session: Session,
    survey: Survey,
    radhaus: Organisation,
    keys: Keyring,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    given(session, survey, radhaus, keys)
    starting.keep_until(session, survey, date(2026, 11, 5), date(2026, 11, 5))
    session.commit()

    def night(day: int) -> int:
        monkeypatch.setattr(clock, "now", lambda: NOON + timedelta(days=day))
        with app.app_context():
            sealing_off.purge()
        session.expire_all()
        return left(session)[0]

    assert [night(day) for day in (0, 1, 2, 400, 401)] == [1, 1, 1, 1, 1]
    assert night(3) == 1
    assert night(5) == 0


def test_a_human_says_that_the_clock_is_right(
    app: Flask, session: Session, survey: Survey, radhaus: Organisation, keys: Keyring
) -> None:
    given(session, survey, radhaus, keys)
    starting.keep_until(session, survey, date(2026, 11, 5), date(2026, 11, 5))
    steady.is_steady(session, NOON - timedelta(days=900))
    session.commit()
    assert not steady.is_steady(session, NOON)
    session.commit()
    result = app.test_cli_runner().invoke(args=["privacy", "purge", "--json"])
    assert result.output.strip() == '{"erased": 1}'
    session.expire_all()
    assert left(session)[0] == 0
