"""Publishing the results of a survey: which figures, and who is told."""

from flask import current_app, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from core import clock, web
from core.db import db
from people.current import find
from surveys.models import Survey
from surveys.reporting import freezing, publishing
from surveys.responses import wishing
from surveys.routes import published
from surveys.routes.desk import bp


@bp.get("/<slug>/publication")
def publication(slug: str) -> ResponseReturnValue:
    """What everyone may read of a survey, and how many wait for it."""
    return _page(find(Survey, slug=slug))


@bp.post("/<slug>/publication")
def publish(slug: str) -> ResponseReturnValue:
    """Let everyone read the figures ticked, and tell those who wanted to hear of it."""
    survey = find(Survey, slug=slug)
    try:
        publishing.publish(db.session, survey, request.form.getlist("code"), clock.now())
    except (publishing.NothingToRead, freezing.TooFew) as refusal:
        db.session.rollback()
        return _page(find(Survey, slug=slug), gettext(refusal.reason)), 422

    waiting = wishing.wishes(db.session, survey.id)
    db.session.commit()
    published.tell_all.later(survey.id)
    said = gettext("Everyone can read the results now.")
    if waiting:
        told = ngettext("%(num)s person gets a mail.", "%(num)s people get a mail.", waiting)
        said = f"{said} {told}"
    return web.back(url_for(".publication", slug=slug), said)


@bp.post("/<slug>/publication/removal")
def take_back(slug: str) -> ResponseReturnValue:
    survey = find(Survey, slug=slug)

    publishing.take_back(survey)
    db.session.commit()
    return web.back(url_for(".publication", slug=slug), gettext("Nobody can read them now."))


def _page(survey: Survey, trouble: str = "") -> str:
    chosen = request.form.getlist("code") if trouble else None
    figures = freezing.frozen_of(db.session, survey.project_id, survey=survey)
    return render_template(
        "surveys/publication.html",
        survey=survey,
        figures=figures,
        ticked={
            each.code
            for each in figures
            if (each.is_public if chosen is None else each.code in chosen)
        },
        waiting=wishing.wishes(db.session, survey.id),
        address=f"{current_app.config['PUBLIC_URL']}/s/{survey.slug}/results",
        unreachable=web.only_here(),
        trouble=trouble,
    )
