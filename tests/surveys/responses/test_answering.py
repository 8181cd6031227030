from functools import partial
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from core.keys import Keyring
from people.models import Naming, Organisation, Project
from surveys.definition import Choice, Definition, Item
from surveys.models import Mention, Response, SealedAnswer, State, Survey
from surveys.questionnaires.asking import Asked, asked, partners, roster_for
from surveys.responses import answering, sealing
from surveys.responses.anonymity import SurveyClosed
from surveys.responses.answering import Incomplete, Overtaken
from surveys.responses.sitting import Sitting
from surveys.responses.sitting import sitting as sitting_of
from tests.story import NOON, at_once
from tests.surveys.answers import a_register, a_survey, instrument

pytestmark = pytest.mark.both_engines
WHOLE: dict[str, Any] = {
    "consent": "yes",
    "org": "O01",
    "partners": ["O02"],
    "tie": [{"tie_strength": "2"}],
}


@pytest.fixture
def survey(session: Session, project: Project) -> Survey:
    a_register(session, project)
    return a_survey(session, project, instrument("enterprise_survey"))


def begun(session: Session, survey: Survey, key: str = "k", **answers: Any) -> Sitting:
    number = answering.begin(session, survey, 1, key, answers=answers, language="de", now=NOON)
    found = sitting_of(session, number, survey.slug)
    assert found
    session.commit()
    return found


def version_of(session: Session, sitting: Sitting) -> Asked:
    return asked(lambda: session, sitting.version_id, sitting.digest)


def handed_in(session: Session, sitting: Sitting) -> None:
    version = version_of(session, sitting)
    listed = partners(session.get_bind(), lambda: session, sitting.project_id, sitting.register)  # type: ignore[arg-type]
    evaluation = version.evaluate(sitting.answers, roster_for(version, listed), NOON, "de")
    answering.submit(
        session, sitting, version.questionnaire, evaluation, language="de", now=NOON
    )
    session.commit()


def of(session: Session, sitting: Sitting) -> Response:
    return session.get_one(Response, sitting.id, populate_existing=True)


def test_a_double_click_begins_one_response(
    sessions: sessionmaker[Session], session: Session, survey: Survey
) -> None:
    number = survey.id

    def click(_: int, key: str) -> None:
        with sessions() as own:
            begun(own, own.get_one(Survey, number), key)

    session.commit()
    for round in range(20):
        at_once(8, partial(click, key=f"key {round}"))
    assert session.scalar(select(func.count()).select_from(Response)) == 20


def test_whoever_was_overtaken_hears_of_it(session: Session, survey: Survey) -> None:
    sitting = begun(session, survey, consent="yes")
    save = partial(answering.save_page, session, sitting, page="", language="de", now=NOON)
    save(answers={"consent": "yes", "a": 1})
    session.commit()
    with pytest.raises(Overtaken):
        save(answers={"consent": "yes", "b": 2})


def test_of_two_tabs_at_once_both_pages_are_kept(
    sessions: sessionmaker[Session], session: Session, survey: Survey
) -> None:
    sitting, slug = begun(session, survey, consent="yes"), survey.slug

    def save(which: int) -> None:
        done = False
        while not done:
            with sessions() as own:
                fresh = sitting_of(own, sitting.id, slug)
                assert fresh
                answers = {**fresh.answers, f"q{which}": which}
                try:
                    answering.save_page(
                        own, fresh, answers=answers, page="", language="de", now=NOON
                    )
                    own.commit()
                    done = True
                except Overtaken:
                    own.rollback()

    at_once(8, save)
    assert len(of(session, sitting).answers) == 9


def test_handing_in_twice_is_handing_in_once(session: Session, survey: Survey) -> None:
    sitting = begun(session, survey, **WHOLE)
    handed_in(session, sitting)
    again = sitting_of(session, sitting.id, survey.slug)
    assert again
    assert again.submitted
    first = dict(again.answers)
    handed_in(session, again)
    response = of(session, sitting)
    assert response.answers == first
    assert (
        response.answers["tie"][0].items() >= {"tie_strength": "2", "alter_id": "O02"}.items()
    )
    assert response.submitted == NOON


def test_what_is_required_must_be_there(session: Session, survey: Survey) -> None:
    with pytest.raises(Incomplete):
        handed_in(session, begun(session, survey, consent="yes"))


