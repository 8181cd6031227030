"""The pages on which people answer a survey: no account, no script, one page at a time."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from core import logs
from core.db import db
from surveys.models import Kind
from surveys.questionnaires.evaluating import Evaluation
from surveys.questionnaires.paging import Page
from surveys.questionnaires.reading import Reading, missing, read, without_blanks
from surveys.responses import answering, pausing, sealing
from surveys.responses.answering import Incomplete
from surveys.responses.limiting import Full, is_full
from surveys.routes import sending, turning, visiting
from surveys.routes.adding import pressed
from surveys.routes.showing import show
from surveys.routes.storing import form_key, store, until_saved, without_cleared
from surveys.routes.visiting import (
    Visit,
    by_invitation,
    closed,
    full,
    is_open,
    survey_of,
    unseal,
    visit,
)  # fmt: skip

bp = Blueprint("answering", __name__)
logs.leave_out(bp)
bp.record(lambda state: turning.begin(state.app))
bp.record(lambda state: sending.begin(state.app))


@bp.get("/s/<slug>")
def survey(slug: str) -> ResponseReturnValue:
    """The way in: the first page, the page one stopped at, or what one handed in."""
    here = visit(slug)
    if here.response and here.response.submitted:
        return redirect(url_for("receiving.show", slug=slug), 303)
    if not is_open(here):
        return closed(here)
    if here.response:
        return redirect(url_for(".page", slug=slug, key=_stopped_at(here)), 303)
    if here.place.kind == Kind.ANONYMOUS:
        return by_invitation(here)
    if is_full(db.session, survey_of(here)):
        return full(here)
    evaluation = here.evaluate({})
    walk = here.walk(evaluation)
    return show(here, walk.pages[0], evaluation, key=visiting.new_key(), walk=walk)


@bp.get("/s/<slug>/pages/<key>")
def page(slug: str, key: str) -> ResponseReturnValue:
    """One page of questions, with the answers so far."""
    here = visit(slug)
    if not is_open(here):
        return closed(here)
    found = here.asked.pages.get(key) or abort(404)
    if here.response is None:
        return redirect(url_for(".survey", slug=slug), 303)
    if here.asked.needs_sealed(key):
        unseal(here)
    evaluation = here.evaluate(here.answers)
    walk = here.walk(evaluation)
    if found not in walk.pages:
        return redirect(_address(here, _after(here, evaluation, key)), 303)
    faults = (
        missing(found.items, evaluation, here.language) if "check" in request.args else None
    )
    return show(here, found, evaluation, faults=faults, walk=walk)


@bp.post("/s/<slug>/pages/<key>")
def save(slug: str, key: str) -> ResponseReturnValue:
    """Save the page, whatever button was pressed, and go where it leads."""
    return until_saved(lambda: _save(slug, key))


def _save(slug: str, key: str) -> ResponseReturnValue:
    if wished := request.form.get("language"):
        visiting.choose_language(wished)
    here = visit(slug)
    if not is_open(here):
        return closed(here)
    found = here.asked.pages.get(key) or abort(404)
    if here.asked.sealed:
        unseal(here)
    before = here.evaluate(here.answers)
    typed = without_cleared(request.form)
    reading = read(found.items, typed, before, here.answers)
    reading.answers = sealing.with_unsealed(  # turns move with the contact data in them
        reading.answers, here.sealed | reading.sealed, here.asked.sealed
    )

    return _act(here, found, before, reading)


def _act(here: Visit, page: Page, before: Evaluation, reading: Reading) -> ResponseReturnValue:
    """Do what the button says. Only "Continue" insists on what is required."""
    form = request.form
    if "language" in form:
        return _keep(here, page, before, reading, page.key)
    if (there := pressed(here, page, before, reading)) is not None:
        return _keep(here, page, before, reading, page.key, **there)
    drafted = here.response is not None and not here.response.submitted
    if form.get("go") == "pause" and drafted:
        here.asked.follow(here.whole(here.answers), reading.answers)
        store(here, page, reading.answers, page.key)
        return _pause(here)
    if form.get("go") == "back":
        pages = here.walk(before).keys
        place = pages.index(page.key) if page.key in pages else 0
        if drafted:  # what nobody understands yet stays in the draft
            reading.faults.clear()
        return _keep(here, page, before, reading, pages[max(0, place - 1)])
    return _go_on(here, page, before, reading)


def _go_on(
    here: Visit, page: Page, before: Evaluation, reading: Reading
) -> ResponseReturnValue:
    answers = without_blanks(page.items, reading.answers)
    here.asked.follow(here.whole(here.answers), answers)
    after = here.look(answers)
    faults = missing(page.items, after, here.language) | reading.faults
    if faults:
        return _again(here, page, before, faults)
    walk = here.asked.walk(after)
    here.will_walk(walk)
    pages = walk.keys
    following = pages[pages.index(page.key) + 1 :] if page.key in pages else pages
    had_begun = here.response is not None
    store(here, page, answers, following[0] if following else page.key)
    if request.form.get("go") == "pause":
        return _pause(here)
    if following and request.form.get("go") != "receipt":
        db.session.commit()
        return redirect(_address(here, following[0]), 303)
    try:
        return _hand_in(here, page)
    except Full:
        return _too_late(here, page, answers, had_begun)


def _too_late(
    here: Visit, page: Page, answers: Mapping[str, Any], had_begun: bool
) -> ResponseReturnValue:
    """Say that others took the last place meanwhile; what was typed stays a draft."""
    db.session.rollback()
    if had_begun:
        store(here, page, answers, page.key)
        db.session.commit()
    return full(here)


def _keep(
    here: Visit,
    page: Page,
    before: Evaluation,
    reading: Reading,
    target: str,
    anchor: str = "",
    **query: str,
) -> ResponseReturnValue:
    """Save what can be saved without insisting on anything, and show *target*."""
    if reading.faults or here.response is None:
        status = 422 if reading.faults else 200
        return show(
            here,
            page,
            before,
            typed=without_cleared(request.form),
            faults=reading.faults,
            key=form_key(),
        ), status
    here.asked.follow(here.whole(here.answers), reading.answers)
    store(here, page, reading.answers, target)
    db.session.commit()
    return redirect(_address(here, target, anchor, **query), 303)


def _hand_in(here: Visit, page: Page) -> ResponseReturnValue:
    fresh = visiting.fresh(here)
    response = fresh.response or abort(404)
    if not response.submitted:
        try:
            answering.submit(
                db.session,
                response,
                fresh.asked.questionnaire,
                fresh.evaluate(fresh.answers),
                language=fresh.language,
                now=fresh.now,
            )
        except Incomplete as lacking:
            db.session.commit()
            return redirect(_address(fresh, lacking.page, check="1"), 303)
    db.session.commit()
    return redirect(url_for("receiving.show", slug=fresh.slug), 303)


def _pause(here: Visit) -> ResponseReturnValue:
    response = here.response or abort(404)
    pausing.card_for(db.session, visiting.keys(), response.id)
    db.session.commit()
    return redirect(url_for("resuming.pause", slug=here.slug), 303)


def _again(here: Visit, page: Page, before: Evaluation, faults: Any) -> ResponseReturnValue:
    db.session.rollback()
    return show(here, page, before, typed=request.form, faults=faults, key=form_key()), 422


def _stopped_at(here: Visit) -> str:
    keys, response = here.walk(here.evaluate(here.answers)).keys, here.response
    return response.page if response and response.page in keys else keys[0]


def _after(here: Visit, evaluation: Evaluation, key: str) -> str:
    """Return the first page after *key* that is asked."""
    order = list(here.asked.pages)
    asked = here.walk(evaluation).keys
    later = [each for each in asked if order.index(each) > order.index(key)]
    return (later or asked)[0]


def _address(here: Visit, key: str, anchor: str = "", **query: Any) -> str:
    return url_for(".page", slug=here.slug, key=key, _anchor=anchor or None, **query)
