from typing import NoReturn

import pytest
from flask import Flask, request
from flask.testing import FlaskClient

from app import create_app
from core.errors import Refusal, message
from tests.crawl import Page

TEXT = 'Ein Text <b>mit</b> "Zeichen" & Umlauten: äöü, der bleibt'


class TooLate(Refusal):
    reason = message("The board is closed.")


@pytest.fixture
def refusing(app: Flask) -> FlaskClient:
    def refuse() -> NoReturn:
        assert request.form is not None
        raise TooLate

    app.add_url_rule("/refuse", view_func=refuse, methods=["GET", "POST"])
    return app.test_client()


def test_a_refusal_keeps_all_that_was_typed(refusing: FlaskClient) -> None:
    typed = {"title": "Chor", "text": TEXT, "key": "k1", "password": "geheim-und-lang"}
    answer = refusing.post("/refuse?page=2", data=typed)
    assert answer.status_code == 409
    (form,) = [f for f in Page("/", answer.text).forms if f.action.startswith("/refuse")]
    assert form.action == "/refuse?page=2"
    assert {"title": "Chor", "text": TEXT, "key": "k1"}.items() <= dict(form.filled()).items()
    assert "geheim-und-lang" not in answer.text


@pytest.mark.parametrize(
    "name", ["password", "new_password", "new_password_confirm", "code", "words"]
)
def test_no_page_repeats_a_secret(refusing: FlaskClient, name: str) -> None:
    assert (
        "geheim-und-lang" not in refusing.post("/refuse", data={name: "geheim-und-lang"}).text
    )


def test_htmx_is_told_why_in_the_notice(refusing: FlaskClient) -> None:
    htmx = {"HX-Request": "true", "HX-Request-Type": "partial"}
    answer = refusing.post("/refuse", headers=htmx)
    assert (answer.status_code, answer.headers["HX-Retarget"]) == (409, "#notice")
    assert "<html" not in answer.text


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_form_without_its_token_is_refused_and_can_be_sent_again(
    app: Flask, refusing: FlaskClient, scheme: str
) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    place = {
        "base_url": f"{scheme}://localhost",
        "headers": {"Referer": f"{scheme}://localhost/"},
    }
    answer = refusing.post("/refuse", data={"text": TEXT}, **place)
    assert answer.status_code == 400
    (form,) = [f for f in Page("/", answer.text).forms if f.action == "/refuse"]
    again = refusing.post("/refuse", data=dict(form.filled()), **place)
    assert again.status_code == 409


def test_what_is_too_large_is_refused_before_it_is_read(
    app: Flask, refusing: FlaskClient
) -> None:
    app.config["MAX_FORM_MEMORY_SIZE"] = 1000
    assert refusing.post("/refuse", data={"text": "x" * 2000}).status_code == 413


@pytest.mark.parametrize("number", [2**31, 10**30])
def test_numbers_too_large_for_a_database_are_not_found(app: Flask, number: int) -> None:
    app.add_url_rule("/row/<id:row>", view_func=lambda row: str(row))
    assert app.test_client().get(f"/row/{number}").status_code == 404
    assert app.test_client().get("/row/7").text == "7"


def test_behind_tls_the_cookie_belongs_to_this_host_only(tmp_path: object) -> None:
    app = create_app(
        DATA=tmp_path,
        JOBS="now",
        SECRET_KEY="x",
        TESTING=True,
        PUBLIC_URL="https://osi.example",
    )
    answer = app.test_client().get("/", base_url="https://osi.example")
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-session=")
    assert all(word in cookie for word in ("Secure", "HttpOnly", "Path=/", "SameSite=Lax"))


def test_without_a_secret_there_is_no_app(
    monkeypatch: pytest.MonkeyPatch, tmp_path: object
) -> None:
    monkeypatch.delenv("OSI_SECRET_KEY", raising=False)
    with pytest.raises(RuntimeError, match="OSI_SECRET_KEY"):
        create_app(DATA=tmp_path)
