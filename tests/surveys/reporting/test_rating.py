from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from people.models import Organisation, Project, Sector
from surveys.models import Invitation, Survey
from surveys.reporting.rating import Rate, drafts, rates
from tests.story import NOON, an_organisation
from tests.surveys.example import a_survey, answer


def enter(session: Session, project: Project, code: str, sector: Sector) -> Organisation:
    organisation = an_organisation(project, code, f"Organisation {code}", sector)
    session.add(organisation)
    session.flush()
    return organisation


def ask(session: Session, survey: Survey, organisation: Organisation, **more: object) -> None:
    code = organisation.code
    values = {"nonce": code, "token_hash": code, "created": NOON, "sent": NOON}
    session.add(
        Invitation(
            project_id=survey.project_id, survey_id=survey.id,
            organisation_id=organisation.id, **values | more,
        )
    )  # fmt: skip


@pytest.mark.both_engines
def test_rates_are_counted_by_sector_among_those_invited(
    session: Session, project: Project
) -> None:
    survey = a_survey(session, project)
    one, two, three = (enter(session, project, f"E{n}", Sector.ECONOMY) for n in range(3))
    school, beside = (enter(session, project, f"S{n}", Sector.SCIENCE) for n in range(2))
    ask(session, survey, one, opened=NOON)
    ask(session, survey, two)
    ask(session, survey, three, declined=NOON)
    ask(session, survey, school)
    answer(session, survey, {}, one)
    answer(session, survey, {}, one, leading=False)
    answer(session, survey, {}, school)  # by the public link, so its own was never opened
    answer(session, survey, {}, two, sent=None)
    answer(session, survey, {}, beside)
    session.commit()

    found = rates(session, survey)
    assert found.by_sector == {
        Sector.ECONOMY: Rate(3, 1, 1, 1), Sector.SOCIETY: Rate(),
        Sector.POLITICS: Rate(), Sector.SCIENCE: Rate(1, 1, 1, 0),
    }  # fmt: skip
    assert found.all == Rate(4, 2, 2, 1)
    assert (found.invited, found.beside) == (True, 1)
    assert found.by_sector[Sector.ECONOMY].share == pytest.approx(1 / 3)
    assert drafts(session, survey) == 1


@pytest.mark.both_engines
def test_without_invitations_the_register_is_the_whole(
    session: Session, project: Project, elsewhere: Project
) -> None:
    survey = a_survey(session, project)
    answered, _silent = (enter(session, project, f"E{n}", Sector.SOCIETY) for n in range(2))
    enter(session, project, "gone", Sector.SOCIETY).deleted = NOON
    enter(session, elsewhere, "foreign", Sector.SOCIETY)
    answer(session, survey, {}, answered)
    session.commit()
    found = rates(session, survey)
    assert found.by_sector[Sector.SOCIETY] == Rate(2, 1, 1, 0)
    assert (found.invited, found.beside) == (False, 0)


def test_each_organisation_is_looked_up_and_no_list_is_searched_for_it(
    session: Session, project: Project
) -> None:
    """Or else ten thousand of them take as many times as long as that."""
    survey = a_survey(session, project)
    said: list[str] = []
    engine = session.get_bind()

    def explain(connection: Any, cursor: Any, statement: str, values: Any, *_: Any) -> None:
        if statement.startswith("SELECT"):
            raw = connection.connection.driver_connection
            plan = raw.execute(f"EXPLAIN QUERY PLAN {statement}", values).fetchall()
            said.extend(row[3] for row in plan if "SEARCH response" in row[3])

    event.listen(engine, "before_cursor_execute", explain)
    rates(session, survey)
    event.remove(engine, "before_cursor_execute", explain)
    each = [line for line in said if "organisation_id=?" in line]
    assert each
    assert all("survey_id=? AND organisation_id=?" in line for line in each)
