import pytest
from sqlalchemy.orm import Session

from core.errors import FormUsedTwice
from people.balancing import (
    NobodyNamed,
    SectorMissing,
    add_member,
    balance,
    is_weak,
    members,
    remove_member,
)
from people.models import Offering, Organisation, Project, Sector, Side
from tests.story import NOON, an_organisation


@pytest.fixture
def college(session: Session, project: Project) -> Organisation:
    college = an_organisation(project, "O38", "Hochschule Nordost", Sector.SCIENCE)
    college.terms = [Offering(project_id=project.id, side=Side.OFFER, term="rooms")]
    session.add_all([an_organisation(project, "O37", "Verein", Sector.SCIENCE), college])
    session.add(an_organisation(project, "O39", "Weg", Sector.SCIENCE, deleted=NOON))
    session.commit()
    return college


@pytest.mark.both_engines
def test_a_missing_sector_comes_with_somebody_to_ask(
    session: Session, project: Project, college: Organisation
) -> None:
    for number in range(3):
        name, key = f"Nr. {number}", f"k{number}"
        add_member(session, project, form_key=key, name=name, sector=Sector.ECONOMY)
    science = next(share for share in balance(session, project) if share.sector == "science")
    assert science.missing and science.weak and science.suggestion is college
    add_member(session, project, form_key="c", organisation=college)
    session.commit()
    shares = {share.sector: share for share in balance(session, project)}
    assert not shares[Sector.SCIENCE].weak and shares[Sector.SCIENCE].suggestion is None
    assert shares[Sector.ECONOMY].percent == 60
    assert shares[Sector.POLITICS].suggestion is None
    session.refresh(college)
    assert college.in_task_force


@pytest.mark.parametrize(
    ("of_sector", "of_all", "weak"),
    [(0, 0, True), (0, 9, True), (2, 12, True), (3, 12, False), (1, 4, False), (1, 7, True)],
)
def test_a_sector_is_weak_below_two_thirds_of_a_quarter(
    of_sector: int, of_all: int, weak: bool
) -> None:
    assert is_weak(of_sector, of_all) == weak


@pytest.mark.both_engines
def test_a_form_gives_one_seat_and_needs_somebody(session: Session, project: Project) -> None:
    jo = {"form_key": "k", "name": "Jo", "sector": Sector.SOCIETY}
    assert add_member(session, project, **jo) is add_member(session, project, **jo)  # type: ignore[arg-type]
    with pytest.raises(FormUsedTwice):
        add_member(session, project, form_key="k", name="Li", sector=Sector.SOCIETY)
    with pytest.raises(NobodyNamed):
        add_member(session, project, form_key="l", sector=Sector.SOCIETY)
    with pytest.raises(SectorMissing):
        add_member(session, project, form_key="m", name="Li")


@pytest.mark.both_engines
def test_a_seat_taken_away_is_free(
    session: Session, project: Project, college: Organisation
) -> None:
    member = add_member(session, project, form_key="k", organisation=college)
    remove_member(session, member)
    session.commit()
    session.refresh(college)
    assert not members(session, project) and not college.in_task_force
