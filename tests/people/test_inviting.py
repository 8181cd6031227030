from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session, sessionmaker

from core.errors import FormUsedTwice, Refusal
from core.keys import Keyring
from people.inviting import (
    LASTS,
    AddressTaken,
    AlreadyHere,
    LinkUsed,
    NewAccount,
    accept,
    accept_anew,
    invite,
    open_invitation,
    pending,
    withdraw,
)
from people.models import Membership, Organisation, Project, Role, StaffInvitation, User
from tests.story import NOON, a_user, an_organisation, at_once

AMAL = NewAccount("Amal", "Amal@Example.org", "en")


@pytest.fixture
def link(session: Session, keys: Keyring, project: Project) -> tuple[StaffInvitation, str]:
    made = invite(session, keys, project, "form", NOON, role=Role.PANEL)
    session.commit()
    return made


@pytest.mark.both_engines
def test_somebody_new_becomes_a_member_with_the_role_of_the_link(
    session: Session, project: Project, link: tuple[StaffInvitation, str]
) -> None:
    user = accept_anew(session, link[0], AMAL, NOON)
    session.commit()
    member = session.query(Membership).filter_by(project_id=project.id).one()
    assert (member.user, member.role) == (user, Role.PANEL)
    assert (user.name, user.email, user.language) == ("Amal", "amal@example.org", "en")


@pytest.mark.both_engines
def test_of_eight_who_share_a_link_one_joins(
    sessions: sessionmaker[Session],
    session: Session,
    keep: Callable[[User], User],
    keys: Keyring,
    project: Project,
) -> None:
    users = [keep(a_user(f"user{number}")).id for number in range(8)]
    for round_ in range(20):
        invitation, _key = invite(session, keys, project, f"{round_}", NOON, role=Role.PANEL)
        session.commit()
        number = invitation.id

        def join(which: int, number: int = number) -> None:
            with sessions() as own:
                user = own.get_one(User, users[which])
                try:
                    accept(own, own.get_one(StaffInvitation, number), user, NOON)
                except Refusal:
                    own.rollback()
                own.commit()

        at_once(8, join)
        assert session.query(Membership).filter_by(project_id=project.id).count() == 1
        session.query(Membership).delete()
        session.commit()


def test_only_a_hash_of_the_link_is_kept(link: tuple[StaffInvitation, str]) -> None:
    invitation, key = link
    assert key not in str(vars(invitation))


def test_a_link_is_found_until_it_expires(
    session: Session, project: Project, link: tuple[StaffInvitation, str]
) -> None:
    invitation, key = link
    assert open_invitation(session, key, NOON) == (invitation, project)
    assert open_invitation(session, key, NOON + LASTS) is None
    assert open_invitation(session, "another", NOON) is None
    assert pending(session, project, NOON) == [invitation]


def test_a_link_that_has_expired_lets_nobody_in(
    session: Session, tarik: User, link: tuple[StaffInvitation, str]
) -> None:
    with pytest.raises(LinkUsed):
        accept(session, link[0], tarik, NOON + LASTS + timedelta(seconds=1))


def test_who_works_here_already_leaves_the_link_for_others(
    session: Session, tarik: User, link: tuple[StaffInvitation, str]
) -> None:
    with pytest.raises(AlreadyHere):
        accept(session, link[0], tarik, NOON)
    session.rollback()
    assert open_invitation(session, link[1], NOON)


def test_an_address_has_one_account(
    session: Session, tarik: User, link: tuple[StaffInvitation, str]
) -> None:
    with pytest.raises(AddressTaken):
        accept_anew(session, link[0], NewAccount("X", "TARIK@example.org", "de"), NOON)


@pytest.mark.both_engines
def test_the_same_form_makes_the_same_link(
    session: Session, keys: Keyring, project: Project, link: tuple[StaffInvitation, str]
) -> None:
    assert invite(session, keys, project, "form", NOON, role=Role.PANEL) == link
    with pytest.raises(FormUsedTwice):
        invite(session, keys, project, "form", NOON, role=Role.FACILITATOR)


def test_the_same_form_key_in_another_project_is_another_link(
    session: Session, keys: Keyring, elsewhere: Project, link: tuple[StaffInvitation, str]
) -> None:
    other = invite(session, keys, elsewhere, "form", NOON, role=Role.PANEL)
    assert other[1] != link[1]


def test_only_counsellors_work_for_a_provider(
    session: Session, keep: Callable[..., Organisation], keys: Keyring, project: Project
) -> None:
    provider = keep(an_organisation(project, "O1", "Bucher Bogen"))
    counsellor, _ = invite(
        session, keys, project, "1", NOON, role=Role.COUNSELLOR, provider_id=provider.id
    )
    adviser, _ = invite(
        session, keys, project, "2", NOON, role=Role.ADVISER, provider_id=provider.id
    )
    assert (counsellor.provider_id, adviser.provider_id) == (provider.id, None)


@pytest.mark.both_engines
def test_a_link_that_was_withdrawn_is_worthless(
    session: Session, tarik: User, link: tuple[StaffInvitation, str]
) -> None:
    withdraw(session, link[0])
    session.commit()
    assert open_invitation(session, link[1], NOON) is None


def test_a_link_that_was_used_cannot_be_withdrawn(
    session: Session, link: tuple[StaffInvitation, str]
) -> None:
    accept_anew(session, link[0], AMAL, NOON)
    with pytest.raises(LinkUsed):
        withdraw(session, link[0])
