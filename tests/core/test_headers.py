import pytest
from flask.testing import FlaskClient

from core.headers import HEADERS


@pytest.mark.parametrize("path", ["/", "/nowhere", "/static/x/icons.svg"])
def test_every_answer_is_protected(client: FlaskClient, path: str) -> None:
    assert HEADERS.items() <= dict(client.get(path).headers).items()


def test_flask_wtf_needs_the_referrer() -> None:
    assert HEADERS["Referrer-Policy"] == "same-origin"


def test_pages_are_not_stored(client: FlaskClient) -> None:
    assert client.get("/").headers["Cache-Control"] == "no-store"


def test_https_stays_https(client: FlaskClient) -> None:
    assert "Strict-Transport-Security" not in client.get("/").headers
    assert "Strict-Transport-Security" in client.get("/", base_url="https://localhost").headers
