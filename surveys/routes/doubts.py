"""Free texts from ODK Collect that may tell who somebody is: worded anew, or left as they are.

The app asks nobody back while somebody sits there, so the counsellor is asked afterwards.
"""

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from core import web
from core.db import db
from people.current import current_project
from surveys.odk import doubting
from surveys.odk.doubting import Doubtful
from surveys.questionnaires.recognising import finds
from surveys.questionnaires.understanding import LONGEST, lines
from surveys.routes import sealing_off
from surveys.routes.conversations import bp, counsellors, current_provider, own
from surveys.routes.storing import until_saved
from surveys.routes.telling import marked

Place = tuple[str, str]


@bp.get("/doubts")
@counsellors
def doubts() -> ResponseReturnValue:
    """The free texts of one's own provider that nobody has looked at yet."""
    return _page()


@bp.post("/<code>/doubts/<field>")
@counsellors
def settle(code: str, field: str) -> ResponseReturnValue:
    """Keep a text as it is typed now; one that still stands out only when that is meant."""
    return until_saved(lambda: _settle(code, field))


def _settle(code: str, field: str) -> ResponseReturnValue:
    own(code)
    found = next((each for each in _mine() if _place(each) == (code, field)), None)
    doubt = found or abort(404)
    text = lines(request.form.get("text", ""))
    if trouble := _trouble(text, stays=request.form.get("go") == "stay"):
        return _page({_place(doubt): text}, {_place(doubt): trouble}), 422

    doubting.settle(db.session, doubt, text)
    db.session.commit()
    if text != doubt.text:
        sealing_off.scour.later()  # the earlier wording
    return web.back(url_for(".doubts"), gettext("Thank you. The answer is kept like this."))


def _trouble(text: str, *, stays: bool) -> str:
    if len(text) > LONGEST:
        return str(gettext("This is too long. Please shorten it."))
    if not stays and finds(text):
        return str(gettext("Something in it still stands out. Change it, or let it stay."))
    return ""


def _mine() -> list[Doubtful]:
    return doubting.doubtful(db.session, current_project().id, current_provider())


def _place(doubt: Doubtful) -> Place:
    return doubt.code, doubt.field


def _page(
    typed: dict[Place, str] | None = None, troubles: dict[Place, str] | None = None
) -> str:
    return render_template(
        "surveys/conversations/doubts.html",
        doubts=[(each, marked(each.text, finds(each.text))) for each in _mine()],
        place_of=_place,
        typed=typed or {},
        troubles=troubles or {},
        longest=LONGEST,
    )
