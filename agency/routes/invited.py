"""The page behind the link of an invitation: will you come? No account, no script."""

from urllib.parse import urlsplit

from flask import Blueprint, abort, current_app, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from agency.meetings import holding, inviting
from agency.meetings.models import Answer, Guest, Meeting
from agency.routes.meetings import entry_of
from core import clock, ical, limits, logs, web
from core.db import db
from core.downloading import download
from people.models import Project

invited = Blueprint("invited", __name__)
logs.leave_out(invited)


@invited.get("/m/<key>")
def page(key: str) -> ResponseReturnValue:
    """When and where, and what was answered so far."""
    return _show(key, _open(key))


@invited.get("/m/<key>/meeting.ics")
def dates(key: str) -> ResponseReturnValue:
    """The meeting for the guest's own calendar."""
    meeting = db.session.get_one(Meeting, _open(key).meeting_id)
    host = urlsplit(current_app.config["PUBLIC_URL"]).hostname or "localhost"
    content = ical.write([entry_of(meeting)], meeting.title, host, clock.now())
    return download(content, "ics", "meeting")


@invited.post("/m/<key>")
def answer(key: str) -> ResponseReturnValue:
    """Say whether one comes; until the meeting is over it can be changed."""
    guest = _open(key)
    said = request.form.get("answer", "")
    if said not in (Answer.YES, Answer.NO):
        return _show(key, guest, gettext("Please choose from what stands there.")), 422
    if holding.ends(db.session.get_one(Meeting, guest.meeting_id)) < clock.now():
        return _show(key, guest, gettext("This meeting is over.")), 409

    inviting.answer(db.session, guest, Answer(said), clock.now())
    db.session.commit()
    said = gettext("Thank you. You can change it here until the meeting is over.")
    return web.back(url_for(".page", key=key), said)


def _open(key: str) -> Guest:
    """Return whose link it is; one that opens nothing is counted, and nowhere."""
    guest = inviting.guest_with(db.session, key)
    if guest is None:
        limits.wrong("meeting")
        abort(404)
    return guest


def _show(key: str, guest: Guest, trouble: str = "") -> str:
    meeting = db.session.get_one(Meeting, guest.meeting_id)
    return render_template(
        "agency/meetings/invited.html",
        key=key,
        guest=guest,
        meeting=meeting,
        ends=holding.ends(meeting),
        is_over=holding.ends(meeting) < clock.now(),
        project=db.session.get_one(Project, meeting.project_id).name,
        survey_title=meeting.title,
        trouble=trouble,
    )
