"""A timetable says in which week a project is, and what is planned for now."""

from datetime import date

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from home.timing import USUAL, WEEKS, Plan, Stage, plan_of, set_plan
from people.models import Project

FIRST = date(2026, 6, 1)
FORM = {"begins": "2026-06-01", "weeks": "26"} | {
    f"{stage}_{end}": str(week)
    for stage, span in USUAL.items()
    for end, week in zip(("first", "last"), span, strict=True)
}


@pytest.mark.parametrize(
    ("day", "week"),
    [
        (date(2026, 5, 31), 0),
        (date(2026, 6, 1), 1),
        (date(2026, 6, 7), 1),
        (date(2026, 6, 8), 2),
        (date(2026, 11, 29), 26),
        (date(2026, 11, 30), 27),
    ],
)
def test_weeks_begin_with_the_first_day(day: date, week: int) -> None:
    assert Plan(FIRST, WEEKS, USUAL, day).week == week


def test_the_usual_sprint_has_its_workshop_in_week_fourteen() -> None:
    plan = Plan(FIRST, WEEKS, USUAL, date(2026, 9, 2))
    assert [each.stage for each in plan.stages() if each.is_now] == [Stage.WORKSHOP]
    (workshop,) = (each for each in plan.stages() if each.stage == Stage.WORKSHOP)
    assert (workshop.begins, workshop.ends) == (date(2026, 8, 31), date(2026, 9, 6))
    assert plan.ends == date(2026, 11, 29)


@pytest.mark.both_engines
def test_the_last_word_counts(session: Session, project: Project) -> None:
    set_plan(session, project, FIRST, 26, USUAL)
    set_plan(session, project, FIRST, 30, {**USUAL, Stage.WORKSHOP: (20, 21)})
    session.commit()
    plan = plan_of(session, project, FIRST)
    assert plan and (plan.weeks, plan.spans[Stage.WORKSHOP]) == (30, (20, 21))


def test_a_timetable_is_entered_and_read(desk: FlaskClient) -> None:
    assert desk.post("/p/buch/timetable", data=FORM).status_code == 303
    page = desk.get("/p/buch/timetable", headers={"Accept-Language": "en"}).text
    assert "weeks 3 to 8" in page and 'value="2026-06-01"' in page


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("survey_last", "2", "The last week comes before the first."),
        ("ventures_last", "27", "The project has fewer weeks."),
        ("begins", "gestern", "Not a valid date"),
        ("weeks", "0", "Number must be"),
    ],
)
def test_what_cannot_be_is_said_at_its_field_and_stays(
    desk: FlaskClient, field: str, typed: str, said: str
) -> None:
    answer = desk.post(
        "/p/buch/timetable", data=FORM | {field: typed}, headers={"Accept-Language": "en"}
    )
    assert answer.status_code == 422
    assert said in answer.text and f'value="{typed}"' in answer.text
