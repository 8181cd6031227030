"""Typing what was told on paper: by a counsellor of the provider, and nobody else."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext
from flask_wtf.csrf import generate_csrf

from core import clock, web
from core.db import db
from people.current import current_membership, current_project
from surveys.conversations import asking, coding, holding
from surveys.conversations.holding import Draft
from surveys.conversations.models import Conversation
from surveys.definition import Item
from surveys.models import Channel
from surveys.questionnaires.evaluating import Evaluation
from surveys.questionnaires.filling import View, field_of
from surveys.questionnaires.paging import Page, whole
from surveys.questionnaires.reading import Fault, Reading, without_blanks
from surveys.questionnaires.singly import Step
from surveys.responses import agreeing, sitting
from surveys.responses.sitting import Start
from surveys.routes import conversing, showing, talks, telling, visiting
from surveys.routes.adding import add, one_more, search
from surveys.routes.conversations import bp, counsellors, current_provider, own
from surveys.routes.paper import TEMPLATE
from surveys.routes.sheets import sheet as written
from surveys.routes.storing import until_saved, without_cleared
from surveys.routes.talks import Talk, talk_of
from surveys.routes.welcoming import visit_about


@bp.get("/paper")
@counsellors
def papers() -> ResponseReturnValue:
    """What to print, and which sheet is typed next."""
    return _desk()


@bp.post("/paper")
@counsellors
def begin_typing() -> ResponseReturnValue:
    """Begin to type a sheet on which a yes is ticked, under the code that stands on it."""
    provider, form = current_provider(), request.form
    key = form.get("key", "")[:64] or abort(400)
    if "agreed" not in form:
        said = gettext("Without a yes on the sheet nothing is typed. Please destroy it.")
        return _desk(said), 422
    code = coding.read(form.get("code", ""))
    if not coding.is_one(code):
        return _desk(gettext("Please type the code as it stands on the sheet.")), 422

    slug, _, language = form.get("sheet", "").partition(" ")
    visit = visit_about(slug, language)
    place = visit.place
    assert isinstance(place, Start)  # noqa: S101 - see visit_about()
    try:
        row = holding.begin(
            db.session, visiting.keys(), place, provider,
            visiting.keys().hash("responses", f"{current_membership().id} {key}"),
            language=language, draft=_first(talks.visit_in(slug, place, language)),
            now=clock.now(), code=code, channel=Channel.PAPER,
        )  # fmt: skip
    except holding.NoCodeLeft:
        db.session.rollback()
        return _desk(gettext("Another conversation has this code already.")), 422
    db.session.commit()
    return redirect(url_for(".sheet", code=row.code), 303)


@bp.get("/<code>/sheet")
@counsellors
def sheet(code: str) -> ResponseReturnValue:
    talk = talk_of(own(code))
    if talk.conversation.draft is None:
        return redirect(url_for(".card", code=code), 303)
    return _sheet(talk, talk.evaluate())


@bp.post("/<code>/sheet")
@counsellors
def save_sheet(code: str) -> ResponseReturnValue:
    """Save the sheet; done when nothing was added by it."""
    return until_saved(lambda: _save(own(code)))


def _save(conversation: Conversation) -> ResponseReturnValue:
    db.session.refresh(conversation)
    talk = talk_of(conversation)
    if conversation.draft is None:
        return redirect(url_for(".papers"), 303)
    step, before = step_of(talk), talk.evaluate()
    reading = conversing.read_page(talk, step, before)
    if reading.faults:
        return _again(talk, before, faults=reading.faults)
    if (place := _press(talk, step, before, reading)) is not None:
        return _keep(talk, step, reading.answers, "", **place)
    if errors := telling.found_in(talk, step, reading):
        return _again(talk, before, errors=errors)
    answers = without_blanks(step.page.items, reading.answers)
    talk.visit.asked.follow(talk.draft.answers, answers)
    after = talk.evaluate(answers)
    if faults := conversing.unfit(talk, step, after):
        return _again(talk, before, faults=faults)
    if added := _added(step.page, before, after):
        said = ngettext("%(num)s more question now.", "%(num)s more questions now.", len(added))
        return _keep(talk, step, answers, said, _anchor=f"q-{added[0]}")
    conversing.store(talk, step, answers, "")
    conversing.hand_in(talk)
    db.session.commit()
    return web.back(url_for(".papers", _anchor="code"), gettext("The sheet is typed."))


def step_of(talk: Talk) -> Step:
    """Return all questions of a conversation as one page."""
    asked = talk.visit.asked
    known = asking.known_names(asked.definition)
    items = _without(whole(asked.pages.values()).items, known)
    return Step(Page("sheet of a conversation", None, items), (), None, None)


def _without(items: Sequence[Item], names: Collection[str]) -> tuple[Item, ...]:
    """Leave out what is known, and what is only said to somebody who sits there."""
    return tuple(
        replace(item, items=_without(item.items, names))
        for item in items
        if item.name not in names and item.kind != "note"
    )


def _first(visit: Any) -> Draft:
    provider = current_membership().provider or abort(404)
    definition = visit.asked.definition
    consent = asking.consent_of(definition)
    wording = consent and agreeing.wording(
        db.session, visit.place.project_id, consent, visit.language
    )
    agreed = {consent.name: wording.id} if consent and wording else {}
    return Draft(asking.known_answers(definition, provider.code, visit.language), agreed)


def _press(
    talk: Talk, step: Step, before: Evaluation, reading: Reading
) -> dict[str, str] | None:
    """Do what a button within the sheet says; tell where to go on, or nothing for others."""
    form, here = request.form, talk.visit
    if "clear" in form:
        return {"_anchor": f"q-{form['clear'].partition(' ')[0]}"}
    if "add" in form:
        add(here, step.page, reading, form["add"])
        return search(here, step.page)
    if "find" in form:
        return search(here, step.page)
    if "more" in form:
        number = one_more(here, reading, form["more"], before)
        return {"_anchor": f"t-{form['more']}:{number}"}
    if "drop" in form:
        repeat, _, turn = form["drop"].partition(":")
        if repeat in here.asked.items and turn.isdecimal():
            here.asked.drop(reading.answers, repeat, int(turn))
        return {"_anchor": f"q-{repeat}"}
    return None


def _keep(
    talk: Talk, step: Step, answers: dict[str, Any], said: str, **place: Any
) -> ResponseReturnValue:
    conversing.store(talk, step, answers, "")
    db.session.commit()
    return web.back(url_for(".sheet", code=talk.code, **place), said)


def _added(page: Page, before: Evaluation, after: Evaluation) -> list[str]:
    """List the fields that are asked now and were not before."""
    return [
        field_of(item.name, turn)
        for item in page.questions
        for turn in after.instances(item.name)
        if after.relevant(item.name, turn) and not before.relevant(item.name, turn)
        if item.kind == "question"
    ]


def _again(
    talk: Talk,
    before: Evaluation,
    *,
    faults: Mapping[str, Fault] | None = None,
    errors: Mapping[str, str] | None = None,
) -> ResponseReturnValue:
    db.session.rollback()
    return _sheet(talk, before, faults or {}, errors or {}), 422


def _sheet(
    talk: Talk,
    evaluation: Evaluation,
    faults: Mapping[str, Fault] = {},
    errors: Mapping[str, str] = {},
) -> str:
    here, page = talks.for_counsellor(talk.visit), step_of(talk).page
    said = {place: showing.said_fault(fault, here.language) for place, fault in faults.items()}
    said |= errors
    typed = without_cleared(request.form) if said else None
    insets = showing.Lenient(showing.insets_of_questions(here, page, typed))
    insets |= {
        "action": request.path,
        "token": generate_csrf(),
        "summary": showing.summary(here, page, said) if said else "",
        "head": render_template("surveys/conversations/_typing_head.html", talk=talk),
        "notices": render_template("_notice.html"),
        "hint": render_template("surveys/_sheet_hint.html"),
        "buttons": render_template("surveys/_sheet_buttons.html", can_stand=False),
    }
    form = written(here.memory, here.asked, here.place.digest, page, here.language, TEMPLATE)
    return form.fill(View(evaluation, here.language, insets, typed=typed, errors=said))


def _desk(trouble: str = "") -> str:
    number, project = current_membership().provider_id, current_project()
    offered = {}
    for survey in holding.surveys_for(db.session, project.id):
        place = sitting.start(db.engine, survey.slug) or abort(404)
        offered[survey] = talks.visit_in(survey.slug, place, "").asked.offered
    return render_template(
        "surveys/conversations/papers.html",
        offered=offered,
        provider=current_membership().provider if number else None,
        typed=request.form,
        trouble=trouble,
        key=request.form.get("key", "") or visiting.new_key(),
    )
