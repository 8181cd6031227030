"""What every answer tells the browser about what it may do."""

from collections.abc import Callable, Iterable
from typing import Any

from flask import Flask, Response, request
from werkzeug.middleware.proxy_fix import ProxyFix

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; "
    "img-src 'self'; media-src 'self'; font-src 'self'; connect-src 'self'; "
    "manifest-src 'self'; "
    "worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    # Not no-referrer: Flask-WTF compares the referrer of every form sent over HTTPS.
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
HTTPS_ONLY = "max-age=63072000; includeSubDomains"
ALWAYS = [*HEADERS.items()]
ALWAYS_HTTPS = [*ALWAYS, ("Strict-Transport-Security", HTTPS_ONLY)]
REVALIDATED = "private, no-cache"  # of one browser only, and never shown without asking
WITH_MICROPHONE = {
    "Content-Security-Policy": HEADERS["Content-Security-Policy"].replace(
        "media-src 'self'", "media-src 'self' blob:"
    ),
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(self)",
}  # for the one page on which people speak; blob: is what they have just said


def init_app(app: Flask) -> None:
    app.after_request(keep_private)
    app.wsgi_app = Protection(app.wsgi_app)  # type: ignore[method-assign]
    proxies = app.config["PROXIES"]
    if proxies:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=proxies, x_proto=proxies, x_host=proxies
        )


class Protection:
    """Allow only what this site serves itself.

    The headers are written once and put in front of those of every answer, also of one
    that no hook of the app has seen.
    """

    def __init__(self, go_on: Callable[..., Iterable[bytes]]) -> None:
        self._go_on = go_on

    def __call__(
        self, environ: dict[str, Any], start_response: Callable[..., Any]
    ) -> Iterable[bytes]:
        prepared = ALWAYS_HTTPS if environ["wsgi.url_scheme"] == "https" else ALWAYS

        def start(status: str, headers: list[tuple[str, str]], *error: Any) -> Any:
            own = [name for name, _ in headers if name in WITH_MICROPHONE]
            ours = [each for each in prepared if each[0] not in own] if own else prepared
            return start_response(status, ours + headers, *error)

        return self._go_on(environ, start)


def keep_private(response: Response) -> Response:
    """Keep pages out of memories; in them may stay what never changes, or is asked for anew."""
    said = response.headers.get("Cache-Control", "")
    kept = "immutable" in said or said == REVALIDATED
    if request.endpoint != "static" and not kept:
        response.headers["Cache-Control"] = "no-store"
    return response
