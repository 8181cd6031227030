import pytest
from flask import Flask, session
from flask.testing import FlaskClient

from core.lean import Sessions, negotiated


def remember(app: Flask) -> FlaskClient:
    """A browser that has a session."""
    client = app.test_client()
    with client.session_transaction() as kept:
        kept["language"] = "ar"
    return client


def test_a_session_lasts_from_page_to_page(app: Flask) -> None:
    with remember(app) as client:
        for _ in range(2):
            client.get("/")
            assert session["language"] == "ar"


def test_a_cookie_that_was_changed_counts_nothing(app: Flask) -> None:
    with remember(app) as client:
        client.get("/")
        cookie = client.get_cookie("session")
        assert cookie
        client.set_cookie("session", "e30" + cookie.value)
        client.get("/")
        assert "language" not in session


def test_another_secret_opens_no_older_session(app: Flask) -> None:
    sessions = Sessions()
    first = sessions.get_signing_serializer(app)
    assert first is sessions.get_signing_serializer(app)
    app.secret_key = "another"  # noqa: S105 - of a test
    assert sessions.get_signing_serializer(app) is not first
    with remember(app) as client:
        app.secret_key = "a third"  # noqa: S105 - of a test
        client.get("/")
        assert "language" not in session


@pytest.mark.parametrize(
    ("header", "language"),
    [("ar-SY,en;q=0.5", "ar"), ("fr, en;q=0.2, de;q=0.7", "de"), ("fr", None), ("", None)],
)
def test_the_browser_wishes_a_language(header: str, language: str | None) -> None:
    for _ in range(2):
        assert negotiated(header, ("de", "en", "ar")) == language
    assert negotiated("en", ("de",)) is None
