"""Speaking with a link: somebody without an account lends her voice to one language."""

from collections.abc import Callable
from functools import wraps

from flask import Blueprint, Response, abort, session
from flask.typing import ResponseReturnValue
from flask_babel import force_locale

from core import limits, logs, web
from core.db import db
from core.i18n import LANGUAGES
from surveys.questionnaires.tongues import spoken
from surveys.routes import booths, visiting
from surveys.routes.booths import Booth
from surveys.routes.speaking import ALL_FILES, ROOM_FOR_FIELDS
from surveys.sounds import LARGEST, inviting

bp = Blueprint("speakers", __name__, url_prefix="/speak/<token>")
logs.leave_out(bp)


def with_link(view: Callable[..., ResponseReturnValue]) -> Callable[..., ResponseReturnValue]:
    """Open the booth that a link leads to, in the language of who speaks there."""

    @wraps(view)
    def opened(token: str, **values: str) -> ResponseReturnValue:
        link = inviting.opened(db.session, visiting.keys(), token)
        if link is None:
            limits.wrong("speakers")
            abort(404)
        chosen = str(session.get("language", ""))
        ours = spoken(chosen if chosen in LANGUAGES else link.language)
        with force_locale(ours):
            page = "surveys/public/speaking_texts.html"
            return view(booths.booth_of(link.survey, link.language, page, link), **values)

    return opened


@bp.get("")
@with_link
def texts(booth: Booth) -> ResponseReturnValue:
    """All texts of the language, and whether each is spoken."""
    return booths.listed(booth)


@bp.get("/texts/<name>")
@with_link
def text(booth: Booth, name: str) -> ResponseReturnValue:
    """One text to be spoken."""
    return booths.shown(booth, booth.task(name))


@bp.post("/texts/<name>")
@web.takes(LARGEST + ROOM_FOR_FIELDS)
@with_link
def keep(booth: Booth, name: str) -> ResponseReturnValue:
    return booths.keep(booth, booth.task(name))


@bp.post("/removals/<name>")
@with_link
def remove(booth: Booth, name: str) -> ResponseReturnValue:
    return booths.remove(booth, booth.task(name))


@bp.post("/files")
@web.takes(ALL_FILES)
@with_link
def keep_files(booth: Booth) -> ResponseReturnValue:
    return booths.keep_files(booth)


@bp.get("/sound/<digest>.m4a")
@with_link
def sound(booth: Booth, digest: str) -> Response:
    return booths.played(booth, digest)
