"""Typing what comes back on paper: the whole questionnaire on one page, by the keyboard."""

from collections.abc import Mapping
from datetime import datetime, time
from typing import Any

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext
from markupsafe import escape

from core import clock, web
from core.db import db
from core.errors import Refusal, message
from people.current import current_staff, find
from surveys.conversations.asking import is_talked_about
from surveys.fieldwork import inviting, paper, starting
from surveys.models import Channel, Kind, Response, State, Survey
from surveys.questionnaires.evaluating import Evaluation
from surveys.questionnaires.filling import View
from surveys.questionnaires.lengths import LONG, SHORT, question_of_length
from surveys.questionnaires.numbering import printed
from surveys.questionnaires.paging import Page, whole
from surveys.questionnaires.reading import (
    Fault,
    missing,
    read,
    unfit,
    without_blanks,
)
from surveys.responses import answering, sealing, sitting
from surveys.responses.anonymity import SurveyClosed
from surveys.routes import printed_wordings, printing, sheets, showing, visiting
from surveys.routes.adding import asked_anew, pressed
from surveys.routes.desk import bp
from surveys.routes.storing import (
    form_key,
    store_answers,
    until_saved,
    without_cleared,
)
from surveys.routes.visiting import Visit, unseal, visit_of

TEMPLATE = "surveys/sheet.html"
VERSIONS = {SHORT: message("short version"), LONG: message("long version")}


@bp.get("/<slug>/paper")
def sheets_typed(slug: str) -> ResponseReturnValue:
    """What to print, whose sheet is typed next, and which have been."""
    return _desk(find(Survey, slug=slug))


@bp.post("/<slug>/paper")
def begin_sheet(slug: str) -> ResponseReturnValue:
    """Begin to type the sheet of somebody invited, or of somebody unknown."""
    survey, typed = find(Survey, slug=slug), request.form.get("whose", "")
    if not paper.takes_paper(survey):
        raise paper.NotOnPaper
    if survey.state != State.OPEN:
        raise SurveyClosed
    try:
        owner = paper.owner_of(typed, inviting.invited(db.session, survey))
        if owner and "again" not in request.form:
            paper.not_answered_yet(owner)
    except Refusal as refusal:
        answered = isinstance(refusal, paper.AnsweredAlready)
        return _desk(survey, typed, gettext(refusal.reason), answered=answered), 422

    place = sitting.start(db.engine, slug) or abort(404)
    here = visit_of(slug, place)
    language = request.form.get("language", "")
    number = answering.begin(
        db.session,
        place,
        place.version_id,
        visiting.keys().hash("responses", request.form.get("key", "")[:64] or abort(400)),
        answers=_versioned(here) | (_owned(here, owner.organisation.code) if owner else {}),
        language=language if language in here.asked.offered else here.language,
        now=here.now,
        channel=Channel.PAPER,
        invitation=owner.invitation if owner else None,
        typist=current_staff().called,
    )
    db.session.commit()
    return web.back(url_for(".sheet", slug=slug, response_id=number), "")


@bp.get("/<slug>/paper/<id:response_id>")
def sheet(slug: str, response_id: int) -> ResponseReturnValue:
    here = _visit(slug, response_id)
    return _sheet(here, here.evaluate(here.answers))


@bp.post("/<slug>/paper/<id:response_id>")
def save_sheet(slug: str, response_id: int) -> ResponseReturnValue:
    """Save the sheet; done when nothing was added by it, and nothing needed is missing."""
    return until_saved(lambda: _save(slug, response_id))


def _save(slug: str, response_id: int) -> ResponseReturnValue:
    here = _visit(slug, response_id)
    page, before = whole(here.asked.pages.values()), here.evaluate(here.answers)
    reading = read(page.items, without_cleared(request.form), before, here.answers)
    unsealed = here.sealed | reading.sealed
    reading.answers = sealing.with_unsealed(reading.answers, unsealed, here.asked.sealed)
    if reading.faults or _trouble(here):
        return _sheet(here, before, reading.faults), 422
    if (place := pressed(here, page, before, reading)) is not None:
        return _keep(here, page, reading.answers, "", **place)
    answers = without_blanks(page.items, reading.answers)
    here.asked.follow(here.whole(here.answers), answers)
    after = here.look(answers)
    if added := asked_anew(page, before, after):
        said = ngettext("%(num)s more question now.", "%(num)s more questions now.", len(added))
        return _keep(here, page, answers, said, anchor=f"q-{added[0]}")
    faults = missing(page.items, after, here.language)
    needed = {item.name for item in here.asked.definition.having("consent")}
    can_stand = not (unfit(page.items, after, faults) or needed & faults.keys())
    if faults and not (can_stand and "as_is" in request.form):
        return _sheet(here, after, faults, can_stand), 422

    _store(here, page, answers)
    _hand_in(here)
    db.session.commit()
    desk = url_for(".sheets_typed", slug=slug, _anchor="whose")  # on to the next sheet
    return web.back(desk, gettext("The sheet is typed."))


