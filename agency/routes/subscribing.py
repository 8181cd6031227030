"""Dates in one's own calendar: the link, and what a program reads behind it."""

from urllib.parse import urlsplit

from flask import Blueprint, Response, abort, current_app, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale, gettext

from agency import subscribing
from agency.routes.agency import desk
from core import clock, ical, limits, logs, web
from core.db import db
from core.i18n import LANGUAGES, language
from core.keys import Keyring
from core.languages import locale_of
from people.current import current_membership, open_to
from people.models import Membership, Project, Role

feed = Blueprint("feed", __name__)
logs.leave_out(feed)
READERS = (Role.ADVISER, Role.COUNSELLOR, Role.TASK_FORCE)


@desk.get("/subscription")
@open_to(*READERS)
def subscription() -> ResponseReturnValue:
    """Show a member the link that is theirs, if they have one."""
    link = subscribing.link_of(db.session, current_membership())
    path = url_for("feed.dates", key=subscribing.key_of(_keys(), link)) if link else ""
    return render_template(
        "agency/subscription.html",
        link=link,
        address=web.public(path),
        only_here=web.only_here(),
        tongues=LANGUAGES,
        tongue=link.language if link else language(),
    )


@desk.post("/subscription")
@open_to(*READERS)
def renew_subscription() -> ResponseReturnValue:
    member = current_membership()

    subscribing.renew(db.session, _keys(), member, _chosen() or language(), clock.now())
    db.session.commit()
    return web.back(url_for(".subscription"), gettext("Your link is made."))


@desk.post("/subscription/language")
@open_to(*READERS)
def speak_in_subscription() -> ResponseReturnValue:
    """Say the words of the Werkstatt behind one's link in another language."""
    chosen = _chosen() or abort(422)

    subscribing.speak(db.session, current_membership(), chosen)
    db.session.commit()
    return web.back(url_for(".subscription"), gettext("Saved."))


@desk.post("/subscription/removal")
@open_to(*READERS)
def end_subscription() -> ResponseReturnValue:
    subscribing.end(db.session, current_membership())
    db.session.commit()
    return web.back(url_for(".subscription"), gettext("Your link opens nothing any more."))


@feed.get("/calendar/<key>.ics")
def dates(key: str) -> ResponseReturnValue:
    """Give a calendar program what its owner may know."""
    link = subscribing.link_with(db.session, _keys(), key)
    if link is None:
        limits.wrong("calendar")
        abort(404)
    with force_locale(locale_of(link.language)):
        content = _calendar(link.membership)
    headers = {"X-Robots-Tag": "noindex, nofollow"}
    return Response(content, mimetype="text/calendar", headers=headers)


def _calendar(reader: Membership) -> bytes:
    project = db.session.get_one(Project, reader.project_id)
    entries = ical.entries_for(db.session, reader)
    host = urlsplit(current_app.config["PUBLIC_URL"]).hostname or "localhost"
    return ical.write(entries, project.name, host, clock.now(), language())


def _chosen() -> str:
    """Return the language that was sent, if it is one of ours."""
    sent = request.form.get("language", "")
    return sent if sent in LANGUAGES else ""


def _keys() -> Keyring:
    keys: Keyring = current_app.extensions["keys"]
    return keys
