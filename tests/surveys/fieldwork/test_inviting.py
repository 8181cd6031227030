import pytest
from sqlalchemy.orm import Session

from core.keys import Keyring
from people.models import Organisation, Project, Sector
from surveys.fieldwork import inviting
from surveys.fieldwork.inviting import Step
from surveys.models import Survey
from tests.story import NOON
from tests.surveys.answers import a_register, a_survey, instrument

pytestmark = pytest.mark.both_engines


@pytest.fixture
def survey(session: Session, project: Project) -> Survey:
    return a_survey(session, project, instrument("enterprise_survey"))


@pytest.fixture
def organisations(session: Session, project: Project) -> list[Organisation]:
    return a_register(session, project, 4)


def test_a_link_can_be_written_again_though_only_its_hash_is_kept(
    session: Session, survey: Survey, organisations: list[Organisation], keys: Keyring
) -> None:
    invitation, *_ = inviting.invite(session, keys, survey, organisations, NOON)
    session.commit()
    token = inviting.token_of(keys, invitation)
    assert token not in (invitation.nonce, invitation.token_hash)
    assert inviting.invitation_with(session, token.upper().replace("-", " ")) is invitation
    assert inviting.invitation_with(session, token[:-1]) is None


def test_inviting_twice_leaves_the_links_as_they_are(
    session: Session, survey: Survey, organisations: list[Organisation], keys: Keyring
) -> None:
    first = inviting.invite(session, keys, survey, organisations, NOON)
    again = inviting.invite(session, keys, survey, organisations, NOON)
    assert [each.id for each in first] == [each.id for each in again]
    assert inviting.not_invited(session, survey) == []


def test_the_steps_are_counted_by_sector(
    session: Session, survey: Survey, organisations: list[Organisation], keys: Keyring
) -> None:
    one, two, *_ = inviting.invite(session, keys, survey, organisations, NOON)
    inviting.opened(session, one, NOON)
    inviting.decline(session, two, NOON)
    session.commit()
    session.expire_all()
    invited = inviting.invited(session, survey)
    table = inviting.counts(invited)
    assert sum(row[Step.INVITED] for row in table.values()) == 4
    assert sum(row[Step.OPENED] for row in table.values()) == 1
    assert sum(row[Step.DECLINED] for row in table.values()) == 1
    assert set(table) == {*Sector}
