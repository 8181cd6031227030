from collections.abc import Callable

import pytest
from flask import Flask
from flask_security import hash_password
from sqlalchemy.orm import Session

from core.keys import Keyring
from core.mail import outbox
from people.models import User

PASSWORD = "drei rote Äpfel"  # noqa: S105 - nobody's


@pytest.fixture
def with_password(app: Flask, session: Session) -> Callable[[User], User]:
    """Let someone have the password."""

    def let_have(user: User) -> User:
        with app.app_context():
            plain = app.extensions["security"].password_util.normalize(PASSWORD)
            user.password = hash_password(plain)
        session.commit()
        return user

    return let_have


@pytest.fixture
def letters(session: Session, keys: Keyring) -> Callable[[], list[tuple[str, str]]]:
    """To whom mail goes, and what it says, the latest first."""

    def read() -> list[tuple[str, str]]:
        session.expire_all()
        return [(letter.to, letter.text) for letter in outbox(session, keys, None)]

    return read
