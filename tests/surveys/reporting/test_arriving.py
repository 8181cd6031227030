from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from people.models import Project
from surveys.models import Channel, Subject, Survey
from surveys.reporting.arriving import Arrivals, arrivals
from tests.surveys.counted import answers_of
from tests.surveys.example import a_survey, answer

MONDAY = datetime(2026, 9, 14, 10, tzinfo=UTC)


def told(session: Session, survey: Survey) -> Arrivals | None:
    return arrivals(survey, answers_of(session, survey).table)


@pytest.mark.both_engines
def test_a_day_without_answers_stands_between_the_others(
    session: Session, project: Project, elsewhere: Project
) -> None:
    survey = a_survey(session, project)
    for hours in (0, 1, 72):
        answer(session, survey, {}, sent=MONDAY + timedelta(hours=hours))
    answer(session, survey, {}, sent=None)  # not handed in
    answer(session, a_survey(session, elsewhere), {}, sent=MONDAY)  # to another survey

    found = told(session, survey)
    assert found
    days = [date(2026, 9, day) for day in (14, 15, 16, 17)]
    assert list(found.by_day) == list(zip(days, (2, 0, 0, 1), strict=True))
    assert (found.weekly, found.most, found.total) == (False, 2, 3)


def test_a_day_ends_at_midnight_in_berlin(session: Session, project: Project) -> None:
    survey = a_survey(session, project)
    answer(session, survey, {}, sent=datetime(2026, 9, 14, 21, 59, tzinfo=UTC))
    answer(session, survey, {}, sent=datetime(2026, 9, 14, 22, 1, tzinfo=UTC))

    found = told(session, survey)
    assert found
    assert list(found.by_day) == [(date(2026, 9, 14), 1), (date(2026, 9, 15), 1)]


def test_many_days_are_told_by_weeks_that_begin_on_monday(
    session: Session, project: Project
) -> None:
    survey = a_survey(session, project)
    for days in (2, 6, 44):
        answer(session, survey, {}, sent=MONDAY + timedelta(days=days))

    found = told(session, survey)
    assert found
    assert found.weekly
    assert found.by_day[0] == (date(2026, 9, 14), 2)
    assert found.by_day[-1] == (date(2026, 10, 26), 1)
    assert len(found.by_day) == 7


def test_every_way_is_counted(session: Session, project: Project) -> None:
    survey = a_survey(session, project)
    for channel in (Channel.INVITATION, Channel.LINK, Channel.INVITATION):
        answer(session, survey, {}, sent=MONDAY, channel=channel)

    found = told(session, survey)
    assert found
    assert found.by_channel == {Channel.LINK: 1, Channel.INVITATION: 2}


def test_of_persons_no_day_is_told(session: Session, project: Project) -> None:
    survey = a_survey(session, project, subject=Subject.PERSONS)
    for _ in range(20):
        answer(session, survey, {}, sent=MONDAY)

    assert told(session, survey) is None


def test_before_the_first_answer_there_is_nothing_to_tell(
    session: Session, project: Project
) -> None:
    assert told(session, a_survey(session, project)) is None
