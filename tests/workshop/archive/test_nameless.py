"""A file without names tells of nobody what they wrote, nor by small traits who they are."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.keys import Keyring
from people.models import Project, Sector
from tests.workshop.archive.files import content_of, packed_again
from tests.workshop.room import a_participant
from workshop.archive.reading import bring
from workshop.archive.refusing import NotAnArchive
from workshop.archive.writing import write
from workshop.cards.models import Comment
from workshop.minutes.composing import attendance
from workshop.models import Board, Workshop


@pytest.mark.parametrize("with_names", [True, False])
@pytest.mark.parametrize("is_shown", [True, False])
def test_who_wrote_what_is_told_only_where_cards_hang_with_names(
    session: Session, developing: Board, packed: bytes, is_shown: bool, with_names: bool
) -> None:
    developing.shows_names = is_shown
    session.flush()
    rows = content_of(write(session, developing.workshop, with_names=with_names))["rows"]
    for kind in ("idea", "card_comment"):
        assert [bool(row["author_id"]) for row in rows[kind]] == [is_shown] * len(rows[kind])


def test_comments_of_nobody_arrive(
    session: Session, keys: Keyring, elsewhere: Project, packed: bytes
) -> None:
    arrived = bring(session, keys, elsewhere, packed, "k")
    said = session.scalars(select(Comment).filter_by(project_id=elsewhere.id)).all()
    assert [comment.text for comment in said] == ["I have thread"]
    assert all(comment.signature == "" for comment in said)
    again = content_of(write(session, arrived, with_names=True))
    assert [row["author_id"] for row in again["rows"]["card_comment"]] == [None]


def test_comments_where_nobody_was_are_no_workshop(
    session: Session, keys: Keyring, elsewhere: Project, packed: bytes
) -> None:
    content = content_of(packed)
    content["rows"]["participant"] = []
    with pytest.raises(NotAnArchive):
        bring(session, keys, elsewhere, packed_again(content), "k")


def test_people_came_on_a_day_and_not_at_a_minute(
    session: Session, workshop: Workshop, packed: bytes
) -> None:
    late = datetime(2026, 11, 2, 23, 30, 17, tzinfo=UTC)  # half past midnight in Berlin
    session.add(a_participant(workshop, "Cem", joined=late))
    session.flush()
    rows = content_of(write(session, workshop))["rows"]["participant"]
    joined = {datetime.fromisoformat(row["joined"]) for row in rows}
    assert {(when.hour, when.minute, when.second) for when in joined} == {(12, 0, 0)}
    assert max(joined).day == late.day + 1


def test_sectors_of_a_few_are_left_out_and_the_attendance_stays(
    session: Session, keys: Keyring, elsewhere: Project, workshop: Workshop, packed: bytes
) -> None:
    session.add_all(
        a_participant(workshop, f"P{number}", sector=sector)
        for sector, size in ((Sector.SOCIETY, 6), (Sector.ECONOMY, 5), (Sector.POLITICS, 2))
        for number in range(size)
    )
    session.flush()
    data = write(session, workshop)
    rows = content_of(data)["rows"]["participant"]
    assert {row["sector"] for row in rows} == {*attendance(session, workshop), None}
    assert "politics" not in {row["sector"] for row in rows}
    arrived = bring(session, keys, elsewhere, data, "k")
    assert attendance(session, arrived) == attendance(session, workshop)
    named = content_of(write(session, workshop, with_names=True))["rows"]["participant"]
    assert "politics" in {row["sector"] for row in named}