def _versioned(here: Visit) -> dict[str, Any]:
    """Return the answer to the question for the version, as the sheet is of one."""
    length = question_of_length(here.asked.definition)
    version = request.form.get("version", "")
    return {length.name: version} if length and version in (SHORT, LONG) else {}


def _owned(here: Visit, code: str) -> dict[str, Any]:
    """Return the answer to the question whose sheet it is."""
    return {name: code for name, which in here.asked.rosters.items() if which == "self"}


def _visit(slug: str, response_id: int) -> Visit:
    survey = find(Survey, slug=slug)
    response = find(Response, id=response_id, survey_id=survey.id, channel=Channel.PAPER)
    if survey.state != State.OPEN:
        raise SurveyClosed
    place = sitting.sitting(db.engine, response.id, slug) or abort(404)
    here = visit_of(slug, place)
    here.language = response.language
    unseal(here)
    return here


def _store(here: Visit, page: Page, answers: Mapping[str, Any]) -> None:
    """Save the sheet, and with which wording of the consents it was printed."""
    told = printed_wordings.agreed(here, request.form)
    store_answers(here, page.questions, answers, "", form_key(), told)


def _keep(
    here: Visit, page: Page, answers: Mapping[str, Any], said: str, anchor: str = "",
    **query: str,
) -> ResponseReturnValue:  # fmt: skip
    """Save what stands there, and show the sheet again."""
    _store(here, page, answers)
    db.session.commit()
    wanted: dict[str, Any] = {"_anchor": anchor or None, **query}
    place = url_for(".sheet", slug=here.slug, response_id=_number(here), **wanted)
    return web.back(place, said)


def _hand_in(here: Visit) -> None:
    fresh = visiting.fresh(here)
    evaluation = fresh.evaluate(fresh.answers)
    questionnaire, response = fresh.asked.questionnaire, fresh.response or abort(404)
    more: dict[str, Any] = {"language": fresh.language, "now": fresh.now}
    answering.hand_in(db.session, response, questionnaire, evaluation, **more)


def _trouble(here: Visit) -> str:
    """Return what is amiss with the number of the consent, as it was typed."""
    try:
        printed_wordings.agreed(here, request.form)
    except printed_wordings.NoSuchWording as refusal:
        return str(gettext(refusal.reason))
    return ""


def _number(here: Visit) -> int:
    number = here.response.id if here.response else abort(404)
    return int(number)


def _sheet(
    here: Visit,
    evaluation: Evaluation,
    faults: Mapping[str, Fault] | None = None,
    can_stand: bool = False,
) -> str:
    page = whole(here.asked.pages.values())
    typed = request.form if faults or _trouble(here) else None
    errors = {
        place: showing.said_fault(f, here.language) for place, f in (faults or {}).items()
    }
    organisation = db.session.get_one(Response, here.response and here.response.id).organisation
    insets = showing.Insets(here, typed)
    length = question_of_length(here.asked.definition)
    version = str(here.answers.get(length.name, "")) if length else ""
    codes = printed(here.asked.definition, version)
    insets |= {f"code {name}": str(escape(code)) for name, code in codes.items()}
    insets |= {
        "action": request.path,
        "token": showing.token(here),
        "summary": showing.summary(here, page, errors) if errors else "",
        "head": render_template(
            "surveys/_sheet_head.html", slug=here.slug, organisation=organisation
        ),
        "notices": render_template("_notice.html"),
        "hint": render_template("surveys/_sheet_hint.html"),
        "printed": printed_wordings.field(here, _number(here), _trouble(here)),
        "buttons": render_template("surveys/_sheet_buttons.html", can_stand=can_stand),
    }
    digest = here.place.digest
    written = sheets.sheet(here.memory, here.asked, digest, page, here.language, TEMPLATE)
    return written.fill(View(evaluation, here.language, insets, typed=typed, errors=errors))


def _desk(survey: Survey, typed: str = "", trouble: str = "", answered: bool = False) -> str:
    found = paper.typed_sheets(db.session, survey)
    today = datetime.combine(clock.now().astimezone(clock.ZONE), time(), clock.ZONE)
    definition = starting.latest(db.session, survey)
    return render_template(
        "surveys/paper.html",
        survey=survey,
        takes_paper=paper.takes_paper(survey),
        is_talked=is_talked_about(survey, definition),
        is_open=survey.state == State.OPEN,
        invited=inviting.invited(db.session, survey) if survey.kind != Kind.OPEN else [],
        typed=typed,
        trouble=trouble,
        answered=answered,
        key=visiting.new_key(),
        asked_in=definition.languages or (definition.default_language,),
        sheets=found,
        today=paper.typed_since(found, today),
        silent=len(printing.silent(survey)),
        versions=VERSIONS if question_of_length(definition) else {},
    )
