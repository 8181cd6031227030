from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from agency import deciding, planning
from agency.planning import CannotBe, Plan
from people.listings.models import For, Listing
from people.models import Project, Side
from tests.agency.story import a_listing
from tests.story import NOON

TODAY = NOON.date()


@pytest.fixture
def need(session: Session, project: Project) -> Listing:
    return a_listing(session, project, Side.NEED, "Nähen", quantity=10, requires=("childcare",))


@pytest.fixture
def offer(session: Session, project: Project) -> Listing:
    return a_listing(session, project, Side.OFFER, "Nähstube", quantity=9)


def care(session: Session, project: Project, quantity: int, *times: str) -> Listing:
    more = {"term": "childcare", "quantity": quantity, "times": times}
    return a_listing(session, project, Side.OFFER, "Spielkreis", **more)


def the_plan(session: Session, project: Project) -> Plan:
    session.flush()
    session.expire_all()
    return planning.plans_of(session, project, TODAY)[For.PERSONS]


def test_who_is_confirmed_keeps_the_place_that_they_require(
    session: Session, project: Project, need: Listing, offer: Listing
) -> None:
    care(session, project, 3)
    care(session, project, 4)
    deciding.decide(session, need, offer, 5, "Birte", NOON)
    plan = the_plan(session, project)
    assert [each.quantity for each in plan.open.offers] == [4, 0, 2]
    assert plan.served(need) == 7


def test_a_need_that_shrinks_below_what_is_confirmed_stops_nobody_else(
    session: Session, project: Project, offer: Listing
) -> None:
    one = a_listing(session, project, Side.NEED, "Nähen", quantity=6)
    other = a_listing(session, project, Side.NEED, "Flicken", quantity=2)
    deciding.decide(session, one, offer, 5, "Birte", NOON)
    one.quantity = 3
    plan = the_plan(session, project)
    assert [(pair.need.id, pair.quantity) for pair in plan.proposed] == [(other.id, 2)]


def test_places_are_free_again_when_those_who_took_them_are_gone(
    session: Session, project: Project, offer: Listing
) -> None:
    gone = a_listing(session, project, Side.NEED, "Nähen", quantity=6)
    other = a_listing(session, project, Side.NEED, "Flicken", quantity=8)
    deciding.decide(session, gone, offer, 6, "Birte", NOON)
    gone.valid_until = TODAY - timedelta(days=1)
    assert [pair.quantity for pair in the_plan(session, project).proposed] == [8]
    deciding.decide(session, other, offer, 8, "Birte", NOON)


@pytest.mark.parametrize(
    "change",
    [{"deleted": NOON}, {"people": For.ORGANISATIONS}, {"times": "t_evening"}],
)
def test_what_cannot_come_together_is_not_decided(
    session: Session, project: Project, offer: Listing, change: dict[str, object]
) -> None:
    need = a_listing(session, project, Side.NEED, "Nähen", times=("t_morning",))
    for name, value in change.items():
        setattr(offer, name, value)
    session.flush()
    with pytest.raises(CannotBe):
        deciding.decide(session, need, offer, 1, "Birte", NOON)
