import pytest
from flask import Flask
from flask.testing import FlaskClient


@pytest.mark.parametrize("page", ["privacy", "imprint", "accessibility", "source"])
@pytest.mark.parametrize("language", ["de", "en", "ar"])
def test_legal_pages_are_there_in_the_language_of_the_reader(
    client: FlaskClient, page: str, language: str
) -> None:
    answer = client.get(f"/legal/{page}", headers={"Accept-Language": language})
    assert answer.status_code == 200
    assert f'<html lang="{language}"' in answer.text


def test_they_say_who_runs_this_server(app: Flask, client: FlaskClient) -> None:
    app.config.update(
        OPERATOR_NAME="Verein <Nord>", OPERATOR_EMAIL="post@example.org",
        PRIVACY_OFFICER="Frau Amt", FUNDING="Kofinanziert von der Europäischen Union",
    )  # fmt: skip
    for page in ("privacy", "imprint"):
        text = client.get(f"/legal/{page}").text
        assert "Verein &lt;Nord&gt;" in text and "post@example.org" in text
    assert "Frau Amt" in client.get("/legal/privacy").text
    assert "Kofinanziert von der Europäischen Union" in client.get("/").text


def test_what_is_not_entered_is_said_plainly(client: FlaskClient) -> None:
    page = client.get("/legal/imprint", headers={"Accept-Language": "de"}).text
    assert "Noch nicht eingetragen." in page
