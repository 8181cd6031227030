"""What everyone may see of tables and comparisons tells of ten people or more."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from people.models import Project
from surveys.fieldwork.starting import new_wave, open_survey
from surveys.models import Subject, Survey
from tests.story import NOON
from tests.surveys.example import LISTS, a_survey, answer, answer_all

STAND = "/p/buch/stand"
KINDS = [choice.name for choice in LISTS["kind"]]


def publish(desk: FlaskClient, survey: Survey, chart: str, **asked: str) -> tuple[str, int]:
    """Freeze a figure, show it to everyone, and return its address and the answer."""
    frozen = desk.post(STAND, data={"survey": survey.slug, "chart": chart, **asked})
    assert frozen.status_code == 303
    shown = desk.post(f"{frozen.location}/public", data={"public": "yes"})
    return str(frozen.location).removeprefix("/p/buch"), shown.status_code


@pytest.mark.parametrize(("people", "status"), [(8, 409), (10, 303)])
def test_a_table_of_persons_is_public_from_ten_in_each_field_on(
    desk: FlaskClient, session: Session, project: Project, people: int, status: int
) -> None:
    survey = a_survey(session, project, subject=Subject.PERSONS)
    for number in range(people * len(KINDS) * 5):
        said = {"org_type": KINDS[number % 4], "willing": f"{number // 4 % 5 + 1}"}
        answer(session, survey, said)
    session.commit()
    desk.post(f"/p/buch/surveys/{survey.slug}/lens", data={"lens": "willing"})
    assert publish(desk, survey, "cross", rows="org_type")[1] == status


@pytest.mark.parametrize(("few", "status"), [(8, 409), (10, 303)])
def test_a_comparison_of_persons_is_public_from_ten_in_each_field_on(
    desk: FlaskClient, session: Session, project: Project, few: int, status: int
) -> None:
    survey = a_survey(session, project, subject=Subject.PERSONS)
    later = new_wave(session, survey, project, "wave", "Zweite Welle", NOON)
    open_survey(session, later, NOON)
    counts = (few, few, 20 - few, 20 - few)  # each is told as ten
    values = [kind for kind, n in zip(KINDS, counts, strict=True) for _ in range(n)]
    for wave in (survey, later):
        answer_all(session, wave, "org_type", values)
    session.commit()
    found = publish(desk, survey, "compare:org_type", **{"with": later.slug})
    assert found[1] == status
