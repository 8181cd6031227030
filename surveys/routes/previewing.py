"""The preview: the team walks through a questionnaire as a respondent does; nothing is kept.

What was answered so far travels in the form, signed.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import abort, current_app, render_template, request, url_for
from flask.typing import ResponseReturnValue
from itsdangerous import BadData, URLSafeSerializer
from markupsafe import escape

from core.db import db
from people.current import find
from surveys.models import Survey
from surveys.questionnaires.evaluating import Evaluation
from surveys.questionnaires.paging import Page
from surveys.questionnaires.reading import Fault, missing, read, without_blanks
from surveys.responses import sealing, sitting
from surveys.routes import visiting
from surveys.routes.adding import pressed, seeks
from surveys.routes.desk import bp
from surveys.routes.showing import chrome, show
from surveys.routes.storing import without_cleared
from surveys.routes.visiting import Visit, visit_of

SALT = "preview"


@dataclass
class Step:
    """Where somebody is on the walk: the page, and all that was answered so far."""

    page: Page | None  # none: at the end
    answers: Mapping[str, Any] = field(default_factory=dict)
    faults: Mapping[str, Fault] = field(default_factory=dict)
    again: bool = False  # the same page, as it was typed


@bp.get("/<slug>/preview")
def preview(slug: str) -> ResponseReturnValue:
    """The first page, in the language of the reader or the one asked for."""
    survey, here = _visit(slug, request.args.get("language", ""))
    return _page(survey, here, Step(here.walk(here.evaluate({})).pages[0]))


@bp.post("/<slug>/preview")
def turn_preview(slug: str) -> ResponseReturnValue:
    """Go where the button leads, with the answers so far."""
    state = _unsigned(request.form.get("key", ""))
    survey, here = _visit(slug, request.form.get("language") or state.get("language", ""))
    page = here.asked.pages.get(state.get("page", ""))
    if page is None or state.get("version") != here.place.version_id:  # another one by now
        return _page(survey, here, Step(here.walk(here.evaluate({})).pages[0]))
    step = _step(here, page, state["answers"])
    if step.page is None:
        return visiting.framed("surveys/preview_end.html", here, survey=survey)
    return _page(survey, here, step), 422 if step.faults else 200


def _step(here: Visit, page: Page, answers: Mapping[str, Any]) -> Step:
    """Do what the button says, as ``surveys.public`` does it, without keeping anything."""
    form, before = request.form, here.evaluate(answers)
    reading = read(page.items, without_cleared(form), before, answers)
    new = sealing.with_unsealed(reading.answers, reading.sealed, here.asked.sealed)
    reading.answers = new
    if form.get("go") == "back":
        return _back(here, page, before, answers, reading.answers)
    if "find" in form or (form.get("go") == "enter" and seeks(here, page)):
        return Step(page, answers, again=True)
    if pressed(here, page, before, reading) is None and "language" not in form:
        return _on(here, page, answers, reading.answers, reading.faults)
    here.asked.follow(answers, reading.answers)
    return Step(page, reading.answers)


def _back(
    here: Visit, page: Page, before: Evaluation, old: Mapping[str, Any], new: dict[str, Any]
) -> Step:
    here.asked.follow(old, new)
    walk = here.walk(before)
    place = walk.keys.index(page.key) if page.key in walk.keys else 0
    return Step(walk.pages[max(0, place - 1)], new)


def _on(
    here: Visit,
    page: Page,
    old: Mapping[str, Any],
    new: dict[str, Any],
    faults: Mapping[str, Fault],
) -> Step:
    answers = without_blanks(page.items, new)
    here.asked.follow(old, answers)
    after = here.look(answers)
    if amiss := missing(page.items, after, here.language) | dict(faults):
        return Step(page, old, amiss, again=True)
    pages = here.asked.walk(after).pages
    keys = [each.key for each in pages]
    following = pages[keys.index(page.key) + 1 :] if page.key in keys else pages
    return Step(following[0] if following else None, here.settled(answers))


def _page(survey: Survey, here: Visit, step: Step) -> str:
    page = step.page or abort(404)
    evaluation = here.evaluate(step.answers)
    walk = here.walk(evaluation)
    keys = walk.keys
    first, last = page.key == keys[0], page.key == keys[-1]
    state = {
        "version": here.place.version_id, "page": page.key, "language": here.language,
        "answers": step.answers,
    }  # fmt: skip
    kept = f'<input type="hidden" name="key" value="{escape(_signer().dumps(state))}">'
    insets = {
        "action": url_for(".turn_preview", slug=survey.slug),
        "key": kept + render_template("surveys/_preview.html", survey=survey),
        "pager": chrome(here, "pager", first, last, None),
    }
    typed = without_cleared(request.form) if step.again else None
    return show(
        here, page, evaluation, typed=typed, faults=step.faults, walk=walk, insets=insets
    )


def _visit(slug: str, language: str) -> tuple[Survey, Visit]:
    survey = find(Survey, slug=slug)
    here = visit_of(slug, sitting.draft_or_start(db.engine, slug) or abort(404))
    if language in here.asked.offered:
        here.language = language
    return survey, here


def _unsigned(sent: str) -> dict[str, Any]:
    try:
        state: dict[str, Any] = _signer().loads(sent)
    except BadData:
        return {}
    return state


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.secret_key or "", salt=SALT)
