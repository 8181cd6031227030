from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from core.keys import Keyring
from core.mail import outbox


@pytest.fixture
def letters(session: Session, keys: Keyring) -> Callable[[], list[tuple[str, str]]]:
    """To whom mail goes, and what it says, the latest first."""

    def read() -> list[tuple[str, str]]:
        session.expire_all()
        return [(letter.to, letter.text) for letter in outbox(session, keys, None)]

    return read