def test_a_closed_survey_takes_nothing(session: Session, survey: Survey) -> None:
    survey.state = State.CLOSED
    with pytest.raises(SurveyClosed):
        begun(session, survey)


def test_the_first_of_an_organisation_leads(session: Session, survey: Survey) -> None:
    first, second = begun(session, survey, "1", **WHOLE), begun(session, survey, "2", **WHOLE)
    handed_in(session, first)
    handed_in(session, second)
    assert [of(session, each).leading for each in (first, second)] == [True, False]
    assert of(session, second).organisation_id == of(session, first).organisation_id


def test_only_one_leads_however_many_hand_in_at_once(
    sessions: sessionmaker[Session], session: Session, survey: Survey
) -> None:
    sittings = [begun(session, survey, str(place), **WHOLE) for place in range(8)]

    def hand_in(which: int) -> None:
        with sessions() as own:
            handed_in(own, sittings[which])

    at_once(8, hand_in)
    led = select(func.count()).select_from(Response).filter_by(leading=True)
    assert session.scalar(led) == 1


def test_whoever_leads_says_who_may_see_the_name(session: Session, survey: Survey) -> None:
    handed_in(session, begun(session, survey, "1", **WHOLE, naming="network"))
    handed_in(session, begun(session, survey, "2", **WHOLE, naming="public"))
    organisation = session.scalars(select(Organisation).filter_by(code="O01")).one()
    assert organisation.naming == Naming.NETWORK
    handed_in(session, begun(session, survey, "3", **WHOLE, naming="team"))
    session.refresh(organisation)
    assert str(organisation.naming) == "team"


def test_names_in_words_wait_for_a_facilitator(session: Session, survey: Survey) -> None:
    partner = {"np_name": "Teestube", "np_sector": "society"}
    answers = {"length": "long", "more_partners": "yes", "new_partner": [partner]}
    whole = {**WHOLE, **answers, "org": "other", "org_other": "Neuer Verein"}
    sitting = begun(session, survey, **whole)
    handed_in(session, sitting)
    mentions = session.scalars(select(Mention).order_by(Mention.name)).all()
    assert [(each.name, each.instance, each.sector) for each in mentions] == [
        ("Neuer Verein", 0, ""), ("Teestube", 1, "society"),
    ]  # fmt: skip
    assert of(session, sitting).organisation_id is None


def test_contact_data_are_sealed_and_stay_out_of_the_answers(
    session: Session, survey: Survey, keys: Keyring
) -> None:
    sitting = begun(session, survey, **WHOLE, followup=["workshop"])
    answering.save_page(
        session, sitting, answers=sitting.answers, page="", language="de", now=NOON,
        keys=keys, sealed={"email": "a@example.org"},
    )  # fmt: skip
    session.commit()
    row = session.scalars(select(SealedAnswer)).one()
    assert "example" not in row.sealed
    assert sealing.unsealed(session, keys, of(session, sitting).id) == {
        "email": "a@example.org"
    }
    assert "email" not in of(session, sitting).answers


def test_contact_data_that_is_asked_for_no_more_is_forgotten(
    session: Session, survey: Survey, keys: Keyring
) -> None:
    sitting = begun(session, survey, **WHOLE, followup=["workshop"])
    answering.save_page(
        session, sitting, answers=WHOLE, page="", language="de", now=NOON,
        keys=keys, sealed={"email": "a@example.org"},
    )  # fmt: skip
    fresh = sitting_of(session, sitting.id, survey.slug)
    assert fresh
    handed_in(session, fresh)
    assert sealing.unsealed(session, keys, of(session, sitting).id) == {}


def test_a_form_with_other_answers_to_the_naming_question_names_nobody(
    session: Session, project: Project
) -> None:
    own = a_register(session, project, 1)[0]
    names = Item("question", "named", "select_one", list="yn", osi={"consent": "naming"})
    us = Item("question", "us", "select_one", list="orgs", osi={"register": "self"})
    lists = {"yn": (Choice("yes"), Choice("no")), "orgs": (Choice("O01"),)}
    form = Definition({"de": "F"}, "f", "de", ("de",), (us, names), lists)
    survey = a_survey(session, project, form, slug="own")
    number = answering.begin(
        session, survey, 1, "k", answers={"us": "O01", "named": "yes"}, language="de", now=NOON
    )
    sitting = sitting_of(session, number, "own")
    assert sitting
    handed_in(session, sitting)
    session.refresh(own)
    assert own.naming == Naming.TEAM
