"""The door behind a personal invitation: begin, go on, or say no."""

from flask import Blueprint, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from core import clock, logs
from core.db import db
from surveys.fieldwork import inviting, writing
from surveys.models import Channel, Invitation, Kind, State, Survey
from surveys.questionnaires.asking import known_of
from surveys.responses import anonymising, answering, sitting
from surveys.responses.limiting import is_full
from surveys.routes import visiting
from surveys.routes.visiting import Visit, closed, framed, full, visit_of

bp = Blueprint("opening", __name__)
logs.leave_out(bp)


@bp.get("/i/<token>")
def door(token: str) -> ResponseReturnValue:
    """Who is invited to what, and the ways on."""
    invitation, here = _open(token)
    if here.place.kind == Kind.ANONYMOUS:
        return _anonymous_door(token, invitation, here)
    begun = inviting.begun_by(db.session, invitation)
    if here.place.state != State.OPEN and not any(each.submitted for each in begun):
        return closed(here)
    if not begun and is_full(db.session, invitation.survey, invitation.organisation):
        return full(here)
    if request.method == "GET":  # not HEAD, with which mail filters look at links
        inviting.opened(db.session, invitation, here.now)
        db.session.commit()
    return framed(
        "surveys/public/invitation.html",
        here,
        token=token,
        organisation=invitation.organisation,
        declined=invitation.declined,
        misdirected=invitation.misdirected,
        longest=writing.LONGEST,
        begun=begun,
        key=visiting.new_key(),
        open=here.place.state == State.OPEN,
    )


@bp.post("/i/<token>")
def begin(token: str) -> ResponseReturnValue:
    """Begin to answer; what the register knows is filled in."""
    invitation, here = _open(token)
    if here.place.state != State.OPEN:
        return closed(here)
    if here.place.kind == Kind.ANONYMOUS:
        return _begin_unnamed(invitation, here)
    key = request.form.get("key", "")[:64] or abort(400)

    response_id = answering.begin(
        db.session,
        here.place,  # type: ignore[arg-type]
        here.place.version_id,
        visiting.keys().hash("responses", key),
        answers=known_of(here.asked, invitation.organisation),
        language=here.language,
        now=here.now,
        channel=Channel.INVITATION,
        invitation=invitation,
    )
    inviting.come_back(db.session, invitation)
    db.session.commit()
    visiting.remember(here.slug, response_id)
    return redirect(url_for("answering.survey", slug=here.slug), 303)


@bp.post("/i/<token>/responses/<id:response_id>")
def go_on(token: str, response_id: int) -> ResponseReturnValue:
    """Go on with what was begun with this invitation, on this device too."""
    invitation, here = _open(token)
    begun = {each.id for each in inviting.begun_by(db.session, invitation)}
    if response_id not in begun:
        abort(404)

    visiting.remember(here.slug, response_id)
    return redirect(url_for("answering.survey", slug=here.slug), 303)


@bp.post("/i/<token>/refusal")
def decline(token: str) -> ResponseReturnValue:
    """Say that the organisation does not want to take part."""
    invitation, _ = _open(token)

    inviting.decline(db.session, invitation, clock.now())
    db.session.commit()
    return redirect(url_for(".door", token=token), 303)


@bp.post("/i/<token>/refusal/removal")
def come_back(token: str) -> ResponseReturnValue:
    invitation, _ = _open(token)

    inviting.come_back(db.session, invitation)
    db.session.commit()
    return redirect(url_for(".door", token=token), 303)


@bp.post("/i/<token>/wrong-person")
def misdirect(token: str) -> ResponseReturnValue:
    """Say that somebody else is in charge, and who, if they know."""
    invitation, _ = _open(token)

    writing.misdirect(visiting.keys(), invitation, request.form.get("who", ""), clock.now())
    db.session.commit()
    return redirect(url_for(".door", token=token), 303)


@bp.post("/i/<token>/wrong-person/removal")
def direct_again(token: str) -> ResponseReturnValue:
    invitation, _ = _open(token)

    writing.direct_again(invitation)
    db.session.commit()
    return redirect(url_for(".door", token=token), 303)


def _anonymous_door(token: str, invitation: Invitation, here: Visit) -> ResponseReturnValue:
    """The same page for everyone: it names nobody, and nothing notes that it was opened."""
    if here.place.state != State.OPEN:
        return closed(here)
    begun = anonymising.begun_with(db.session, visiting.keys(), invitation)
    return framed(
        "surveys/public/anonymous.html",
        here,
        token=token,
        declined=invitation.declined,
        misdirected=invitation.misdirected,
        longest=writing.LONGEST,
        begun=begun,
    )


def _begin_unnamed(invitation: Invitation, here: Visit) -> ResponseReturnValue:
    """Begin, or go on with what this link began: it leads to one response only."""
    number = anonymising.begin(
        db.session,
        visiting.keys(),
        invitation,
        here.place.version_id,
        here.language,
        here.now,
    )
    db.session.commit()
    visiting.remember(here.slug, number)
    return redirect(url_for("answering.survey", slug=here.slug), 303)


def _open(token: str) -> tuple[Invitation, Visit]:
    invitation = inviting.invitation_with(db.session, token) or abort(404)
    survey = db.session.get_one(Survey, invitation.survey_id)
    place = sitting.start(db.engine, survey.slug) or abort(404)
    return invitation, visit_of(survey.slug, place)
