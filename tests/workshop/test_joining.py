import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from core.keys import Keyring
from tests.story import NOON, at_once
from workshop.joining import RoomClosed, join, open_room_with, participant_with, plain_code
from workshop.models import Participant, Workshop
from workshop.preparing import ALPHABET, new_code, open_room


@pytest.mark.parametrize(
    "typed",
    ["BUCH-7K2M", "buch7k2m", " Buch 7k2m ", "BUCH–7K2M", "b u c h 7 k 2 m", "BUCH-٧K٢M"],
)
def test_a_code_is_understood_however_it_is_typed(typed: str) -> None:
    assert plain_code(typed) == "BUCH-7K2M"


@pytest.mark.parametrize(
    "typed", ["", "BUCH", "BUCH-7K2MM", "BUCH-7K20", "BUCH-7K2I", "🙂" * 8]
)
def test_what_is_no_code_is_nothing(typed: str) -> None:
    assert plain_code(typed) == ""


@given(st.text())
def test_any_text_is_a_code_or_nothing(typed: str) -> None:
    code = plain_code(typed)
    assert code == "" or (len(code) == 9 and set(code) <= {*ALPHABET, "-"})


def test_codes_have_nothing_that_looks_alike() -> None:
    assert not set("".join(new_code() for _ in range(500))) & set("01ILO")
    assert len(ALPHABET) == 31


@pytest.fixture
def keys(app: object, tmp_path_factory: pytest.TempPathFactory) -> Keyring:
    return Keyring(tmp_path_factory.mktemp("keys"))


@pytest.mark.both_engines
def test_a_key_is_one_participant(session: Session, keys: Keyring, workshop: Workshop) -> None:
    key = join(session, keys, workshop, "form", NOON, "Linden")
    found = participant_with(session, keys, workshop.code, key)
    assert found
    assert found.name == "Linden"
    assert key not in str(found.key_hash)
    assert participant_with(session, keys, workshop.code, "another") is None
    assert participant_with(session, keys, "AAAA-AAAA", key) is None


@pytest.mark.both_engines
def test_a_form_sent_many_times_at_once_lets_one_person_in(
    session: Session, sessions: sessionmaker[Session], keys: Keyring, workshop: Workshop
) -> None:
    workshop_id, came = workshop.id, []

    def send(_number: int) -> None:
        with sessions() as session:
            room = session.get_one(Workshop, workshop_id)
            came.append(join(session, keys, room, "form", NOON))
            session.commit()

    at_once(8, send)
    assert len(set(came)) == 1
    session.refresh(workshop)
    assert (session.scalar(select(func.count(Participant.id))), workshop.hall) == (1, 1)


@pytest.mark.both_engines
def test_a_closed_room_lets_nobody_in(
    session: Session, keys: Keyring, workshop: Workshop
) -> None:
    code = workshop.code
    assert open_room_with(session, code.lower()) is workshop
    open_room(session, workshop, False)
    session.commit()
    assert open_room_with(session, code) is None
    with pytest.raises(RoomClosed):
        join(session, keys, workshop, "form", NOON)


@pytest.mark.both_engines
def test_who_comes_in_is_counted_on_the_wall(
    session: Session, keys: Keyring, workshop: Workshop
) -> None:
    version, pulse = workshop.board.version, workshop.board.pulse
    join(session, keys, workshop, "form", NOON)
    session.commit()
    assert (workshop.board.version, workshop.board.pulse) == (version, pulse + 1)
