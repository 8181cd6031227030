from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from core.keys import Keyring
from people.models import Project
from surveys.fieldwork import inviting, paper
from surveys.fieldwork.inviting import Invited
from surveys.models import Channel, Kind, Subject, Survey
from tests.story import NOON, an_organisation
from tests.surveys.example import a_survey, answer


@pytest.fixture
def invited(session: Session, project: Project, keys: Keyring) -> list[Invited]:
    names = ("Bauhof Nord", "Bauhof Süd", "Café O7")
    found = [an_organisation(project, f"O{n}", name) for n, name in enumerate(names, 6)]
    session.add_all(found)
    session.flush()
    survey = a_survey(session, project)
    inviting.invite(session, keys, survey, found, NOON)
    return inviting.invited(session, survey)


@pytest.mark.parametrize(
    ("typed", "code"),
    [(" o7 ", "O7"), ("bauhof nord", "O6"), ("süd", "O7"), ("O8", "O8"), ("café", "O8")],
)
def test_the_owner_of_a_sheet_is_found_by_code_or_name(
    invited: list[Invited], typed: str, code: str
) -> None:
    found = paper.owner_of(typed, invited)
    assert found and found.organisation.code == code


def test_a_sheet_without_a_name_belongs_to_nobody(invited: list[Invited]) -> None:
    assert paper.owner_of("  ", invited) is None


def test_whom_nobody_knows_or_who_is_not_alone_is_asked_for_again(
    invited: list[Invited],
) -> None:
    with pytest.raises(paper.WhoseSheet):
        paper.owner_of("O99", invited)
    with pytest.raises(paper.SeveralFit):
        paper.owner_of("bauhof", invited)


def test_the_last_sheet_comes_first_and_those_of_today_are_counted(
    session: Session, project: Project
) -> None:
    survey = a_survey(session, project)
    answer(session, survey, {}, channel=Channel.LINK)
    sheets = [
        answer(session, survey, {}, channel=Channel.PAPER, sent=sent)
        for sent in (NOON, NOON, None)
    ]
    sheets[0].submitted = NOON - timedelta(days=1)
    session.flush()
    found = paper.typed_sheets(session, survey)
    assert [*found] == sheets[::-1]
    assert paper.typed_since(found, NOON - timedelta(hours=12)) == 1


@pytest.mark.parametrize(
    ("kind", "subject", "takes"),
    [
        (Kind.IDENTIFIED, Subject.ORGANISATIONS, True),
        (Kind.OPEN, Subject.ORGANISATIONS, True),
        (Kind.ANONYMOUS, Subject.PERSONS, False),
        (Kind.IDENTIFIED, Subject.PERSONS, False),
    ],
)
def test_nobody_types_the_sheets_of_persons(kind: Kind, subject: Subject, takes: bool) -> None:
    assert paper.takes_paper(Survey(kind=kind, subject=subject)) is takes
