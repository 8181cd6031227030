"""Pausing with a card, and going on with its words or its square, on whatever device."""

from flask import Blueprint, abort, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale

from core import limits, logs, qr
from core.db import db
from surveys.models import Survey
from surveys.responses import pausing
from surveys.responses.pausing import NoSuchCard
from surveys.routes import visiting
from surveys.routes.visiting import closed, framed, is_open, visit

bp = Blueprint("resuming", __name__)
logs.leave_out(bp)


@bp.get("/s/<slug>/pause")
def pause(slug: str) -> ResponseReturnValue:
    """The card with which somebody goes on later."""
    here = visit(slug)
    if not is_open(here):
        return closed(here)
    if here.response is None:
        return redirect(url_for("answering.survey", slug=slug), 303)
    card = pausing.card_for(db.session, visiting.keys(), here.response.id)
    db.session.commit()
    address = f"{current_app.config['PUBLIC_URL']}/r"
    return framed(
        "surveys/public/pause.html",
        here,
        words=pausing.words_of(card, here.language),
        address=address.partition("://")[2],
        square=qr.square(f"{address}/{pausing.address_of(card)}"),
    )


@bp.get("/r")
def words() -> ResponseReturnValue:
    """Where the words of a card are typed."""
    return render_template("surveys/public/resume.html", typed="", amiss="")


@bp.post("/r")
def resume() -> ResponseReturnValue:
    """Go on with the words of a card. Only wrong words make others wait."""
    typed = request.form.get("words", "")
    try:
        return _go_on(typed[:400])
    except NoSuchCard as amiss:
        return _wrong(typed, amiss.reason)


@bp.get("/r/<card>")
def card(card: str) -> ResponseReturnValue:
    """Go on with the square of a card.

    A link on a page of others could bring somebody to answers that are not theirs, and they
    would go on writing there; so from elsewhere it takes one more press.
    """
    if request.headers.get("Sec-Fetch-Site") in ("cross-site", "same-site"):
        return render_template("surveys/public/resume.html", typed=card[:200], amiss="")
    try:
        return _go_on(card)
    except NoSuchCard as amiss:
        return _wrong("", amiss.reason)


def _go_on(typed: str) -> ResponseReturnValue:
    response = pausing.response_with(db.session, visiting.keys(), typed)
    survey = db.session.get(Survey, response.survey_id) or abort(404)
    visiting.remember(survey.slug, response.id)
    return redirect(url_for("answering.survey", slug=survey.slug), 303)


def _wrong(typed: str, reason: str) -> ResponseReturnValue:
    limits.wrong("cards")
    html = render_template(
        "surveys/public/resume.html", typed=typed, amiss=reason, language=str(get_locale())
    )
    return html, 422
