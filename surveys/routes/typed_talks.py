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
from people.current import current_membership
from surveys.conversations import asking, coding, holding
from surveys.conversations.models import Conversation
from surveys.definition import Item
from surveys.models import Channel
from surveys.questionnaires.evaluating import Evaluation
from surveys.questionnaires.filling import View
from surveys.questionnaires.paging import Page, whole
from surveys.questionnaires.reading import Fault, Reading, without_blanks
from surveys.questionnaires.singly import Step
from surveys.responses.sitting import Start
from surveys.routes import conversing, showing, talks, telling, visiting
from surveys.routes.adding import asked_anew, pressed
from surveys.routes.conversations import bp, counsellors, current_provider, own
from surveys.routes.paper import TEMPLATE
from surveys.routes.sheets import sheet as written
from surveys.routes.storing import until_saved, without_cleared
from surveys.routes.talks import Talk, talk_of
from surveys.routes.welcoming import first_draft, is_wording, surveys_offered, visit_about


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
    number = form.get("wording", "").strip()
    if number and not is_wording(visit, number):
        return _desk(gettext("No consent in this language has this number.")), 422

    try:
        row = holding.begin(
            db.session, visiting.keys(), place, provider,
            visiting.keys().hash("responses", f"{current_membership().id} {key}"),
            language=language, draft=first_draft(visit, int(number) if number else None),
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
        return _again(talk, step, before, reading, faults=reading.faults)
    if errors := telling.found_in(talk, step, reading):
        return _again(talk, step, before, reading, errors=errors)
    if (place := pressed(talk.visit, step.page, before, reading)) is not None:
        return _keep(talk, reading.answers, **place)
    answers = without_blanks(step.page.items, reading.answers)
    talk.visit.asked.follow(talk.draft.answers, answers)
    after = talk.evaluate(answers)
    if faults := conversing.unfit(talk, step, after):
        return _again(talk, step, before, reading, faults=faults)
    if added := asked_anew(step.page, before, after):
        said = ngettext("%(num)s more question now.", "%(num)s more questions now.", len(added))
        return _keep(talk, answers, said, anchor=f"q-{added[0]}")
    conversing.keep(talk, answers, talk.draft.agreed, "")
    conversing.hand_in(talk)
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


def _keep(
    talk: Talk, answers: dict[str, Any], said: str = "", anchor: str = "", **query: Any
) -> ResponseReturnValue:
    """Keep what is typed; only of the first consent the sheet says which wording it shows."""
    conversing.keep(talk, answers, talk.draft.agreed, "")
    db.session.commit()
    return web.back(url_for(".sheet", code=talk.code, _anchor=anchor or None, **query), said)


def _again(
    talk: Talk,
    step: Step,
    before: Evaluation,
    reading: Reading,
    *,
    faults: Mapping[str, Fault] | None = None,
    errors: Mapping[str, str] | None = None,
) -> ResponseReturnValue:
    db.session.rollback()
    errors = telling.kept_in(talk, step, reading) | dict(errors or {})
    return _sheet(talk, before, faults or {}, errors), 422


def _sheet(
    talk: Talk,
    evaluation: Evaluation,
    faults: Mapping[str, Fault] = {},
    errors: Mapping[str, str] = {},
) -> str:
    here, page = talks.for_counsellor(talk.visit), step_of(talk).page
    amiss = {place: showing.said_fault(fault, here.language) for place, fault in faults.items()}
    said = showing.both_said(amiss, errors)
    in_short = dict.fromkeys(errors, gettext("Perhaps this tells who somebody is.")) | amiss
    typed = without_cleared(request.form) if said else None
    insets = showing.Insets(here, typed)
    insets |= {
        "action": request.path,
        "token": generate_csrf(),
        "summary": showing.summary(here, page, in_short) if said else "",
        "head": render_template("surveys/conversations/_typing_head.html", talk=talk),
        "notices": render_template("_notice.html"),
        "hint": render_template("surveys/_sheet_hint.html"),
        "buttons": render_template("surveys/_sheet_buttons.html", can_stand=False),
    }
    form = written(here.memory, here.asked, here.place.digest, page, here.language, TEMPLATE)
    return form.fill(View(evaluation, here.language, insets, typed=typed, errors=said))


def _desk(trouble: str = "") -> str:
    return render_template(
        "surveys/conversations/papers.html",
        offered=surveys_offered(),
        provider=current_membership().provider,
        typed=request.form,
        trouble=trouble,
        key=request.form.get("key", "") or visiting.new_key(),
    )
