from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from people.models import Project
from surveys.models import Response, Subject, Survey
from surveys.responses import answering
from tests.story import NOON
from tests.surveys.counted import answers_of, documents
from tests.surveys.example import a_survey, answer

pytestmark = pytest.mark.both_engines
MINUTE = timedelta(minutes=1)


def people(session: Session, survey: Survey, number: int, start: int = 0) -> list[Response]:
    """So many people have answered, a minute after each other."""
    found = []
    for each in range(start, start + number):
        one = answer(session, survey, {"headcount": 1})
        one.submitted = one.saved = NOON + each * MINUTE
        found.append(one)
    session.commit()
    return found


def correct(session: Session, response: Response, at: int, **answers: Any) -> None:
    session.refresh(response)
    now = NOON + at * MINUTE
    answering.save_page(session, response, answers=answers, page="", language="de", now=now)
    session.commit()
    session.expire_all()


def heads(session: Session, survey: Survey) -> list[object]:
    return [each["headcount"] for each in documents(answers_of(session, survey).counted)]


def test_a_correction_about_a_person_waits_for_five_more(
    session: Session, project: Project
) -> None:
    survey = a_survey(session, project, subject=Subject.PERSONS)
    first, *_ = people(session, survey, 5)
    correct(session, first, 10, headcount=7)
    correct(session, first, 11, headcount=8)
    assert heads(session, survey) == [1] * 5  # as before
    people(session, survey, 4, start=20)
    assert heads(session, survey) == [1] * 5
    people(session, survey, 1, start=30)
    assert heads(session, survey) == [8, *[1] * 9]
    correct(session, first, 40, headcount=9)
    assert heads(session, survey) == [8, *[1] * 9]  # what counted when the batch was full
    assert first.answers == {"headcount": 9}  # the person sees it at once


def test_a_correction_before_the_first_batch_counts_with_it(
    session: Session, project: Project
) -> None:
    survey = a_survey(session, project, subject=Subject.PERSONS)
    first, *_ = people(session, survey, 3)
    correct(session, first, 5, headcount=7)
    people(session, survey, 2, start=10)
    assert heads(session, survey) == [7, 1, 1, 1, 1]


def test_a_correction_for_an_organisation_counts_at_once(
    session: Session, project: Project
) -> None:
    survey = a_survey(session, project)
    first, *_ = people(session, survey, 5)
    correct(session, first, 10, headcount=7)
    assert heads(session, survey) == [7, 1, 1, 1, 1]
    assert first.counted is None
