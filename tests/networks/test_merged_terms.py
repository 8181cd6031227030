"""What two entries of the register that are one organisation need and offer."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from networks import circling, introducing
from people.models import Naming, Offering, Project, Side
from people.names import merging
from people.names.models import Merge
from surveys.models import Survey
from tests.networks.story import a_response, a_wave, naming
from tests.networks.test_routes import PAGE
from tests.story import NOON, an_organisation


@pytest.fixture
def merged(session: Session, project: Project) -> Merge:
    """One stays and needs rooms; Two is the same, needs rooms, too, and lends bicycles."""
    one, two = (
        an_organisation(project, code, f"Verein {code}", naming=Naming.PUBLIC)
        for code in ("O1", "O2")
    )
    owner = {"project_id": project.id}
    one.terms = [Offering(**owner, side=Side.NEED, term="rooms")]
    two.terms = [
        Offering(**owner, side=Side.NEED, term="rooms"),
        Offering(**owner, side=Side.OFFER, term="bike_workshop"),
    ]
    session.add_all([one, two])
    session.flush()
    done = merging.merge(session, project, two, one, by="Birte", now=NOON)
    session.commit()
    return done


@pytest.fixture
def survey(session: Session, project: Project, merged: Merge) -> Survey:
    survey = a_wave(session, project)
    other = an_organisation(project, "O3", "Verein O3", naming=Naming.PUBLIC)
    session.add(other)
    session.flush()
    a_response(session, survey, other, naming(("O1", ["rooms"], 2)))
    return survey


def test_needs_and_offers_of_the_one_that_goes_are_those_of_the_one_that_stays(
    session: Session, project: Project, merged: Merge
) -> None:
    assert introducing.terms_of(session, project) == {"O1": (("rooms",), ("bike_workshop",))}
    assert circling.terms_of(session, project) == {"O1": {"rooms", "bike_workshop"}}


def test_each_has_its_own_again_when_the_merge_is_taken_back(
    session: Session, project: Project, merged: Merge
) -> None:
    merging.undo(session, merged, by="Birte", now=NOON)
    found = {"O1": (("rooms",), ()), "O2": (("rooms",), ("bike_workshop",))}
    assert introducing.terms_of(session, project) == found
    assert circling.terms_of(session, project) == {
        "O1": {"rooms"}, "O2": {"rooms", "bike_workshop"},
    }  # fmt: skip


def test_who_is_deleted_needs_and_offers_nothing(
    session: Session, project: Project, merged: Merge
) -> None:
    merged.kept.deleted = NOON
    session.flush()
    assert introducing.terms_of(session, project) == {}
    assert circling.terms_of(session, project) == {}


@pytest.mark.parametrize("path", ["terms", "O1"])
def test_the_pages_tell_what_the_one_that_went_offers(
    desk: FlaskClient, survey: Survey, path: str
) -> None:
    page = desk.get(f"{PAGE}/{path}", headers={"Accept-Language": "en"}).text
    assert "Bicycle workshop" in page
