"""What the team heard about one invitation: that the mail came back, or a no by phone."""

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from core import clock, web
from core.db import db
from surveys.fieldwork import inviting, writing
from surveys.fieldwork.inviting import Invited
from surveys.fieldwork.writing import Note
from surveys.models import Survey
from surveys.routes.invitations import bp, survey_with_links
from surveys.routes.visiting import keys
from surveys.routes.wording import NOTES, STEPS


@bp.get("/of/<code>")
def invitation(slug: str, code: str) -> ResponseReturnValue:
    """How far one invitation has come, and what is noted about it."""
    survey = survey_with_links(slug)
    each = _invited(survey, code)
    return render_template(
        "surveys/invitation.html",
        survey=survey,
        each=each,
        noted=writing.noted(each.invitation),
        pointer=writing.pointer_of(keys(), each.invitation),
        NOTES=NOTES,
        STEPS=STEPS,
    )


@bp.post("/of/<code>")
def note(slug: str, code: str) -> ResponseReturnValue:
    """Note what was heard; it can be changed at any time."""
    survey = survey_with_links(slug)
    each = _invited(survey, code)
    said = request.form.get("note", "")
    if said not in set(Note):
        abort(400)

    writing.note(each.invitation, Note(said), clock.now())
    db.session.commit()
    return web.back(url_for(".index", slug=slug), gettext("It is noted."))


def _invited(survey: Survey, code: str) -> Invited:
    found = inviting.invited(db.session, survey)
    return next((each for each in found if each.organisation.code == code), None) or abort(404)
