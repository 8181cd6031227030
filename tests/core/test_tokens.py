"""Forms are told from forged ones in front of the app as within it."""

import pytest
from flask import Flask
from flask_wtf.csrf import generate_csrf, validate_csrf

from core.tokens import Tokens

PLAIN = {"wsgi.url_scheme": "http"}


@pytest.fixture
def tokens(app: Flask) -> Tokens:
    return Tokens(app)


def test_both_take_the_tokens_of_each_other(app: Flask, tokens: Tokens) -> None:
    with app.test_request_context():
        from flask import session  # noqa: PLC0415 - of this request

        given = generate_csrf()
        assert tokens.fits(session, given, PLAIN)
        validate_csrf(tokens.sign(session))


@pytest.mark.parametrize("sent", ["", "made-up", "é"])
def test_a_forged_token_and_that_of_another_browser_fit_nowhere(
    tokens: Tokens, sent: str
) -> None:
    assert not tokens.fits({"csrf_token": "a"}, sent, PLAIN)
    assert not tokens.fits({"csrf_token": "a"}, tokens.sign({"csrf_token": "b"}), PLAIN)
    assert not tokens.fits({}, tokens.sign({"csrf_token": "b"}), PLAIN)


def test_over_tls_a_form_comes_from_a_page_of_this_site(tokens: Tokens) -> None:
    browser = {"csrf_token": "a"}
    secure = {"wsgi.url_scheme": "https", "HTTP_HOST": "a.example"}
    for page, fits in (("https://a.example/w/X", True), ("https://b.example/", False)):
        sent = tokens.sign(browser)
        assert tokens.fits(browser, sent, secure | {"HTTP_REFERER": page}) is fits
    assert not tokens.fits(browser, tokens.sign(browser), secure)
