"""The pages of a conversation: one question each, answered on either half."""

from collections.abc import Mapping
from typing import Any

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from core import clock
from core.db import db
from surveys.conversations import holding
from surveys.conversations.holding import Draft
from surveys.questionnaires import singly
from surveys.questionnaires.evaluating import Evaluation
from surveys.questionnaires.reading import Fault, Reading, missing, read, without_blanks
from surveys.questionnaires.singly import Step
from surveys.responses import sealing
from surveys.routes import agreements, telling, visiting
from surveys.routes.adding import pressed
from surveys.routes.conversations import bp, counsellors, own
from surveys.routes.halves import show
from surveys.routes.storing import until_saved, without_cleared
from surveys.routes.talks import Talk, talk_of

Errors = dict[str, str]


@bp.get("/<code>/pages")
@counsellors
def resume(code: str) -> ResponseReturnValue:
    """The page on which one stopped."""
    talk = talk_of(own(code))
    if talk.conversation.draft is None:
        return redirect(url_for(".card", code=code), 303)
    keys = [step.key for step in talk.walk(talk.evaluate())]
    if not keys:
        raise holding.NothingToAsk
    key = talk.draft.page if talk.draft.page in keys else keys[0]
    return redirect(_address(talk, key), 303)


@bp.get("/<code>/pages/<key>")
@counsellors
def page(code: str, key: str) -> ResponseReturnValue:
    """One question in two languages."""
    talk = talk_of(own(code))
    step = _step(talk, key)
    if talk.conversation.draft is None:
        return redirect(url_for(".card", code=code), 303)
    evaluation = talk.evaluate()
    walk = talk.walk(evaluation)
    if not singly.here(walk, step):
        following = _following(talk, walk, step)
        return redirect(_address(talk, following or _last(walk)), 303)
    faults = unfit(talk, step, evaluation) if "check" in request.args else {}
    return show(talk, step, evaluation, walk, faults=faults)


@bp.post("/<code>/pages/<key>")
@counsellors
def save(code: str, key: str) -> ResponseReturnValue:
    """Keep the answer, or leave the question out, and go where the button leads."""
    return until_saved(lambda: _save(code, key))


def _save(code: str, key: str) -> ResponseReturnValue:
    conversation = own(code)
    db.session.refresh(conversation)
    talk = talk_of(conversation)
    step = _step(talk, key)
    if conversation.draft is None:
        return redirect(url_for(".card", code=code), 303)
    before = talk.evaluate()
    reading = read_page(talk, step, before)
    form = request.form
    if form.get("go") == "skip":
        return _go_on(talk, step, before, Reading(_without(step, talk.draft.answers)))
    errors = telling.found_in(talk, step, reading)
    if errors:
        return _again(talk, step, before, reading, errors=errors)
    return _act(talk, step, before, reading)


def _act(talk: Talk, step: Step, before: Evaluation, reading: Reading) -> ResponseReturnValue:
    form = request.form
    if (place := pressed(talk.visit, step.page, before, reading)) is not None:
        return _keep(talk, step, before, reading, step.key, **place)
    if form.get("go") in ("back", "pause"):
        reading.faults.clear()  # what nobody understands yet stays in the draft
        keys = [each.key for each in talk.walk(before)]
        at = keys.index(step.key) if step.key in keys else 0
        back = keys[max(0, at - 1)] if form["go"] == "back" else step.key
        return _keep(talk, step, before, reading, back)
    return _go_on(talk, step, before, reading)


def read_page(talk: Talk, step: Step, before: Evaluation) -> Reading:
    """Read the page that was sent; contact data stands in the sealed draft as well."""
    typed = without_cleared(request.form)
    reading = read(step.page.items, typed, before, talk.draft.answers)
    whole = sealing.with_unsealed(reading.answers, reading.sealed, talk.visit.asked.sealed)
    for place, text in reading.sealed.items():
        if not text:
            whole.pop(place, None)
    reading.answers = whole
    return reading


def _go_on(talk: Talk, step: Step, before: Evaluation, reading: Reading) -> ResponseReturnValue:
    answers = without_blanks(step.page.items, reading.answers)
    talk.visit.asked.follow(talk.draft.answers, answers)
    after = talk.evaluate(answers)
    faults = reading.faults | unfit(talk, step, after)
    if faults:
        return _again(talk, step, before, reading, faults=faults)
    walk = talk.walk(after)
    following = _following(talk, walk, step)
    store(talk, step, answers, following or step.key)
    if following:
        db.session.commit()
        return redirect(_address(talk, following), 303)
    return _finish(talk)


