"""Writing a page down: with the first the response begins."""

from collections.abc import Callable, Mapping
from typing import Any

from flask import abort, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from core import web
from core.db import db
from core.errors import message
from surveys.questionnaires.paging import Page
from surveys.responses import answering, sealing, sitting
from surveys.responses.answering import Overtaken
from surveys.responses.sitting import Start
from surveys.routes import agreements, visiting
from surveys.routes.visiting import Visit

ATTEMPTS = 25  # to save a page that other tabs, or an impatient thumb, save at the same moment
SAID_TWICE = message("This page was saved elsewhere at the same moment. Please send it again.")


def until_saved(save: Callable[[], ResponseReturnValue]) -> ResponseReturnValue:
    """Save again, from what stands there now, what was overtaken by another tab."""
    for _ in range(ATTEMPTS):
        try:
            return save()
        except Overtaken:
            db.session.rollback()
    return web.refuse(503, gettext(SAID_TWICE))


def store(here: Visit, page: Page, whole: Mapping[str, Any], target: str) -> None:
    """Write the page: one row, and contact data apart; with the first the response begins."""
    parted, contact = sealing.parted(whole, here.asked.sealed)
    fields = {*here.sealed, *contact}
    sealed = {f: contact.get(f) for f in fields if contact.get(f) != here.sealed.get(f)}
    answers = here.settled(parted)
    if isinstance(here.place, Start):
        response_id = answering.begin(
            db.session,
            here.place,
            here.place.version_id,
            visiting.keys().hash("responses", form_key() or abort(400)),
            answers=answers,
            language=here.language,
            now=here.now,
            page=target,
        )
        sealing.seal(db.session, visiting.keys(), response_id, sealed)
        visiting.remember(here.slug, response_id)
        agreements.note(here, response_id, page.questions, answers)
        here.place = sitting.sitting(db.session, response_id, here.slug) or abort(404)
        return
    answering.save_page(
        db.session,
        here.place,
        answers=answers,
        page=target,
        language=here.language,
        now=here.now,
        keys=visiting.keys(),
        sealed=sealed,
    )
    agreements.note(here, here.place.id, page.questions, answers)
    if here.place.submitted:
        _count_at_once(here)


def _count_at_once(here: Visit) -> None:
    """A correction counts as soon as its page is saved."""
    fresh = visiting.fresh(here)
    evaluation = fresh.evaluate(fresh.answers)
    answering.hand_in(
        db.session,
        fresh.response or abort(404),
        fresh.asked.questionnaire,
        evaluation,
        language=fresh.language,
        now=fresh.now,
    )


def form_key() -> str:
    return request.form.get("key", "")[:64]
