from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session, sessionmaker

from core.errors import Refusal
from people.models import Membership, Organisation, Project, Role, User
from people.staffing import (
    MAY,
    ROLES,
    LastFacilitator,
    change_role,
    members_of,
    put_back,
    remove,
)
from tests.story import a_member, a_user, an_organisation, at_once


def membership(session: Session, user: User) -> Membership:
    return session.query(Membership).filter_by(user_id=user.id).one()


def test_every_role_has_a_name_and_says_what_it_may() -> None:
    assert set(ROLES) == set(MAY) == set(Role)


def test_the_team_is_listed_by_name_and_without_others(
    session: Session, project: Project, tarik: User, birte: User, carim: User
) -> None:
    assert [one.user for one in members_of(session, project)] == [birte, tarik]


@pytest.mark.both_engines
def test_the_last_facilitator_stays(
    session: Session, project: Project, birte: User, tarik: User, carim: User
) -> None:
    """Carim facilitates elsewhere, which is no help here."""
    mine = membership(session, birte)
    with pytest.raises(LastFacilitator):
        change_role(session, project, mine, Role.PANEL, None)
    session.rollback()
    with pytest.raises(LastFacilitator):
        remove(session, project, mine)


@pytest.mark.both_engines
def test_with_a_second_facilitator_the_first_can_go(
    session: Session, project: Project, birte: User, tarik: User
) -> None:
    change_role(session, project, membership(session, tarik), Role.FACILITATOR, None)
    remove(session, project, membership(session, birte))
    session.commit()
    assert [(one.user, one.role) for one in members_of(session, project)] == [
        (tarik, Role.FACILITATOR)
    ]


@pytest.mark.both_engines
@pytest.mark.parametrize("act", ["demote", "remove"])
def test_of_eight_facilitators_who_all_leave_at_once_one_stays(
    sessions: sessionmaker[Session],
    session: Session,
    keep: Callable[..., User],
    project: Project,
    act: str,
) -> None:
    users = [keep(a_user(f"user{number}")) for number in range(8)]
    for _ in range(20):
        session.query(Membership).delete()
        for user in users:
            session.add(a_member(project, user, Role.FACILITATOR))
        session.commit()
        numbers, project_id = [one.id for one in members_of(session, project)], project.id
        session.commit()

        def leave(which: int, numbers: list[int] = numbers, here_: int = project_id) -> None:
            with sessions() as own:
                here = own.get_one(Project, here_)
                mine = own.get_one(Membership, numbers[which])
                try:
                    if act == "demote":
                        change_role(own, here, mine, Role.PANEL, None)
                    else:
                        remove(own, here, mine)
                except Refusal:
                    own.rollback()
                own.commit()

        at_once(8, leave)
        left = session.query(Membership).filter_by(role=Role.FACILITATOR).count()
        assert left == 1


def test_a_counsellor_works_for_a_provider_and_others_do_not(
    session: Session, keep: Callable[..., Organisation], project: Project, tarik: User
) -> None:
    provider = keep(an_organisation(project, "O1", "Bucher Bogen"))
    member = membership(session, tarik)
    change_role(session, project, member, Role.COUNSELLOR, provider.id)
    session.refresh(member)
    assert member.provider_id == provider.id
    change_role(session, project, member, Role.ADVISER, provider.id)
    session.refresh(member)
    assert member.role == Role.ADVISER and not member.provider_id


@pytest.mark.both_engines
def test_a_removal_is_undone_once(
    session: Session, project: Project, birte: User, tarik: User
) -> None:
    remove(session, project, membership(session, tarik))
    for _ in range(2):
        put_back(session, project, tarik.id, Role.TASK_FORCE, None)
    session.commit()
    assert membership(session, tarik).role == Role.TASK_FORCE
