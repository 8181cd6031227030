"""Who has a case: taking it, handing it over, and saying yes or no."""

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from agency.cases import handing_over
from agency.cases.forms import HandoverForm, ReasonForm
from agency.cases.models import Case, Handover
from agency.routes.advice import ADVISERS, EVERYONE, advice
from agency.routes.advice_cases import opened, page_of, worked_on
from core import clock, web
from core.db import db
from people.current import current_membership, current_project, current_staff, find
from people.models import Role
from people.naming import registered
from people.staffing import members_of


@advice.post("/<id:number>/owner")
@ADVISERS
def take(number: int) -> ResponseReturnValue:
    """Take a case that nobody has."""
    case, member = opened(number).case, current_membership()

    handing_over.take(db.session, case, member, current_staff().called, clock.now())
    db.session.commit()
    return web.back(url_for(".case", number=number), gettext("The case is yours now."))


@advice.get("/<id:number>/handover")
@EVERYONE
def handover(number: int) -> ResponseReturnValue:
    case = worked_on(number)
    return render_template("agency/cases/handover.html", case=case, form=_form(case))


@advice.post("/<id:number>/handover")
@EVERYONE
def hand_over(number: int) -> ResponseReturnValue:
    case = worked_on(number)
    form = _form(case)
    if not form.validate():
        return render_template("agency/cases/handover.html", case=case, form=form), 422

    to = form.receiver()
    made = handing_over.offer(
        db.session,
        case,
        to,
        form.promised.data,
        current_staff().called,
        clock.now(),
        next=form.next.data,
        form_key=form.key.data,
    )
    db.session.commit()
    undo = url_for(".keep_case", number=number, handover_id=made.id)
    notice = gettext("The hand-over waits for the yes of %(whom)s.", whom=to.called)
    return web.back(url_for(".case", number=number), notice, undo=undo)


@advice.post("/<id:number>/handover/<id:handover_id>/answer")
@EVERYONE
def answer(number: int, handover_id: int) -> ResponseReturnValue:
    """Say yes or no; who facilitates may do so for somebody who said it on the phone."""
    it, form = opened(number), ReasonForm(prefix="answer-")
    asked = find(Handover, id=handover_id, case_id=it.case.id)
    if asked == it.handover and not it.may_answer:
        abort(403)
    if not form.validate():
        return page_of(it, answer=form), 422

    is_yes, who = request.form.get("answer") == "yes", (current_staff().called, clock.now())
    text = form.text.data or ""
    handing_over.answer(db.session, it.case, asked, *who, is_yes=is_yes, text=text)
    db.session.commit()
    said = gettext("The case has changed hands.") if is_yes else gettext("The no is noted.")
    gone = current_membership().role == Role.COUNSELLOR and not is_yes
    return web.back(
        url_for(".queue" if gone else ".case", number=None if gone else number), said
    )


@advice.post("/<id:number>/handover/<id:handover_id>/removal")
@EVERYONE
def keep_case(number: int, handover_id: int) -> ResponseReturnValue:
    case = worked_on(number)
    asked = find(Handover, id=handover_id, case_id=case.id)

    handing_over.take_back(db.session, case, asked, current_staff().called, clock.now())
    db.session.commit()
    return web.back(url_for(".case", number=number), gettext("The hand-over is taken back."))


def _form(case: Case) -> HandoverForm:
    advise = (Role.FACILITATOR, Role.ADVISER)
    members = members_of(db.session, current_project())
    others = [each for each in members if each.role in advise and each.id != case.owner_id]
    return HandoverForm(others, registered(db.session, current_project()))
