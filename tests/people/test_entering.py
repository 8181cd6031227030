from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session, sessionmaker

from core.keys import Keyring
from people.entering import (
    BY_MAIL,
    FORGOTTEN,
    FREE_TRIES,
    PAUSE,
    administrator,
    forget_old,
    forget_tries,
    make_key,
    take_turn,
    use_key,
    user_with,
    whose_key,
)
from people.models import SignInKey, SignInTry, User
from tests.story import NOON, at_once

SECOND = timedelta(seconds=1)


def tries_in_a_row(session: Session, keys: Keyring, number: int) -> list[bool]:
    return [take_turn(session, keys, "birte", NOON) for _ in range(number)]


@pytest.mark.both_engines
def test_a_link_opens_once(session: Session, birte: User) -> None:
    key = make_key(session, birte, BY_MAIL, NOON)
    session.commit()
    assert whose_key(session, key, NOON) == birte
    assert use_key(session, key, NOON) == birte
    assert use_key(session, key, NOON) is None
    assert whose_key(session, key, NOON) is None


@pytest.mark.both_engines
def test_of_eight_who_hold_the_same_link_one_gets_in(
    sessions: sessionmaker[Session], session: Session, birte: User
) -> None:
    for _ in range(20):
        key = make_key(session, birte, BY_MAIL, NOON)
        session.commit()
        entered: list[User] = []

        def enter(_which: int, key: str = key, entered: list[User] = entered) -> None:
            with sessions() as own:
                if user := use_key(own, key, NOON):
                    entered.append(user)
                own.commit()

        at_once(8, enter)
        assert len(entered) == 1


def test_a_link_expires(session: Session, birte: User) -> None:
    key = make_key(session, birte, BY_MAIL, NOON)
    assert use_key(session, key, NOON + BY_MAIL) is None


def test_only_a_hash_of_a_link_is_kept(session: Session, birte: User) -> None:
    key = make_key(session, birte, BY_MAIL, NOON)
    session.flush()
    kept = session.query(SignInKey).one()
    assert key not in (kept.key_hash, str(vars(kept)))


def test_a_closed_account_is_not_opened_by_a_link(session: Session, birte: User) -> None:
    key = make_key(session, birte, BY_MAIL, NOON)
    birte.active = False
    session.commit()
    assert use_key(session, key, NOON) is None


@pytest.mark.both_engines
def test_a_server_gets_one_administrator_however_many_ask(
    sessions: sessionmaker[Session], session: Session
) -> None:
    def ask(_which: int) -> None:
        with sessions() as own:
            administrator(own)
            own.commit()

    at_once(8, ask)
    found = session.query(User).all()
    assert [(one.email, one.is_administrator) for one in found] == [("", True)]


@pytest.mark.both_engines
def test_after_some_tries_each_waits_its_turn(session: Session, keys: Keyring) -> None:
    assert tries_in_a_row(session, keys, FREE_TRIES + 2) == [True] * FREE_TRIES + [False] * 2
    assert not take_turn(session, keys, "birte", NOON + PAUSE - SECOND)
    assert take_turn(session, keys, "birte", NOON + PAUSE)


@pytest.mark.both_engines
def test_whoever_hammers_does_not_push_the_next_turn_away(
    session: Session, keys: Keyring
) -> None:
    tries_in_a_row(session, keys, FREE_TRIES)
    for second in range(1, 30):
        assert not take_turn(session, keys, "birte", NOON + second * SECOND)
    assert take_turn(session, keys, "birte", NOON + PAUSE)


def test_tries_of_others_cost_nobody_a_turn(session: Session, keys: Keyring) -> None:
    """Sixty people behind one address have sixty names."""
    tries_in_a_row(session, keys, 20)
    assert take_turn(session, keys, "tarik", NOON)


def test_the_same_name_in_other_letters_is_the_same(session: Session, keys: Keyring) -> None:
    tries_in_a_row(session, keys, FREE_TRIES)
    assert not take_turn(session, keys, " BIRTE ", NOON)


@pytest.mark.both_engines
def test_tries_are_forgotten(session: Session, keys: Keyring) -> None:
    tries_in_a_row(session, keys, 9)
    forget_tries(session, keys, "birte")
    assert tries_in_a_row(session, keys, FREE_TRIES) == [True] * FREE_TRIES
    later = NOON + FORGOTTEN + SECOND
    assert all(take_turn(session, keys, "birte", later) for _ in range(FREE_TRIES))
    forget_old(session, later + FORGOTTEN + SECOND)
    assert session.query(SignInTry).count() == 0


@pytest.mark.both_engines
def test_eight_guesses_at_once_are_no_shortcut(
    sessions: sessionmaker[Session], session: Session, keys: Keyring
) -> None:
    for round_ in range(20):
        turns: list[bool] = []

        def guess(_which: int, name: str = f"r{round_}", turns: list[bool] = turns) -> None:
            with sessions() as own:
                turns.append(take_turn(own, keys, name, NOON))
                own.commit()

        at_once(8, guess)
        assert sum(turns) == FREE_TRIES


def test_an_address_is_found_in_any_letters(session: Session, birte: User) -> None:
    assert user_with(session, " Birte@Example.ORG ") == birte
    assert user_with(session, "") is None


def test_the_administrator_without_an_address_is_not_found_by_none(
    keep: Callable[[User], User], session: Session
) -> None:
    administrator(session)
    assert user_with(session, "") is None
