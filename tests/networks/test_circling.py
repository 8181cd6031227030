"""What the members of a community share, as far as saying so shames nobody."""

import pytest
from sqlalchemy.orm import Session

from networks import circling
from people.models import Offering, Organisation, Project, Side
from people.terms import keeping
from people.terms.keeping import Words
from tests.story import NOON, an_organisation


@pytest.fixture
def one(session: Session, project: Project) -> Organisation:
    """One needs funding, and something that only this project has a term for."""
    made = an_organisation(project, "O1", "Verein Eins")
    words = Words("Zuschuss", "Grant", "PO")
    own = keeping.add(session, project, "resources", words, "k", "Birte", NOON).code
    made.terms = [
        Offering(project_id=project.id, side=Side.NEED, term=term) for term in ("funding", own)
    ]
    session.add(made)
    session.flush()
    return made


def test_needs_that_might_shame_name_no_community_and_offers_do(
    session: Session, project: Project, one: Organisation
) -> None:
    own = one.terms[1].term
    assert circling.terms_of(session, project) == {"O1": {own}}
    one.terms[0].side = Side.OFFER
    session.flush()
    assert circling.terms_of(session, project) == {"O1": {own, "funding"}}


@pytest.mark.parametrize("goes", [0, 1])
def test_a_term_that_was_put_together_with_such_a_one_names_none_either(
    session: Session, project: Project, one: Organisation, goes: int
) -> None:
    terms = [each.term for each in one.terms]
    keeping.merge(session, project, terms[goes], terms[1 - goes], "Birte", NOON)
    assert circling.terms_of(session, project) == {}
