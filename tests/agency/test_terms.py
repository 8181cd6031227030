"""A project calls needs and offers as it speaks, and nothing that is entered is lost by it."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from agency import planning
from agency.matching.fitting import is_near
from agency.terms.using import used
from core.errors import ChangedMeanwhile, FormUsedTwice
from people.listings.models import For
from people.models import Project, Side
from people.taxonomy import SHIPPED, group_of
from people.terms import keeping
from people.terms.keeping import CalledSoAlready, NotTogether, Words, taxonomy_of
from surveys.interviews.coding import NoTerm, term_called
from tests.agency.story import a_listing
from tests.story import NOON

PAGE = "/p/buch/needs/terms"
GARDEN = Words("Gartenarbeit", "Gardening", "PO", "work")
FORM = {"key": "a form", "de": "Gartenarbeit", "en": "Gardening", "side": "PO", "top": "work"}


@pytest.fixture
def garden(session: Session, project: Project) -> str:
    code = keeping.add(session, project, "work", GARDEN, "first", "Birte", NOON).code
    session.commit()
    return code


def test_a_term_of_ones_own_is_chosen_found_and_near_those_of_its_group(
    desk: FlaskClient, session: Session, project: Project, garden: str
) -> None:
    terms = taxonomy_of(session, project.id)
    assert garden == "work.gartenarbeit"
    assert (group_of(garden), terms.label(garden, "de")) == ("work", "Gartenarbeit")
    assert is_near(garden, "jobs")
    assert not is_near(garden, "childcare")
    assert 'value="work.gartenarbeit"' in desk.get("/p/buch/needs/register/new").text
    assert term_called("gardening", "en", terms) == garden
    with pytest.raises(NoTerm):
        term_called("gardening", "en", SHIPPED)


def test_a_term_called_otherwise_is_called_so_everywhere(
    desk: FlaskClient, session: Session, project: Project
) -> None:
    a_listing(session, project, Side.NEED, "Etwas nähen")
    session.commit()
    typed = {"de": "Nähwerkstatt Buch", "en": "Sewing", "side": "P", "top": "", "version": "1"}
    assert desk.post(f"{PAGE}/sewing_workshop", data=FORM | typed).status_code == 303
    for page in ("/p/buch/needs/register", PAGE, "/p/buch/people/new"):
        assert "Nähwerkstatt Buch" in desk.get(page).text, page


def test_what_is_offered_no_more_stays_where_it_is_and_can_be_saved(
    desk: FlaskClient, session: Session, project: Project
) -> None:
    it = a_listing(session, project, Side.NEED, "Etwas nähen")
    session.commit()
    desk.post(f"{PAGE}/sewing_workshop/rest", data={"rests": "yes"})
    assert 'value="sewing_workshop"' not in desk.get("/p/buch/needs/register/new").text
    page = desk.get(f"/p/buch/needs/register/{it.id}").text
    assert '<option value="sewing_workshop" selected>' in page
    typed = {"key": "k", "version": it.version, "people": "persons", "term": it.term}
    typed |= {"title": "Nähen lernen", "quantity": 3, "locality": "", "german": ""}
    assert desk.post(f"/p/buch/needs/register/{it.id}", data=typed).status_code == 303
    desk.post(f"{PAGE}/sewing_workshop/rest", data={})
    assert 'value="sewing_workshop"' in desk.get("/p/buch/needs/register/new").text


def test_two_terms_put_together_match_like_one_until_that_is_taken_back(
    desk: FlaskClient, session: Session, project: Project, garden: str
) -> None:
    need = a_listing(session, project, Side.NEED, "Gärtnern", term=garden)
    offer = a_listing(session, project, Side.OFFER, "Grünpflege", term="childcare")
    session.commit()

    def pairs() -> list[tuple[int, int, int]]:
        session.expire_all()
        found = planning.plans_of(session, project, NOON.date())[For.PERSONS].proposed
        return [(pair.need.id, pair.offer.id, pair.quantity) for pair in found]

    assert pairs() == []
    assert desk.post(f"{PAGE}/{garden}/together", data={"into": "childcare"}).status_code == 303
    assert pairs() == [(need.id, offer.id, 8)]
    terms = taxonomy_of(session, project.id)
    assert terms.label(garden, "de") == terms.label("childcare", "de")
    assert used(session, project, terms.resolve)["childcare"] == 2
    session.refresh(need)
    assert need.term == garden, "no entry is rewritten"
    desk.post(f"{PAGE}/{garden}/together", data={"into": ""})
    assert pairs() == []


def test_terms_are_put_together_in_no_ring_and_no_chain(
    desk: FlaskClient, session: Session, project: Project, garden: str
) -> None:
    def together(code: str, into: str) -> None:
        keeping.merge(session, project, code, into, "Birte", NOON)

    together(garden, "jobs")
    for code, into in (
        ("jobs", garden),
        ("jobs", "childcare"),
        ("rooms", garden),
        ("rooms", "?"),
    ):
        with pytest.raises(NotTogether):
            together(code, into)
    session.commit()
    answer = desk.post(f"{PAGE}/jobs/together", data={"into": "childcare"})
    assert answer.status_code == 409
    assert "schon mit einem anderen Begriff zusammengelegt" in answer.text


def test_a_name_stands_for_one_term_only(
    desk: FlaskClient, session: Session, project: Project, garden: str
) -> None:
    with pytest.raises(CalledSoAlready):
        keeping.add(session, project, "work", Words("X", "GARDENING", "P"), "k", "B", NOON)
    answer = desk.post(PAGE, data=FORM | {"group": "work", "key": "other"})
    assert answer.status_code == 422
    assert "So heißt schon ein anderer Begriff." in answer.text
    assert 'value="Gartenarbeit"' in answer.text


def test_a_form_adds_once_and_an_older_page_changes_nothing(
    session: Session, project: Project, garden: str
) -> None:
    again = keeping.add(session, project, "work", GARDEN, "first", "Birte", NOON)
    assert again.code == garden
    with pytest.raises(FormUsedTwice):
        keeping.add(session, project, "work", Words("Y", "Y", "P"), "first", "Birte", NOON)
    later = NOON + timedelta(hours=1)
    keeping.change(session, project, garden, Words("Beet", "Bed", "P"), 1, "Ada", later)
    with pytest.raises(ChangedMeanwhile):
        keeping.change(session, project, garden, Words("Hof", "Yard", "P"), 1, "Birte", later)
    assert taxonomy_of(session, project.id).label(garden, "en") == "Bed"


def test_an_older_page_keeps_what_was_typed(
    desk: FlaskClient, session: Session, project: Project, garden: str
) -> None:
    keeping.change(session, project, garden, Words("Beet", "Bed", "P"), 1, "Ada", NOON)
    session.commit()
    answer = desk.post(f"{PAGE}/{garden}", data=FORM | {"de": "Hofarbeit", "version": "1"})
    assert answer.status_code == 409
    assert 'value="Hofarbeit"' in answer.text
    assert desk.post(f"{PAGE}/{garden}", data=FORM | {"version": "2"}).status_code == 303


def test_what_another_project_calls_its_own_is_unknown_here(
    desk: FlaskClient, session: Session, project: Project
) -> None:
    other = Project(slug="karow", name="Karow", created=NOON)
    session.add(other)
    session.flush()
    code = keeping.add(session, other, "work", GARDEN, "k", "Cem", NOON).code
    keeping.rest(session, other, "jobs", True, "Cem", NOON)
    session.commit()
    assert code not in taxonomy_of(session, project.id)
    assert desk.get(f"{PAGE}/{code}").status_code == 404
    assert 'value="jobs"' in desk.get("/p/buch/needs/register/new").text
