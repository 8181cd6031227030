import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from people.models import Naming, Project
from surveys.counting.shelf import Shelf
from surveys.models import Response
from surveys.responses import answering, naming
from surveys.responses.sitting import sitting as sitting_of
from tests.story import NOON
from tests.surveys.answers import a_register, a_survey, instrument
from tests.surveys.counted import answers_of, documents

pytestmark = pytest.mark.both_engines


def test_the_results_hear_of_a_new_word_on_being_named(
    session: Session, project: Project
) -> None:
    own = a_register(session, project, 1)[0]
    survey = a_survey(session, project, instrument("enterprise_survey"))
    answering.begin(
        session, survey, 1, "k", answers={"naming": "team"}, language="de", now=NOON
    )
    response = session.scalars(select(Response)).one()
    response.organisation_id, response.submitted, response.leading = own.id, NOON, True
    session.commit()
    shelf = Shelf()
    assert documents(answers_of(session, survey, shelf).table)[0] == {"naming": "team"}
    sitting = sitting_of(session, response.id, survey.slug)
    assert sitting
    item = instrument("enterprise_survey").item("naming")
    later = NOON.replace(hour=13)
    naming.change(session, sitting, item, Naming.PUBLIC, later)
    session.commit()
    session.expire_all()
    assert documents(answers_of(session, survey, shelf).table)[0] == {"naming": "public"}
