"""Writing a page down: with the first the response begins."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from flask import abort, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from werkzeug.datastructures import MultiDict

from core import web
from core.db import db
from core.errors import message
from surveys.definition import Item
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
    begins = here.response is None
    try:
        store_answers(here, page.questions, whole, target, form_key(), request.form)
    except Overtaken:  # with other answers it is saved in what it has begun
        if begins and here.response:
            visiting.remember(here.slug, here.response.id)
        raise
    if begins and here.response:
        visiting.remember(here.slug, here.response.id)


def store_answers(
    here: Visit,
    questions: Sequence[Item],
    whole: Mapping[str, Any],
    target: str,
    key: str,
    form: MultiDict[str, str],
    change: int | None = None,
) -> None:
    """Write the answers to some *questions*, that came in a *form* or were kept on a device.

    :raise Overtaken: when the same key has begun a response with other answers
    """
    parted, contact = sealing.parted(whole, here.asked.sealed)
    fields = {*here.sealed, *contact}
    sealed = {f: contact.get(f) for f in fields if contact.get(f) != here.sealed.get(f)}
    answers = here.settled(parted)
    if isinstance(here.place, Start):
        response_id = answering.begin(
            db.session,
            here.place,
            here.place.version_id,
            visiting.keys().hash("responses", key or abort(400)),
            answers=answers,
            language=here.language,
            now=here.now,
            page=target,
            change=change or 0,
        )
        here.place = sitting.sitting(db.session, response_id, here.slug) or abort(404)
        known = sealing.unsealed(db.session, visiting.keys(), response_id) or contact
        if (here.place.answers, known) != (dict(answers), contact):
            raise Overtaken
        sealing.seal(db.session, visiting.keys(), response_id, sealed)
        agreements.note(here, response_id, questions, answers, form)
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
        change=change,
    )
    agreements.note(here, here.place.id, questions, answers, form)
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


def without_cleared(form: MultiDict[str, str]) -> MultiDict[str, str]:
    """Leave out the fields in which somebody takes back what was chosen."""
    cleared = form.get("clear", "").split()
    if not cleared:
        return form
    return MultiDict([(k, v) for k, v in form.items(multi=True) if k not in cleared])


def form_key() -> str:
    return request.form.get("key", "")[:64]
