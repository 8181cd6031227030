"""The end of a conversation: what happens next, the card with the code, and deleting."""

from flask import abort, current_app, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale, gettext
from markupsafe import Markup

from core import clock, web
from core.db import db
from people.current import current_membership
from surveys.conversations import erasing, holding
from surveys.questionnaires.tongues import spoken
from surveys.responses import sitting
from surveys.routes import sealing_off, visiting
from surveys.routes.conversations import bp, counsellors, own
from surveys.routes.halves import tongue


@bp.get("/<code>/card")
@counsellors
def card(code: str) -> ResponseReturnValue:
    """What happens next, in two languages, and the card to take along."""
    conversation = own(code)
    if conversation.draft is not None:
        return web.back(url_for(".resume", code=code), "")
    facts = {"code": code, "provider": current_membership().provider}
    with force_locale(spoken(conversation.language)):
        theirs = Markup(render_template("surveys/public/talk_end.html", **facts))  # noqa: S704 - our own template
    return render_template(
        "surveys/conversations/card.html",
        conversation=conversation,
        theirs=theirs,
        **facts,
        **tongue(conversation.language),
    )


@bp.get("/<code>/deletion")
@counsellors
def ask(code: str) -> ResponseReturnValue:
    """Ask once before everything is gone."""
    conversation = own(code)
    with force_locale(spoken(conversation.language)):
        theirs = Markup(render_template("surveys/public/talk_deletion.html"))  # noqa: S704 - our own template
    return render_template(
        "surveys/conversations/deletion.html",
        conversation=conversation,
        theirs=theirs,
        **tongue(conversation.language),
    )


@bp.post("/<code>/deletion")
@counsellors
def delete(code: str) -> ResponseReturnValue:
    """Delete the conversation and all that follows from it, at once and for good."""
    conversation = own(code)
    number, slug = conversation.response_id, conversation.survey.slug
    place = sitting.sitting(db.session, number, slug) or abort(404)

    erasing.erase(db.session, current_app.config["DATA"], conversation, place, clock.now())
    db.session.commit()
    holding.forget(visiting.keys(), number)
    sealing_off.scour.later()
    return web.back(url_for(".index"), gettext("The conversation is deleted."))
