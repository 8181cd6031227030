from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session, sessionmaker

from core.errors import FormUsedTwice
from people.beginning import (
    NotForEveryone,
    begin_project,
    projects_of,
    rename,
)
from people.models import Project, Role, User
from tests.story import NOON, a_user, at_once


@pytest.fixture
def ada(keep: Callable[[User], User]) -> User:
    user = a_user("Ada")
    user.is_administrator = True
    return keep(user)


@pytest.mark.both_engines
def test_whoever_begins_a_project_facilitates_it(session: Session, ada: User) -> None:
    project = begin_project(session, ada, "form", "Neue Wege", NOON)
    session.commit()
    assert projects_of(session, ada.id) == [(project, Role.FACILITATOR)]


def test_others_do_not_begin_projects(session: Session, birte: User) -> None:
    with pytest.raises(NotForEveryone):
        begin_project(session, birte, "form", "Neue Wege", NOON)


@pytest.mark.both_engines
def test_the_same_form_begins_one_project(session: Session, ada: User) -> None:
    first = begin_project(session, ada, "form", "Neue Wege", NOON)
    session.commit()
    assert begin_project(session, ada, "form", "Neue Wege", NOON) == first
    with pytest.raises(FormUsedTwice):
        begin_project(session, ada, "form", "Andere Wege", NOON)


@pytest.mark.both_engines
def test_projects_of_the_same_name_have_addresses_of_their_own(
    sessions: sessionmaker[Session], session: Session, ada: User
) -> None:
    number = ada.id

    def begin(which: int) -> None:
        with sessions() as own:
            begin_project(own, own.get_one(User, number), f"form {which}", "Neue Wege", NOON)
            own.commit()

    at_once(8, begin)
    slugs = {project.slug for project, _role in projects_of(session, number)}
    assert slugs == {"neue-wege", *(f"neue-wege-{which}" for which in range(2, 9))}


@pytest.mark.both_engines
def test_eight_copies_of_one_form_begin_one_project(
    sessions: sessionmaker[Session], session: Session, ada: User
) -> None:
    number = ada.id

    def begin(_which: int) -> None:
        with sessions() as own:
            begin_project(own, own.get_one(User, number), "form", "Neue Wege", NOON)
            own.commit()

    at_once(8, begin)
    assert len(projects_of(session, number)) == 1


def test_a_new_name_leaves_the_address(session: Session, project: Project) -> None:
    rename(project, "Buch und Karow")
    session.commit()
    assert (project.name, project.slug, project.version) == ("Buch und Karow", "buch", 2)
