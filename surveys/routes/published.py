"""The results of a survey for everyone, and for those who wanted to hear of them."""

from pathlib import Path

from flask import Blueprint, abort, current_app, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale, gettext

from core import jobs, logs, mail, web
from core.db import db
from core.errors import Refusal
from core.languages import FALLBACK
from surveys.definition import text_in, titles_of
from surveys.fieldwork import starting
from surveys.models import State, Survey
from surveys.questionnaires.tongues import spoken
from surveys.reporting import publishing
from surveys.responses import wishing
from surveys.routes import receiving, visiting
from surveys.routes.frozen import for_everyone

bp = Blueprint("published", __name__)
logs.leave_out(bp)
PURPOSE = mail.fleeting("results")


@bp.get("/s/<slug>/results")
def read(slug: str) -> ResponseReturnValue:
    """The results for everyone: frozen figures, and how the survey was done."""
    here = visiting.visit(slug)
    survey = visiting.survey_of(here)
    figures = publishing.published_figures(db.session, survey)
    if not survey.published or not figures:
        abort(404)
    return visiting.framed(
        "surveys/public/results.html",
        here,
        survey=survey,
        figures=[(each, for_everyone(each)) for each in figures],
        is_open=survey.state == State.OPEN,
    )


@bp.post("/s/<slug>/results/wish")
def wish(slug: str) -> ResponseReturnValue:
    """Keep the address of somebody who has handed in and wants to hear the results."""
    here = visiting.visit(slug)
    if not (here.response and here.response.submitted):
        abort(404)
    typed, survey_id = request.form.get("address", ""), here.place.survey_id
    try:
        number = wishing.wish(db.session, visiting.keys(), survey_id, typed, here.language)
    except Refusal as refusal:
        return receiving.page(here, typed=typed, trouble=gettext(refusal.reason)), 422

    if (former := visiting.wished(slug)) and former != number:
        wishing.give_up(db.session, _data(), survey_id, former)
    db.session.commit()
    session["wishes"] = session.get("wishes", {}) | {slug: number}
    if visiting.survey_of(here).published:  # since the page was shown
        tell_all.later(survey_id)
    said = gettext("We write to you once, when the results are there.")
    return web.back(url_for("receiving.show", slug=slug, _anchor="results"), said)


@bp.post("/s/<slug>/results/wish/removal")
def give_up(slug: str) -> ResponseReturnValue:
    here = visiting.visit(slug)

    if number := visiting.wished(slug):
        wishing.give_up(db.session, _data(), here.place.survey_id, number)
        db.session.commit()
        session["wishes"].pop(slug)
        session.modified = True
    said = gettext("Your address is deleted.")
    return web.back(url_for("receiving.show", slug=slug, _anchor="results"), said)


@jobs.task
def tell_all(survey_id: int) -> None:
    """Write to those who wanted to hear the results, once each, and delete their addresses."""
    survey = db.session.get(Survey, survey_id)
    while survey and publishing.is_readable(db.session, survey):
        told = wishing.fulfil(db.session, _data(), visiting.keys(), survey.id)
        if told is None:
            return
        address, language = told
        if address:
            subject, text = _mail(survey, language)
            mail.send(address, subject, text, purpose=PURPOSE, project_id=survey.project_id)
        db.session.commit()


@jobs.every(minutes=15)
def tell_the_rest() -> None:
    """Write to whom a crash left waiting."""
    for survey_id in wishing.waiting(db.session):
        tell_all.later(survey_id)


def _data() -> Path:
    folder: Path = current_app.config["DATA"]
    return folder


def _mail(survey: Survey, language: str) -> tuple[str, str]:
    """Return the subject and the text of the mail that tells of the results."""
    link = web.public(f"/s/{survey.slug}/results")
    titles = titles_of(survey.title, starting.latest(db.session, survey))
    with force_locale(spoken(language)):
        title = text_in(titles, language, FALLBACK)[0]
        subject = gettext("Results: %(title)s", title=title)
        text = gettext(
            "Hello,\n\nyou took part in the survey “%(title)s” and wanted to hear its results. "
            "Here they are:\n%(link)s\n\nThank you for your answers. We have deleted your "
            "address from the survey; there will be no further mail.",
            title=title,
            link=link,
        )
    return str(subject), str(text)
