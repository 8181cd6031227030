import pytest
from sqlalchemy.orm import Session

from people.models import Organisation, Project, Sector
from surveys.fieldwork.starting import versions_of
from surveys.models import Invitation, Survey
from surveys.responses import answering
from surveys.responses.limiting import Full, Seats, is_full, seats
from tests.story import NOON, an_organisation
from tests.surveys.example import a_survey, answer


@pytest.fixture
def survey(session: Session, project: Project) -> Survey:
    return a_survey(session, project)


def enter(session: Session, project: Project, code: str, sector: Sector) -> Organisation:
    organisation = an_organisation(project, code, code, sector)
    session.add(organisation)
    session.flush()
    return organisation


def begin(
    session: Session, survey: Survey, key: str, invitation: Invitation | None = None
) -> int:
    version = versions_of(session, survey)[-1]
    more = {"answers": {}, "language": "de", "now": NOON, "invitation": invitation}
    return answering.begin(session, survey, version.id, key, **more)  # type: ignore[arg-type]


@pytest.mark.both_engines
def test_when_as_many_have_handed_in_as_it_takes_nobody_begins(
    session: Session, survey: Survey
) -> None:
    survey.most = 2
    answer(session, survey, {}, sent=None)
    answer(session, survey, {})
    assert not is_full(session, survey)
    answer(session, survey, {})
    assert seats(session, survey) == {None: Seats(2, 2)}
    with pytest.raises(Full):
        begin(session, survey, "late")
    session.rollback()


def test_a_form_that_began_in_time_and_comes_again_is_let_in(
    session: Session, survey: Survey
) -> None:
    survey.most = 1
    begun = begin(session, survey, "early")
    answer(session, survey, {})
    assert begin(session, survey, "early") == begun


@pytest.mark.both_engines
def test_a_full_sector_leaves_the_others_their_places(
    session: Session, survey: Survey, project: Project
) -> None:
    survey.quotas = {"science": 1}
    school, college = (enter(session, project, f"S{n}", Sector.SCIENCE) for n in range(2))
    baker = enter(session, project, "E1", Sector.ECONOMY)
    answer(session, survey, {}, school)
    answer(session, survey, {}, school, leading=False)
    assert seats(session, survey) == {Sector.SCIENCE: Seats(1, 1)}
    assert is_full(session, survey, college)
    assert not is_full(session, survey, baker)
    assert not is_full(session, survey, school)  # it has a place, and may say more
    assert not is_full(session, survey)
