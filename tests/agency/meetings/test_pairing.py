"""The same pair is introduced at one meeting, and at a second one only knowingly."""

import re
from dataclasses import replace

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from agency.meetings import holding, pairing
from agency.meetings.models import AgendaItem, Meeting
from networks.models import Introduction, Stage
from people.models import Organisation, Project
from tests.agency.meetings.test_meetings import HERE, SAID, introduction, meeting, two
from tests.story import NOON, an_organisation, at_once

__all__ = ["introduction", "meeting", "two"]  # fixtures
Two = tuple[Organisation, Organisation]


@pytest.fixture
def second(session: Session, project: Project) -> Meeting:
    said = replace(SAID, title="Zweites Treffen")
    made = holding.plan(session, project, said, "Birte", "second")
    session.commit()
    return made


def points(session: Session) -> int:
    session.rollback()
    return len(session.scalars(select(AgendaItem)).all())


def test_a_pair_on_another_agenda_is_told_of_and_added_only_knowingly(
    desk: FlaskClient, session: Session, meeting: Meeting, second: Meeting,
    introduction: Introduction,
) -> None:  # fmt: skip
    desk.post(f"{HERE}/{meeting.id}/agenda/introductions")
    desk.post(f"{HERE}/{second.id}/agenda/introductions")
    assert points(session) == 1
    page = desk.get(f"{HERE}/{second.id}").text
    assert "1 Paar, das sich treffen soll, steht auf einer anderen Tagesordnung" in page
    assert f'href="{HERE}/{meeting.id}"' in page
    (too,) = re.findall(r'action="([^"]*/agenda/introductions/\d+)"', page)
    for _ in range(2):
        assert desk.post(too).status_code == 303
    assert points(session) == 2
    for here in (meeting, second):
        assert "Steht schon auf dieser Tagesordnung" in desk.get(f"{HERE}/{here.id}").text
    introduction = session.scalars(select(Introduction)).one()
    introduction.stage = Stage.MET
    session.commit()
    assert "einer anderen Tagesordnung" not in desk.get(f"{HERE}/{second.id}").text
    assert desk.post(too).status_code == 409


def test_a_meeting_that_comes_back_says_which_pairs_stand_elsewhere_meanwhile(
    desk: FlaskClient, session: Session, meeting: Meeting, second: Meeting,
    introduction: Introduction,
) -> None:  # fmt: skip
    desk.post(f"{HERE}/{meeting.id}/agenda/introductions")
    desk.post(f"{HERE}/{meeting.id}/removal")
    desk.post(f"{HERE}/{second.id}/agenda/introductions")
    page = desk.post(f"{HERE}/{meeting.id}/return", follow_redirects=True).text
    assert "1 Paar steht inzwischen auch auf einer anderen Tagesordnung." in page


def test_entries_that_were_merged_are_the_same_pair(
    session: Session, project: Project, meeting: Meeting, second: Meeting,
    introduction: Introduction, two: Two,
) -> None:  # fmt: skip
    double = an_organisation(project, "O09", "A, noch einmal")
    double.deleted, double.merged_into_id = NOON, two[0].id
    session.add(double)
    session.flush()
    a, b = sorted((double.id, two[1].id))
    values = {"reason": introduction.reason, "by": "Birte", "at": NOON}
    again = Introduction(project_id=project.id, a_id=a, b_id=b, stage=Stage.PLANNED, **values)
    session.add(again)
    session.commit()
    assert pairing.Pairs(session, project).waiting == [introduction]
    assert pairing.take(session, meeting, project) == 1
    assert pairing.take(session, second, project) == 0
    (twice,) = pairing.Pairs(session, project).elsewhere(second)
    assert (twice.introduction, twice.meeting) == (introduction, meeting)


@pytest.mark.both_engines
def test_who_takes_pairs_for_two_meetings_at_once_takes_each_for_one(
    session: Session, project: Project, meeting: Meeting, second: Meeting,
    introduction: Introduction,
) -> None:  # fmt: skip
    make, ids = sessionmaker(session.get_bind()), (meeting.id, second.id)
    home = project.id
    for _ in range(20):

        def take(which: int) -> None:
            with make() as own:
                mine = own.get_one(Meeting, ids[which % 2])
                pairing.take(own, mine, own.get_one(Project, home))
                own.commit()

        at_once(4, take)
        assert points(session) == 1
        session.query(AgendaItem).delete()
        session.commit()
