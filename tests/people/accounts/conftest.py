from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from core.keys import Keyring
from core.mail import outbox


@pytest.fixture
def letters(app: Flask, session: Session, keys: Keyring) -> Callable[[], list[tuple[str, str]]]:
    """To whom mail goes, and what it says, the latest first; a server is there, but down."""
    app.config["SMTP_URL"] = "smtp://127.0.0.1:9"

    def read() -> list[tuple[str, str]]:
        session.expire_all()
        return [(letter.to, letter.text) for letter in outbox(session, keys, None)]

    return read
