"""Writing to everybody who wants to hear what becomes of the ideas."""

from datetime import datetime

from flask import current_app, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from core import clock, mail, web
from core.db import db
from core.errors import Refusal
from core.i18n import language
from people.current import current_staff, find
from workshop.following import telling
from workshop.following.forms import TellingForm
from workshop.following.telling import Recipient
from workshop.models import Workshop
from workshop.routes.desk import bp
from workshop.routes.followers import PURPOSE, keys, letter


@bp.get("/<slug>/followers")
def followers(slug: str) -> ResponseReturnValue:
    """Who can be told by mail, and what is new for them."""
    return _page(find(Workshop, slug=slug), TellingForm())


@bp.post("/<slug>/followers")
def tell_followers(slug: str) -> ResponseReturnValue:
    workshop, form = find(Workshop, slug=slug), TellingForm()
    if not form.validate():
        return _page(workshop, form), 422

    try:
        number = _tell(workshop, form, clock.now())
    except Refusal as refusal:
        db.session.rollback()
        form.form_errors = [gettext(refusal.reason)]
        return _page(workshop, form), 409
    said = ngettext("%(num)s mail is written.", "%(num)s mails are written.", number)
    return web.back(url_for(".followers", slug=slug), said)


def _tell(workshop: Workshop, form: TellingForm, now: datetime) -> int:
    """Write to everybody what is new, all of it or nothing; return to how many.

    :raise NothingNew: when there is nothing to tell
    :raise NobodyFollows: when there is nobody to tell it
    """
    found = telling.news(db.session, workshop)
    people = telling.recipients(db.session, keys(), workshop)
    words, by, key = form.words.data, current_staff().called, form.key.data
    if telling.note_telling(db.session, workshop, key, words, len(people), by, now):
        if not found:
            raise telling.NothingNew
        if not people:
            raise telling.NobodyFollows
        whose = {"purpose": PURPOSE, "reply_to": current_staff().email}
        for each in people:
            subject, text = letter(workshop, found, words, each)
            mail.send(each.address, subject, text, project_id=workshop.project_id, **whose)
    db.session.commit()
    return len(people)


def _page(workshop: Workshop, form: TellingForm) -> str:
    found = telling.news(db.session, workshop)
    here = Recipient("…", "", language())
    return render_template(
        "workshop/followers.html",
        workshop=workshop,
        form=form,
        number=telling.followers(db.session, workshop),
        news=found,
        example=letter(workshop, found, form.words.data or "", here) if found else None,
        tellings=telling.tellings(db.session, workshop),
        resting=not current_app.config["SMTP_URL"],
    )
