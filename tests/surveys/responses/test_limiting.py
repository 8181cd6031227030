import pytest
from sqlalchemy.orm import Session, sessionmaker

from people.models import Organisation, Project, Sector
from surveys.fieldwork.starting import versions_of
from surveys.models import Invitation, Survey
from surveys.questionnaires.evaluating import questionnaire
from surveys.responses import answering
from surveys.responses.limiting import Full, Seats, is_full, keep_within, seats
from surveys.responses.sitting import sitting
from tests.story import NOON, an_organisation, at_once
from tests.surveys.example import ENTERPRISES, a_survey, answer


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


@pytest.mark.both_engines
@pytest.mark.parametrize("threads", [2, 3, 5, 8])
def test_however_many_hand_in_at_once_no_more_than_there_are_places_count(
    session: Session, sessions: sessionmaker[Session], survey: Survey, threads: int
) -> None:
    for places in range(1, 21):
        survey.most = places
        begun = [answer(session, survey, {}, sent=None).id for _ in range(threads)]
        session.commit()
        assert hand_in_at_once(sessions, begun) == threads - 1
        session.rollback()
        assert seats(session, survey) == {None: Seats(places, places)}


@pytest.mark.both_engines
def test_however_many_of_a_sector_hand_in_at_once_its_places_are_not_exceeded(
    session: Session, sessions: sessionmaker[Session], survey: Survey, project: Project
) -> None:
    for turn in range(1, 21):
        survey.quotas = {"science": 3 * turn, "economy": 4 * turn}
        sectors = [Sector.SCIENCE] * 4 + [Sector.ECONOMY] * 4
        several = [enter(session, project, f"{turn}-{n}", s) for n, s in enumerate(sectors)]
        begun = [answer(session, survey, {}, each, sent=None).id for each in several]
        session.commit()
        assert hand_in_at_once(sessions, begun) == 1
        session.rollback()
        taken = {Sector.SCIENCE: 3 * turn, Sector.ECONOMY: 4 * turn}
        assert seats(session, survey) == {each: Seats(n, n) for each, n in taken.items()}


def hand_in_at_once(sessions: sessionmaker[Session], begun: list[int]) -> int:
    """Hand in all of them at the same moment, and say how many find no place."""
    form, refused = questionnaire(ENTERPRISES), list[int]()

    def act(which: int) -> None:
        with sessions() as own:
            mine = sitting(own, begun[which], "befragung-soziale-betriebe")
            assert mine
            try:
                whole = form.evaluate({}, now=NOON)
                answering.submit(own, mine, form, whole, language="de", now=NOON)
            except Full:
                own.rollback()
                refused.append(which)
            own.commit()

    at_once(len(begun), act)
    return len(refused)


@pytest.mark.both_engines
def test_who_finishes_when_the_sector_is_full_is_not_counted(
    session: Session, survey: Survey, project: Project
) -> None:
    survey.quotas = {"science": 1}
    school, college = (enter(session, project, f"S{n}", Sector.SCIENCE) for n in range(2))
    answer(session, survey, {}, school)
    late = answer(session, survey, {}, college)
    with pytest.raises(Full):
        keep_within(session, survey.id, late.id)
    again = answer(session, survey, {}, school, leading=False)
    late.submitted = None
    session.flush()
    keep_within(session, survey.id, again.id)
