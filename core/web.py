"""How the app answers: with whole pages, swapped parts, shared parts and refusals."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar
from urllib.parse import urlsplit

from flask import Blueprint, Flask, current_app, flash, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_compress import Compress
from flask_wtf.csrf import CSRFProtect
from htmx_flask import Htmx, make_response, request
from jinja2 import StrictUndefined
from markupsafe import Markup
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException
from werkzeug.routing import IntegerConverter, Map

from core import logs
from core.errors import Refusal, message
from core.i18n import language
from core.models import Versioned

TITLES = {
    400: message("This form is out of date"),
    401: message("Please open your link first"),
    403: message("This is not yours to do"),
    404: message("Nothing here"),
    405: message("Nothing here"),
    409: message("That is not possible"),
    413: message("That is too large"),
    422: message("Something is missing"),
    429: message("Too many attempts"),
    503: message("Not saved"),
}
REASONS = {
    400: message("The page was open in an older session. Please send it once more."),
    401: message("Please open the link in your invitation, or join again with the code."),
    403: message("Your role in this project does not include this. Ask a facilitator."),
    404: message("There is nothing here, or nothing for you. Please check the address."),
    405: message("There is nothing here, or nothing for you. Please check the address."),
    413: message("What you sent is too large. Please send less at once."),
    422: message("Please check what you entered."),
    429: message("Please wait a minute, then try again."),
    503: message("This was not saved. Please try once more in a moment."),
}
ANY_OTHER_TITLE = message("This did not work")
ANY_OTHER_REASON = message("The mistake is ours. Please try once more.")
View = TypeVar("View", bound=Callable[..., Any])
LOOPBACK = {"127.0.0.1", "::1", "localhost"}
KEPT_APART = {
    "code",
    "csrf_token",
    "key",
    "mfa_code",
    "words",
}  # and passwords, by whatever name

compress = Compress()
csrf = CSRFProtect()
htmx = Htmx()


MOST_ROWS = 2**31 - 1


class RowId(IntegerConverter):
    """A number that fits into a database; larger ones are not found."""

    def __init__(self, map: Map) -> None:
        super().__init__(map, max=MOST_ROWS)


def row_id(text: str) -> int:
    """Return a number of a form or query that fits into a database.

    :raise ValueError: when it is none, or too large
    """
    number = int(text)
    if not 0 <= number <= MOST_ROWS:
        raise ValueError(text)
    return number


def init_app(app: Flask) -> None:
    compress.init_app(app)
    app.before_request(_limit_forms)  # before anything reads one
    csrf.init_app(app)
    htmx.init_app(app)
    app.extensions["shared parts"] = {}
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.url_map.converters["id"] = RowId
    app.register_error_handler(Refusal, _refused)
    app.register_error_handler(HTTPException, lambda error: refuse(error.code or 500))
    app.register_error_handler(OperationalError, lambda error: _failed(503, error))
    app.register_error_handler(Exception, lambda error: _failed(500, error))


def wants_part() -> bool:
    """Tell whether htmx asks for a part; htmx-flask 0.1 does not know this header of htmx 4."""
    return bool(request.htmx) and request.headers.get("HX-Request-Type") == "partial"


def back(page: str, notice: str, *, undo: str = "") -> ResponseReturnValue:
    """Send the browser to *page*, which shows the *notice* on top, if there is one.

    With the address that takes the act back, the notice brings a button for it.
    """
    if notice:
        flash(notice, undo or "message")
    return redirect(page, 303)


def public(path: str) -> str:
    """Return the address of *path* for mail and paper, as the operator has named this site."""
    return f"{current_app.config['PUBLIC_URL']}{path}"


def only_here() -> bool:
    """Tell whether the address of this site leads nowhere from any other device."""
    return urlsplit(current_app.config["PUBLIC_URL"]).hostname in LOOPBACK


def swap(part: str, *, otherwise: str, notice: str, **context: object) -> ResponseReturnValue:
    """Answer htmx with a *part* of the page, anyone else with the way back to the page.

    The event ``changed`` makes the live parts of the page look again at once.
    """
    if not wants_part():
        return back(otherwise, notice)
    if notice:
        flash(notice)
    html = render_template(part, **context) + render_template("_notice.html", swapped=True)
    answer: ResponseReturnValue = make_response(html, trigger="changed")
    return answer


def shared(
    part: str, row: Versioned, context: Callable[[], Mapping[str, object]], *facets: object
) -> Markup:
    """Render *part* once per version of *row*, language and *facets*, however many look.

    So it must hold nothing personal, and no token. The version was read before the
    *context* is: newer content under an older version is replaced by the next look.
    """
    kept: dict[object, tuple[int, Markup]] = current_app.extensions["shared parts"]
    place, version = (part, type(row), row.id, language(), *facets), row.version
    kept_version, html = kept.get(place, (None, Markup()))
    if kept_version != version:
        html = Markup(render_template(part, **context()))  # noqa: S704 - our own template
        kept[place] = version, html
    return html


def kept(app: Flask, place: tuple[object, ...], version: int) -> str:
    """Return a shared part as it was rendered for a version, if it was; no app is needed.

    *place* is its template, the type and number of its row, the language and the facets.
    """
    kept_version, html = app.extensions["shared parts"].get(place, (None, ""))
    return str(html) if kept_version == version else ""


def refuse(code: int, reason: str = "") -> ResponseReturnValue:
    """Show the reason where htmx can place it, or on a page of its own.

    On a page of its own stands all that was typed, to be copied or sent once more.
    """
    reason = reason or gettext(REASONS.get(code, ANY_OTHER_REASON))
    title = gettext(TITLES.get(code, ANY_OTHER_TITLE))
    if wants_part():
        html = render_template("_refusal.html", title=title, reason=reason)
        answer: ResponseReturnValue = make_response(
            html, code, retarget="#notice", reswap="innerHTML"
        )
        return answer
    typed = _typed() if code not in (404, 413) else []
    return render_template("refusal.html", title=title, reason=reason, typed=typed), code


def takes(most: int) -> Callable[[View], View]:
    """Let a view take uploads of more bytes than others do."""

    def mark(view: View) -> View:
        view.largest = most  # type: ignore[attr-defined]
        return view

    return mark


def when_not_saved(blueprint: Blueprint, answer: Callable[[], ResponseReturnValue]) -> None:
    """Let a blueprint say in its own way that the database did not answer."""

    def told(error: OperationalError) -> ResponseReturnValue:
        logs.incident(error)
        return answer()

    blueprint.register_error_handler(OperationalError, told)


def _limit_forms() -> None:
    """Let only uploads be large; Werkzeug limits the fields of those, not of plain forms."""
    if request.mimetype != "multipart/form-data":
        request.max_content_length = current_app.config["MAX_FORM_MEMORY_SIZE"]
        return
    view = current_app.view_functions.get(request.endpoint or "")
    if largest := getattr(view, "largest", 0):
        request.max_content_length = largest


def _failed(code: int, error: Exception) -> ResponseReturnValue:
    """Log what nobody expected, and tell the person the number by which it is found."""
    if current_app.testing and code == 500:
        raise error
    number = logs.incident(error)
    reason = gettext(REASONS.get(code, ANY_OTHER_REASON))
    return refuse(
        code, f"{reason} {gettext('Number of this incident: %(number)s.', number=number)}"
    )


def _refused(refusal: Refusal) -> ResponseReturnValue:
    return refuse(409, gettext(refusal.reason, **refusal.values))


def _typed() -> list[tuple[str, str]]:
    """List the names and values of the form that was sent, without keys and passwords."""
    if request.method != "POST":
        return []
    pairs = request.form.items(multi=True)
    return [
        (name, value)
        for name, value in pairs
        if value and name not in KEPT_APART and "password" not in name
    ]
