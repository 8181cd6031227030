from datetime import timedelta

import pytest
from sqlalchemy.orm import Session, sessionmaker

from people.models import Project, Sector
from surveys.fieldwork import planning, starting
from surveys.fieldwork.planning import Plan
from surveys.models import Kind, State, Subject, Survey
from tests.story import NOON, at_once
from tests.surveys.example import ENTERPRISES, a_survey
from tests.surveys.responses.test_anonymising import FORM

HOUR = timedelta(hours=1)


@pytest.fixture
def draft(session: Session, project: Project) -> Survey:
    return starting.begin_survey(
        session, project, ENTERPRISES, "form", title="", subject=Subject.ORGANISATIONS, now=NOON
    )


def pass_time(session: Session, survey: Survey, *hours: int) -> State:
    """Look at the clock so many hours after noon; return where *survey* stands then."""
    for hour in hours:
        for each in planning.due(session, NOON + hour * HOUR):
            planning.take_the_step(session, each, NOON + hour * HOUR)
    session.commit()
    session.expire_all()
    return survey.state


@pytest.mark.both_engines
def test_a_survey_opens_and_closes_by_the_clock(session: Session, draft: Survey) -> None:
    planning.lay_down(session, draft, Plan(NOON + HOUR, NOON + 3 * HOUR), NOON)
    session.commit()
    assert pass_time(session, draft, 0) == State.DRAFT
    assert pass_time(session, draft, 1) == State.OPEN
    assert (draft.opened, draft.opens) == (NOON + HOUR, None)
    assert pass_time(session, draft, 2) == State.OPEN
    assert pass_time(session, draft, 3) == State.CLOSED
    assert (draft.closed, draft.closes) == (NOON + 3 * HOUR, None)


def test_a_computer_that_slept_makes_up_for_it(session: Session, draft: Survey) -> None:
    planning.lay_down(session, draft, Plan(NOON + HOUR, NOON + 30 * HOUR), NOON)
    session.commit()
    assert pass_time(session, draft, 20, 21) == State.OPEN
    assert pass_time(session, draft, 50) == State.CLOSED


@pytest.mark.parametrize(
    ("opens", "closes", "refusal"),
    [
        (-1, None, planning.OpensInThePast),
        (None, 0, planning.ClosesInThePast),
        (2, 2, planning.ClosesBeforeItOpens),
        (3, 2, planning.ClosesBeforeItOpens),
    ],
)
def test_a_plan_that_cannot_be_kept_is_refused(
    session: Session,
    draft: Survey,
    opens: int | None,
    closes: int | None,
    refusal: type[Exception],
) -> None:
    first, last = (None if hours is None else NOON + hours * HOUR for hours in (opens, closes))
    with pytest.raises(refusal):
        planning.lay_down(session, draft, Plan(first, last), NOON)


def test_closed_by_hand_it_stays_open_when_it_is_opened_again(
    session: Session, project: Project
) -> None:
    survey = a_survey(session, project)
    planning.lay_down(session, survey, Plan(closes=NOON + HOUR), NOON)
    starting.close_survey(session, survey, NOON)
    starting.reopen(session, survey)
    session.commit()
    assert pass_time(session, survey, 2) == State.OPEN


def test_what_is_laid_down_is_read_again(session: Session, draft: Survey) -> None:
    plan = Plan(
        NOON + HOUR, NOON + 2 * HOUR, 40, {Sector.SCIENCE: 3}, {"de": "Danke!"}, {"ar": "شكراً"}
    )
    planning.lay_down(session, draft, plan, NOON)
    session.commit()
    session.expire_all()
    assert planning.plan_of(draft) == plan


def test_an_anonymous_survey_takes_everyone(session: Session, draft: Survey) -> None:
    draft.kind = Kind.ANONYMOUS
    planning.lay_down(session, draft, Plan(most=5), NOON)
    assert draft.most is None


@pytest.mark.both_engines
def test_of_two_who_lay_down_the_course_at_once_neither_writes_over_the_other(
    session: Session, sessions: sessionmaker[Session], draft: Survey
) -> None:
    session.commit()
    number, seen = draft.id, draft.version
    session.rollback()
    refused: list[int] = []

    def act(which: int) -> None:
        with sessions() as own:
            survey = own.get_one(Survey, number)
            try:
                planning.lay_down(own, survey, Plan(most=which + 1), NOON, seen)
            except planning.ChangedMeanwhile:
                own.rollback()
                refused.append(which)
            own.commit()

    at_once(5, act)
    session.refresh(draft)
    assert len(refused) == 4 and draft.version == seen + 1
    assert (draft.most or 0) - 1 not in refused


@pytest.mark.both_engines
@pytest.mark.parametrize(
    ("kind", "most"), [(Kind.OPEN, 50), (Kind.ANONYMOUS, None), (Kind.IDENTIFIED, 50)]
)
def test_limits_that_another_kind_does_not_know_are_lifted_with_it(
    session: Session, project: Project, kind: Kind, most: int | None
) -> None:
    draft = starting.begin_survey(
        session, project, FORM, "form", title="", subject=Subject.ORGANISATIONS, now=NOON
    )
    by_sector = {Sector.ECONOMY: 3}
    planning.lay_down(session, draft, Plan(most=50, by_sector=by_sector), NOON)
    starting.choose_kind(session, draft, kind)
    session.commit()
    session.refresh(draft)
    plan = planning.plan_of(draft)
    assert plan.most == most
    assert plan.by_sector == (by_sector if kind is Kind.IDENTIFIED else {})
