from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from core.errors import ChangedMeanwhile, FormUsedTwice
from people import register
from people.models import Alias, Organisation, Project, Sector
from people.register import CodeTaken, Entry, Filter
from tests.story import NOON, an_organisation, at_once

RADHAUS = Entry(
    name="Radhaus Buch gGmbH",
    sector=Sector.ECONOMY,
    short_name="Radhaus",
    aliases=("Rad-Haus",),
    needs=("staff",),
    offers=("jobs", "bike_workshop"),
)
pytestmark = pytest.mark.both_engines


def test_codes_go_on_and_are_never_given_twice(session: Session, project: Project) -> None:
    session.add(an_organisation(project, "O40", "Agentur"))
    session.commit()
    first = register.add_organisation(session, project, RADHAUS, NOON)
    register.remove(first, NOON)
    session.commit()
    second = register.add_organisation(session, project, RADHAUS, NOON)
    assert (first.code, second.code) == ("O41", "O42")


def test_a_form_adds_once_however_often_it_comes(session: Session, project: Project) -> None:
    once = [
        register.add_organisation(session, project, RADHAUS, NOON, form_key="k")
        for _ in range(2)
    ]
    assert once[0] is once[1]
    other = Entry(name="Anderes", sector=Sector.SOCIETY)
    with pytest.raises(FormUsedTwice):
        register.add_organisation(session, project, other, NOON, form_key="k")


def test_an_archive_brings_its_own_codes(session: Session, project: Project) -> None:
    register.add_organisation(session, project, RADHAUS, NOON, codes=["O07"])
    with pytest.raises(CodeTaken):
        register.add_organisation(session, project, RADHAUS, NOON, codes=["O07"])


@pytest.mark.parametrize("number", [2, 5, 8])
def test_many_at_once_get_codes_of_their_own(
    sessions: sessionmaker[Session], session: Session, project: Project, number: int
) -> None:
    project_id = project.id

    def add(which: int) -> None:
        with sessions() as own:
            entry = Entry(name=f"Nr. {which}", sector=Sector.SOCIETY)
            register.add_organisation(own, own.get_one(Project, project_id), entry, NOON)
            own.commit()

    at_once(number, add)
    codes = session.scalars(select(Organisation.code)).all()
    assert sorted(codes) == [f"O{n:02}" for n in range(1, number + 1)]


def test_of_two_editors_at_once_one_is_told(
    sessions: sessionmaker[Session], session: Session, project: Project
) -> None:
    it = register.add_organisation(session, project, RADHAUS, NOON)
    session.commit()
    told, it_id = [], it.id

    def edit(which: int) -> None:
        with sessions() as own:
            mine = own.get_one(Organisation, it_id)
            try:
                entry = Entry(name=f"von {which}", sector=Sector.SOCIETY)
                register.change_organisation(own, mine, entry, 1)
                own.commit()
            except ChangedMeanwhile:
                told.append(which)

    at_once(3, edit)
    assert len(told) == 2
    session.expire_all()
    assert session.get_one(Organisation, it.id).version == 2


def test_changing_replaces_names_and_terms_and_keeps_what_stays(
    session: Session, project: Project
) -> None:
    it = register.add_organisation(session, project, RADHAUS, NOON)
    session.commit()
    assert register.entry_of(it) == RADHAUS
    stays = {alias.id for alias in it.aliases}
    changed = Entry(
        name="Radhaus", sector=Sector.SCIENCE, aliases=("Rad-Haus", "RH"), offers=("jobs",)
    )
    register.change_organisation(session, it, changed, 1)
    session.commit()
    session.expire_all()
    assert register.entry_of(it) == changed
    assert stays <= {alias.id for alias in it.aliases}


def test_what_is_removed_is_in_no_list_until_it_is_brought_back(
    session: Session, project: Project
) -> None:
    it = register.add_organisation(session, project, RADHAUS, NOON)
    register.remove(it, NOON)
    register.remove(it, NOON + timedelta(days=1))
    session.commit()
    assert it.deleted == NOON
    assert not register.choices_for_roster(session, project)
    assert not register.search(session, project, Filter(q="Radhaus"))
    assert register.removed(session, project) == [it]
    register.bring_back(it)
    session.commit()
    assert register.choices_for_roster(session, project) == [it]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("wäsch", True),
        ("waescherei", True),
        ("WÄSCHEREI", True),
        ("Wascherei", True),
        ("Wäschrei Sauber", True),
        ("O06", True),
        ("o06", True),
        ("Linge", True),
        ("xyz", False),
        ("Bäckerei Nord", False),
    ],
)
def test_search_forgives_umlauts_and_slips(
    session: Session, project: Project, words: str, found: bool
) -> None:
    it = an_organisation(project, "O06", "Wäscherei Sauberfreund gGmbH")
    it.aliases = [Alias(project_id=project.id, name="Lingerie Nord")]
    session.add(it)
    session.commit()
    assert bool(register.search(session, project, Filter(q=words))) == found


def test_filters_narrow_the_register(session: Session, project: Project) -> None:
    register.add_organisation(session, project, RADHAUS, NOON)
    for wanted, fits in (
        (Filter(sector="economy", offer="jobs", need="staff"), 1),
        (Filter(offer="staff"), 0),
        (Filter(locality="buch"), 0),
    ):
        assert len(register.search(session, project, wanted)) == fits
