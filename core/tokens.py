"""The tokens of forms, written and compared in front of the app as Flask-WTF does within it."""

import secrets
from collections.abc import Mapping
from hmac import compare_digest
from typing import Any

from flask_wtf.csrf import same_origin
from itsdangerous import BadData, URLSafeTimedSerializer

from core.front import Environ
from core.shelf import Shelf

SALT = "wtf-csrf-token"  # with which Flask-WTF signs them
NAME = "csrf_token"  # in forms, and in what a browser remembers


class Tokens:
    """The tokens of one app."""

    def __init__(self, app: Any) -> None:
        self._signer = URLSafeTimedSerializer(app.secret_key, salt=SALT)
        self._limit = app.config["WTF_CSRF_TIME_LIMIT"]
        self._opened: Shelf[str] = Shelf(10_000)

    def sign(self, browser: Mapping[str, Any]) -> str:
        """Return the token for the forms of a browser that remembers what it is made of."""
        return str(self._signer.dumps(browser[NAME]))

    def begun(self, browser: Mapping[str, Any]) -> dict[str, Any]:
        """Return what a browser is to remember, so that it can be sent forms."""
        return {**browser, NAME: browser.get(NAME) or secrets.token_hex(20)}

    def fits(self, browser: Mapping[str, Any], sent: str, environ: Environ) -> bool:
        """Tell whether a form comes from a page that we have sent to this browser."""
        try:
            signed = self._opened.get(sent, lambda: self._open(sent))
        except BadData:
            return False
        if not compare_digest(signed.encode(), str(browser.get(NAME, "")).encode()):
            return False
        if environ["wsgi.url_scheme"] != "https":
            return True
        host = f"https://{environ.get('HTTP_HOST', '')}/"
        return bool(same_origin(environ.get("HTTP_REFERER", ""), host))

    def _open(self, sent: str) -> str:
        return str(self._signer.loads(sent, max_age=self._limit))
