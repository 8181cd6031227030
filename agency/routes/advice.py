"""The queue of advice cases, and the ways to begin one."""

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext

from agency.areas import Area, add_area
from agency.cases import arranging, beginning, queueing
from agency.cases.forms import CaseForm
from agency.cases.models import Case, Event
from agency.cases.queueing import Line, State, Wanted
from agency.cases.words import KINDS, OUTCOMES, STATES
from agency.routes import feed_words
from agency.routes.agency import area_blueprint
from core import clock, web
from core.db import db
from core.i18n import language
from core.ical import Entry, register_feed
from people.current import (
    current_membership,
    current_project,
    current_staff,
    current_terms,
    find,
    open_to,
)
from people.listings.models import Listing
from people.models import Membership, Role
from people.naming import registered

advice = area_blueprint("advice", __name__, "/advice")
ADVISERS = open_to(Role.ADVISER)
EVERYONE = open_to(Role.ADVISER, Role.COUNSELLOR)
add_area(
    Area(
        10,
        "advice.queue",
        lazy_gettext("Advice"),
        lazy_gettext("Who takes care of what an organisation needs, and what came of it."),
        used=queueing.has_any,
    )
)


@advice.context_processor
def _words() -> dict[str, object]:
    return {
        "KINDS": KINDS,
        "STATES": STATES,
        "OUTCOMES": OUTCOMES,
        "fresh_key": lambda: uuid4().hex,
        "term": lambda code: current_terms().label(code, language()),
    }


@advice.get("")
@EVERYONE
def queue() -> ResponseReturnValue:
    """The cases that the reader may see, and the needs that nobody takes care of."""
    member, asked = current_membership(), request.args
    wanted = Wanted(
        q=asked.get("q", "")[:100],
        kind=asked.get("kind", ""),
        state=asked.get("state", "open"),
        owner=asked.get("owner", ""),
    )
    lines = queueing.queue(db.session, current_project(), member, clock.now())
    needs = []
    if member.role != Role.COUNSELLOR:
        needs = [*beginning.waiting_needs(db.session, current_project(), clock.today())]
    still = [line for line in lines if line.state != State.CLOSED]
    return render_template(
        "agency/cases/queue.html",
        lines=[line for line in lines if wanted.fits(line, member)],
        all=len(lines),
        still=still,
        longest=next((line for line in still if line.waits), None),
        mine=queueing.for_me(lines, member),
        free=sum(line.state == State.FREE for line in lines),
        wanted=wanted,
        owners=_owners(lines),
        needs=needs,
        may_begin=member.role != Role.COUNSELLOR,
    )


@advice.get("/new")
@ADVISERS
def new_case() -> ResponseReturnValue:
    return _new(_form())


@advice.post("")
@ADVISERS
def begin_case() -> ResponseReturnValue:
    form = _form()
    if not form.validate():
        return _new(form), 422
    return _begin(form.need(), form, None)


@advice.post("/needs/<id:listing_id>")
@ADVISERS
def begin_from_need(listing_id: int) -> ResponseReturnValue:
    """Begin the case of a need that is listed: one click, unless there is one already."""
    listing = find(Listing, id=listing_id, deleted=None)
    need = beginning.need_of(db.session, current_project(), listing)
    form = _form(organisation=need.organisation.name, term=need.term, title=need.title)
    form.careful = ("again",)  # the rest is in the register already
    if not form.validate():
        return _new(form, listing=listing), 422
    return _begin(need, form, listing)


def _begin(
    need: beginning.Need, form: CaseForm, listing: Listing | None
) -> ResponseReturnValue:
    """Begin a case, or show the one there is already and ask why another."""
    member, project = current_membership(), current_project()
    try:
        case = beginning.begin(
            db.session,
            project,
            need,
            current_staff().called,
            clock.now(),
            form_key=form.key.data,
            text=form.text.data or "",
            again=form.again.data or "",
            owner=member if form.mine.data else None,
        )
    except beginning.BegunAlready as refusal:
        return _new(form, first=refusal.case, listing=listing), 409
    db.session.commit()
    said = gettext("The case %(code)s has begun.", code=case.code)
    undo = url_for(".remove_case", number=case.number)
    return web.back(url_for(".case", number=case.number), said, undo=undo)


def _new(form: CaseForm, *, first: Case | None = None, listing: Listing | None = None) -> str:
    page = "agency/cases/new.html"
    return render_template(page, form=form, first=first, listing=listing)


def _form(**data: object) -> CaseForm:
    known = registered(db.session, current_project())
    return CaseForm(known, language(), current_terms(), data=data)


def _owners(lines: list[Line]) -> dict[str, str]:
    """List who has cases, as the filter names them."""
    cases = [line.case for line in lines]
    members = {str(each.owner.id): _called(each.owner) for each in cases if each.owner}
    providers = {f"p{each.provider.id}": each.provider.name for each in cases if each.provider}
    both = members | providers
    return dict(sorted(both.items(), key=lambda pair: pair[1]))


def _called(member: Membership) -> str:
    return member.user.called


@register_feed
def feed(session: Any, reader: Membership) -> Iterator[Entry]:
    """Tell one's calendar program when one advises whom."""
    for appointment, case in arranging.coming_of(session, reader, clock.now()):
        yield Entry(
            uid=f"appointment-{appointment.id}",
            title=feed_words.advice(case.organisation.name),
            begins=appointment.at,
            ends=appointment.at + arranging.USUAL,
            place=appointment.place,
            note=f"{case.code} {case.title}",
            is_cancelled=appointment.was == Event.CANCELLED,
        )
