from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from people.models import StaffSession, User
from people.staying import (
    COARSE,
    IDLE,
    LONGEST,
    begin_session,
    device_of,
    end_others,
    end_session,
    note_seen,
    session_with,
    sessions_of,
)
from tests.story import NOON

HOUR = timedelta(hours=1)


def test_a_browser_stays_signed_in_while_it_is_used(session: Session, birte: User) -> None:
    one = begin_session(session, birte.id, "key", "Firefox", NOON)
    session.commit()
    now = NOON
    while now < NOON + LONGEST - 8 * HOUR:
        now += 8 * HOUR
        assert session_with(session, "key", now) == one
        assert note_seen(session, one, now)
        session.commit()
    assert session_with(session, "key", NOON + LONGEST) is None


def test_a_browser_left_alone_is_signed_out(session: Session, birte: User) -> None:
    begin_session(session, birte.id, "key", "", NOON)
    session.commit()
    assert session_with(session, "key", NOON + IDLE - HOUR)
    assert session_with(session, "key", NOON + IDLE) is None


def test_last_seen_is_coarse(session: Session, birte: User) -> None:
    one = begin_session(session, birte.id, "key", "", NOON)
    session.commit()
    assert not note_seen(session, one, NOON + COARSE - timedelta(seconds=1))
    assert note_seen(session, one, NOON + COARSE)


@pytest.mark.both_engines
def test_a_session_that_was_ended_does_not_come_back(session: Session, birte: User) -> None:
    one = begin_session(session, birte.id, "key", "", NOON)
    session.commit()
    assert end_session(session, birte.id, one.id)
    assert not note_seen(session, one, NOON + HOUR)
    session.commit()
    assert session_with(session, "key", NOON + HOUR) is None


@pytest.mark.both_engines
def test_one_ends_only_ones_own_sessions(session: Session, birte: User, tarik: User) -> None:
    for key in ("laptop", "phone"):
        begin_session(session, birte.id, key, "", NOON)
    foreign = begin_session(session, tarik.id, "tablet", "", NOON)
    session.commit()
    assert not end_session(session, birte.id, foreign.id)
    end_others(session, birte.id, "phone")
    assert len(sessions_of(session, birte.id, NOON)) == 1
    assert session_with(session, "phone", NOON) and session_with(session, "tablet", NOON)


def test_sessions_long_over_are_forgotten(session: Session, birte: User) -> None:
    begin_session(session, birte.id, "old", "", NOON)
    begin_session(session, birte.id, "new", "", NOON + IDLE + HOUR)
    session.commit()
    assert session.query(StaffSession).count() == 1


KIT = "AppleWebKit/537 Chrome/140"


@pytest.mark.parametrize(
    ("agent", "device"),
    [
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Firefox/140.0", "Firefox, Linux"),
        (f"Mozilla/5.0 (Linux; Android 15) {KIT} Safari/537", "Chrome, Android"),
        (f"Mozilla/5.0 (Windows NT 10.0) {KIT} Safari/537 Edg/140", "Edge, Windows"),
        ("Mozilla/5.0 (iPhone; CPU OS 18 like Mac OS X) Safari/604", "Safari, iPhone"),
        ("curl/8.0 <script>", ""),
    ],
)
def test_a_device_is_a_coarse_word(agent: str, device: str) -> None:
    assert device_of(agent) == device
