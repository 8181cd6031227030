import pytest
from sqlalchemy.orm import Session, sessionmaker

from people.models import Organisation, Project
from surveys.models import Response, Survey
from surveys.responses.leading import AssignedAlready, NotSubmitted, assign, choose_leading
from tests.story import an_organisation, at_once
from tests.surveys.example import a_survey, answer


@pytest.fixture
def survey(session: Session, project: Project) -> Survey:
    return a_survey(session, project)


@pytest.fixture
def radhaus(session: Session, project: Project) -> Organisation:
    organisation = an_organisation(project, "O1", "Radhaus")
    session.add(organisation)
    session.commit()
    return organisation


@pytest.mark.both_engines
def test_one_answer_of_an_organisation_leads(
    session: Session, survey: Survey, radhaus: Organisation
) -> None:
    first = answer(session, survey, {}, radhaus)
    second = answer(session, survey, {}, radhaus, leading=False)
    other = answer(session, survey, {}, leading=False)
    choose_leading(session, survey, second)
    session.commit()
    session.expire_all()
    assert [each.leading for each in (first, second, other)] == [False, True, False]


@pytest.mark.both_engines
def test_a_draft_or_an_answer_of_nobody_cannot_lead(
    session: Session, survey: Survey, radhaus: Organisation
) -> None:
    with pytest.raises(NotSubmitted):
        choose_leading(session, survey, answer(session, survey, {}, radhaus, sent=None))
    with pytest.raises(NotSubmitted):
        choose_leading(session, survey, answer(session, survey, {}))


@pytest.mark.both_engines
def test_an_answer_without_an_organisation_gets_one_and_leads_if_it_is_the_first(
    session: Session, survey: Survey, radhaus: Organisation
) -> None:
    first = answer(session, survey, {}, leading=False)
    second = answer(session, survey, {}, leading=False)
    assign(session, survey, first, radhaus)
    assign(session, survey, first, radhaus)  # saying it twice is saying it once
    assign(session, survey, second, radhaus)
    session.commit()
    session.expire_all()
    assert [each.organisation_id for each in (first, second)] == [radhaus.id, radhaus.id]
    assert [each.leading for each in (first, second)] == [True, False]


@pytest.mark.both_engines
def test_an_answer_belongs_to_one_organisation_only(
    session: Session, survey: Survey, radhaus: Organisation, project: Project
) -> None:
    other = an_organisation(project, "O2", "Holzwerk")
    session.add(other)
    session.flush()
    with pytest.raises(AssignedAlready):
        assign(session, survey, answer(session, survey, {}, radhaus), other)


@pytest.mark.both_engines
def test_of_many_assigned_at_once_one_leads(
    session: Session, sessions: sessionmaker[Session], survey: Survey, radhaus: Organisation
) -> None:
    responses = [answer(session, survey, {}, leading=False).id for _ in range(5)]
    survey_id, organisation_id = survey.id, radhaus.id
    session.commit()

    def act(which: int) -> None:
        with sessions() as mine:
            response = mine.get_one(Response, responses[which])
            organisation = mine.get_one(Organisation, organisation_id)
            assign(mine, mine.get_one(Survey, survey_id), response, organisation)
            mine.commit()

    at_once(5, act)
    session.expire_all()
    assert sum(session.get_one(Response, number).leading for number in responses) == 1
