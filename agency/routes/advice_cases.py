"""One case: what happened, appointments, who has it, and how it ends."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from agency.cases import arranging, closing, handing_over, history, queueing, seeing
from agency.cases.forms import AppointmentForm, NoteForm, OutcomeForm, ReasonForm
from agency.cases.models import Appointment, Case, CaseEvent, Event, Handover, Outcome
from agency.cases.queueing import State
from agency.cases.words import EVENTS, OUTCOMES
from agency.routes.advice import ADVISERS, EVERYONE, advice
from core import clock, web
from core.db import db
from core.i18n import moment
from people.current import current_membership, current_project, current_staff, find
from people.models import Organisation

SAID_OF = {Event.MET: "held", Event.CANCELLED: "cancelled", Event.ARRANGED: "arranged"}


@dataclass(frozen=True)
class Open:
    """A case, and what the one asking may do with it."""

    case: Case
    organisation: Organisation
    handover: Handover | None  # that waits for an answer
    may_read: bool
    may_act: bool
    may_answer: bool

    @property
    def state(self) -> State:
        return queueing.state_of(self.case, self.handover)


def opened(number: int) -> Open:
    """Return a case that the one asking may see: all others are like none."""
    case, member = find(Case, number=number, deleted=None), current_membership()
    handover = handing_over.waiting_for(db.session, case)
    if not seeing.may_see(case, handover, member):
        abort(404)
    may_act = seeing.may_act(case, member)
    return Open(
        case,
        queueing.organisation_of(db.session, current_project(), case),
        handover,
        seeing.may_read(case, handover, member),
        may_act,
        bool(handover) and (seeing.is_for(handover, member) or may_facilitate()),
    )


def may_facilitate() -> bool:
    return current_membership().role == "facilitator"


def worked_on(number: int) -> Case:
    """Return a case on which the one asking works."""
    it = opened(number)
    if not it.may_act:
        abort(403)
    return it.case


@advice.get("/<id:number>")
@EVERYONE
def case(number: int) -> ResponseReturnValue:
    return page_of(opened(number))


@advice.post("/<id:number>/notes")
@EVERYONE
def note(number: int) -> ResponseReturnValue:
    case, form = worked_on(number), NoteForm(prefix="note-")
    if not form.validate():
        return page_of(opened(number), note=form), 422

    who = current_staff().called, clock.now(), form.key.data
    history.note(db.session, case, form.text.data, *who)
    db.session.commit()
    return web.back(url_for(".case", number=number), gettext("It is noted."))


@advice.post("/<id:number>/appointments")
@EVERYONE
def arrange(number: int) -> ResponseReturnValue:
    case, form = worked_on(number), AppointmentForm(prefix="when-")
    if not form.validate():
        return page_of(opened(number), appointment=form), 422

    who = current_staff().called, clock.now(), form.key.data
    arranging.arrange(db.session, case, form.at(), form.place.data, *who)
    db.session.commit()
    said = gettext("The appointment is arranged: %(when)s.", when=moment(form.at()))
    return web.back(url_for(".case", number=number), said)


@advice.post("/<id:number>/appointments/<id:appointment_id>")
@EVERYONE
def say_what_came(number: int, appointment_id: int) -> ResponseReturnValue:
    case = worked_on(number)
    appointment = find(Appointment, id=appointment_id, case_id=case.id)
    was = next((each for each in SAID_OF if each == request.form.get("was")), None)
    if was is None:
        return web.refuse(422)

    who = current_staff().called, clock.now()
    arranging.say_what_came(db.session, case, appointment, was, *who)
    db.session.commit()
    return web.back(url_for(".case", number=number), gettext("It is noted."))


@advice.get("/<id:number>/outcome")
@EVERYONE
def outcome(number: int) -> ResponseReturnValue:
    form = OutcomeForm(data={"met": True})
    return render_template("agency/cases/outcome.html", case=worked_on(number), form=form)


@advice.post("/<id:number>/outcome")
@EVERYONE
def close(number: int) -> ResponseReturnValue:
    case, form = worked_on(number), OutcomeForm()
    if not form.validate():
        return render_template("agency/cases/outcome.html", case=case, form=form), 422

    result, who = Outcome(form.outcome.data), (current_staff().called, clock.now())
    closing.close(db.session, case, result, form.text.data, *who, is_met=form.met.data)
    db.session.commit()
    page, undo = url_for(".case", number=number), url_for(".reopen", number=number)
    return web.back(page, gettext("The case %(code)s is closed.", code=case.code), undo=undo)


@advice.post("/<id:number>/reopening")
@EVERYONE
def reopen(number: int) -> ResponseReturnValue:
    case, form = worked_on(number), ReasonForm(prefix="again-")
    if not form.validate():
        return page_of(opened(number), again=form), 422

    who = current_staff().called, clock.now()
    closing.reopen(db.session, case, form.text.data or "", *who)
    db.session.commit()
    return web.back(url_for(".case", number=number), gettext("The case is open again."))


@advice.post("/<id:number>/removal")
@ADVISERS
def remove_case(number: int) -> ResponseReturnValue:
    case = worked_on(number)

    closing.remove(case, clock.now())
    db.session.commit()
    undo = url_for(".bring_case_back", number=number)
    said = gettext("The case %(code)s is deleted.", code=case.code)
    return web.back(url_for(".queue"), said, undo=undo)


@advice.post("/<id:number>/return")
@ADVISERS
def bring_case_back(number: int) -> ResponseReturnValue:
    case = find(Case, number=number)
    if not seeing.may_act(case, current_membership()):
        abort(403)

    closing.bring_back(case)
    db.session.commit()
    said = gettext("The case %(code)s is there again.", code=case.code)
    return web.back(url_for(".case", number=number), said)


def page_of(it: Open, **forms: Any) -> str:
    """Show a case, with the form that was not right as it was typed."""
    may_read = it.may_read
    events = history.history_of(db.session, it.case) if may_read else []
    made = {
        "note": NoteForm(prefix="note-", formdata=None),
        "appointment": AppointmentForm(prefix="when-", formdata=None),
        "again": ReasonForm(prefix="again-", formdata=None),
        "answer": ReasonForm(prefix="answer-", formdata=None),
    }
    return render_template(
        "agency/cases/case.html",
        it=it,
        case=it.case,
        events=events,
        told=told,
        promise=handing_over.last_promise(db.session, it.case) if may_read else None,
        offered=handing_over.receiver_of(db.session, it.handover) if it.handover else None,
        appointments=arranging.appointments_of(db.session, it.case) if may_read else [],
        now=clock.now(),
        **(made | forms),
    )


def told(event: CaseEvent) -> str:
    """Say what happened, in the language of the page."""
    text: str = gettext(EVENTS[event.event])
    if event.event in SAID_OF:
        return f"{text}: {moment(datetime.fromisoformat(event.whom))}"
    if event.event == Event.CLOSED:
        return f"{text}: {gettext(OUTCOMES[event.whom])}"
    return text.replace("%(whom)s", event.whom)