def _keep(
    talk: Talk,
    step: Step,
    before: Evaluation,
    reading: Reading,
    target: str,
    anchor: str = "",
    **query: str,
) -> ResponseReturnValue:
    """Keep what was said without insisting on anything, and show *target*."""
    if reading.faults:
        return _again(talk, step, before, reading, faults=reading.faults)
    talk.visit.asked.follow(talk.draft.answers, reading.answers)
    store(talk, step, reading.answers, target)
    db.session.commit()
    if request.form.get("go") == "pause":
        return redirect(url_for(".index"), 303)
    return redirect(_address(talk, target, anchor, **query), 303)


def store(talk: Talk, step: Step, answers: dict[str, Any], target: str) -> None:
    """Keep the answers of a page, and which wordings stood on it."""
    shown = agreements.shown(step.page.questions, answers, request.form)
    keep(talk, answers, {**talk.draft.agreed, **shown}, target)


def keep(
    talk: Talk, answers: dict[str, Any], agreed: Mapping[str, int | None], target: str
) -> None:
    settled = dict(talk.visit.settled(answers))
    draft = Draft(settled, {name: n for name, n in agreed.items() if n}, target)
    holding.save(
        db.session, visiting.keys(), talk.conversation, draft,
        language=talk.conversation.language,
    )  # fmt: skip


def _finish(talk: Talk) -> ResponseReturnValue:
    """Let the conversation count, unless some answer does not fit."""
    db.session.refresh(talk.conversation)
    fresh = talk_of(talk.conversation)
    evaluation = fresh.evaluate()
    for step in fresh.walk(evaluation):
        if unfit(fresh, step, evaluation):
            db.session.commit()
            return redirect(_address(fresh, step.key, check="1"), 303)
    hand_in(fresh)
    return redirect(url_for(".card", code=fresh.code), 303)


def hand_in(talk: Talk) -> None:
    """Let a conversation count as it is stored now, for good."""
    db.session.refresh(talk.conversation)
    fresh = talk_of(talk.conversation)
    holding.hand_in(
        db.session, visiting.keys(), fresh.conversation, fresh.response, fresh.visit.asked,
        fresh.evaluate(), fresh.draft.agreed, clock.now(),
    )  # fmt: skip
    db.session.commit()
    holding.forget(visiting.keys(), fresh.conversation.response_id)


def unfit(talk: Talk, step: Step, evaluation: Evaluation) -> dict[str, Fault]:
    """Return what does not fit on a page, by field; whatever is left out is no fault."""
    return {
        place: fault
        for place, fault in missing(step.page.items, evaluation, talk.visit.language).items()
        if not _is_empty(evaluation, place)
    }


def _is_empty(evaluation: Evaluation, place: str) -> bool:
    name, *numbers = place.split(":")
    return evaluation.value(name, tuple(map(int, numbers))) is None


def _again(
    talk: Talk,
    step: Step,
    before: Evaluation,
    reading: Reading,
    *,
    faults: dict[str, Fault] | None = None,
    errors: Errors | None = None,
) -> ResponseReturnValue:
    db.session.rollback()
    typed = without_cleared(request.form)
    errors = telling.kept_in(talk, step, reading) | (errors or {})
    walk = talk.walk(before)
    return show(talk, step, before, walk, typed=typed, faults=faults, errors=errors), 422


def _without(step: Step, answers: Any) -> dict[str, Any]:
    """Return the answers without those of a page; a default does not come back."""
    kept = dict(answers)
    if step.question:
        kept.pop(step.question.name, None)
        if step.question.default:
            kept[step.question.name] = None
    return kept


def _step(talk: Talk, key: str) -> Step:
    return next((step for step in talk.steps if step.key == key), None) or abort(404)


def _following(talk: Talk, walk: list[Step], step: Step) -> str:
    """Return the page after a step, which may itself not be asked any more; or nothing."""
    order = [each.key for each in talk.steps]
    later = (each.key for each in walk if order.index(each.key) > order.index(step.key))
    return next(later, "")


def _last(walk: list[Step]) -> str:
    if not walk:
        raise holding.NothingToAsk
    return walk[-1].key


def _address(talk: Talk, key: str, anchor: str = "", **query: Any) -> str:
    if request.values.get("turned"):
        query["turned"] = "1"  # the device still lies between two people
    return url_for(".page", code=talk.code, key=key, _anchor=anchor or None, **query)
