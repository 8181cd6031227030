"""A link for speakers opens one language of one survey, until it is revoked."""

import pytest
from sqlalchemy.orm import Session

from core.errors import FormUsedTwice
from core.keys import Keyring
from people.models import Project
from surveys.models import State, Survey
from surveys.sounds.inviting import invite, links_of, opened, revoke, token_of
from tests.story import NOON
from tests.surveys.answers import a_survey
from tests.surveys.sounds.test_keeping import FORM


@pytest.fixture
def survey(session: Session, project: Project) -> Survey:
    return a_survey(session, project, FORM)


@pytest.mark.both_engines
def test_the_same_form_makes_the_same_link(
    session: Session, keys: Keyring, survey: Survey
) -> None:
    first = invite(session, keys, survey, "ar", "form", NOON)
    assert invite(session, keys, survey, "ar", "form", NOON) is first
    with pytest.raises(FormUsedTwice):
        invite(session, keys, survey, "de", "form", NOON)
    assert links_of(session, survey, "ar") == [first]
    assert links_of(session, survey, "de") == []


def test_only_the_hash_of_a_link_is_kept(
    session: Session, keys: Keyring, survey: Survey
) -> None:
    link = invite(session, keys, survey, "ar", "form", NOON)
    token = token_of(keys, link)
    assert token not in f"{link.nonce} {link.token_hash}"
    assert opened(session, keys, token) is link
    assert opened(session, keys, link.token_hash) is None
    assert opened(session, keys, link.nonce) is None


@pytest.mark.both_engines
def test_a_link_opens_until_it_is_revoked_or_the_survey_closes(
    session: Session, keys: Keyring, survey: Survey
) -> None:
    link = invite(session, keys, survey, "ar", "form", NOON)
    session.commit()
    token = token_of(keys, link)
    survey.state = State.CLOSED
    session.commit()
    assert opened(session, keys, token) is None
    survey.state = State.OPEN
    session.commit()
    assert opened(session, keys, token) is link
    revoke(session, link, NOON)
    session.commit()
    assert opened(session, keys, token) is None
    assert links_of(session, survey, "ar") == []
