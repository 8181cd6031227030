"""What takes place: entered, changed, cancelled for a day, and places reserved."""

from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from agency.calendar import occupying, reserving, viewing
from agency.calendar.forms import OccasionForm, ReservationForm
from agency.calendar.models import Occasion, Reservation, Slot
from agency.calendar.repeating import TooMany
from agency.routes.calendar import EDITORS, EVERYONE, calendar, mine_only, organisations
from core import clock, web
from core.db import db
from core.errors import ChangedMeanwhile, Refusal
from core.web import MOST_ROWS
from people.current import current_membership, current_project, current_staff, find
from people.listings.models import Listing
from people.models import Organisation, Role


@calendar.get("/new")
@EDITORS
def new_occasion() -> ResponseReturnValue:
    """An empty form, or one that an offer of the register has filled already."""
    data: dict[str, Any] = {"day": clock.today(), "room": request.args.get("room", "")}
    number = request.args.get("offer", 0, int)
    if 0 < number <= MOST_ROWS:
        offer = find(Listing, id=number, deleted=None, side="offer")
        mine_only(offer.organisation_id or 0)
        data |= {"title": offer.title, "seats": offer.quantity, "note": offer.note}
        data |= {"organisation": str(offer.organisation_id or "")}
    return _form_page(_form(data=data), None)


@calendar.post("/occasions")
@EDITORS
def add_occasion() -> ResponseReturnValue:
    form = _form()
    if not form.validate():
        return _form_page(form, None), 422

    who, key = (current_staff().called, clock.now()), form.key.data
    try:
        made = occupying.add(
            db.session,
            current_project(),
            form.entry(),
            *who,
            form_key=key,
            skips=form.skips.data,
        )
    except (occupying.RoomTaken, occupying.NoDate, TooMany) as refusal:
        return _again(form, refusal, None)
    db.session.commit()
    undo = url_for(".remove_occasion", occasion_id=made.id)
    page = url_for(".occasion", occasion_id=made.id)
    return web.back(page, gettext("It is in the calendar."), undo=undo)


@calendar.get("/occasions/<id:occasion_id>")
@EVERYONE
def occasion(occasion_id: int) -> ResponseReturnValue:
    return _page(_there(occasion_id), _reservation_form())


@calendar.get("/occasions/<id:occasion_id>/edit")
@EDITORS
def edit_occasion(occasion_id: int) -> ResponseReturnValue:
    it = _own(occasion_id)
    return _form_page(_form(data=OccasionForm.of(it)), it)


@calendar.post("/occasions/<id:occasion_id>")
@EDITORS
def change_occasion(occasion_id: int) -> ResponseReturnValue:
    it, form = _own(occasion_id), _form()
    if not form.validate():
        return _form_page(form, it), 422

    version = form.version.data or ""
    seen = int(version) if version.isdecimal() and len(version) < 10 else 0
    try:
        occupying.change(db.session, it, form.entry(), seen, skips=form.skips.data)
    except (Refusal, ChangedMeanwhile) as refusal:
        return _again(form, refusal, it)
    db.session.commit()
    page = url_for(".occasion", occasion_id=occasion_id)
    return web.back(page, gettext("It is changed."))


@calendar.post("/occasions/<id:occasion_id>/removal")
@EDITORS
def remove_occasion(occasion_id: int) -> ResponseReturnValue:
    it = _own(occasion_id)

    occupying.remove(it, clock.now())
    db.session.commit()
    undo = url_for(".bring_occasion_back", occasion_id=it.id)
    return web.back(url_for(".dates"), gettext("It is off the calendar."), undo=undo)


@calendar.post("/occasions/<id:occasion_id>/return")
@EDITORS
def bring_occasion_back(occasion_id: int) -> ResponseReturnValue:
    it = find(Occasion, id=occasion_id)
    mine_only(it.organisation_id)

    occupying.bring_back(db.session, it)
    db.session.commit()
    page = url_for(".occasion", occasion_id=it.id)
    return web.back(page, gettext("It is in the calendar again."))


@calendar.post("/occasions/<id:occasion_id>/dates/<id:slot_id>")
@EDITORS
def cancel_date(occasion_id: int, slot_id: int) -> ResponseReturnValue:
    """Let one date not take place, or take place after all."""
    it = _own(occasion_id)
    slot = find(Slot, id=slot_id, occasion_id=it.id)

    if request.form.get("takes_place") == "1":
        occupying.let_take_place(db.session, slot)
        said = gettext("It takes place after all.")
    else:
        occupying.cancel(db.session, slot)
        said = gettext("This date is cancelled; the room is free.")
    db.session.commit()
    return web.back(url_for(".occasion", occasion_id=it.id), said)


@calendar.post("/occasions/<id:occasion_id>/reservations")
@EDITORS
def reserve(occasion_id: int) -> ResponseReturnValue:
    it, form = _there(occasion_id), _reservation_form()
    if not form.validate():
        return _page(it, form), 422

    whom = find(Organisation, id=int(form.organisation.data))
    who = current_staff().called, clock.now(), form.key.data
    try:
        made = reserving.reserve(db.session, it, whom, form.places.data or 1, *who)
    except reserving.NotEnoughPlaces as refusal:
        db.session.rollback()
        form.places.errors = [gettext(refusal.reason, **refusal.values)]
        return _page(_there(occasion_id), form), 409
    db.session.commit()
    undo = url_for(".give_back", occasion_id=it.id, reservation_id=made.id)
    page = url_for(".occasion", occasion_id=it.id)
    return web.back(page, gettext("The places are reserved."), undo=undo)


@calendar.post("/occasions/<id:occasion_id>/reservations/<id:reservation_id>/removal")
@EDITORS
def give_back(occasion_id: int, reservation_id: int) -> ResponseReturnValue:
    it = find(Occasion, id=occasion_id, deleted=None)
    made = _own_reservation(it, reservation_id)

    reserving.give_back(db.session, it, made, clock.now())
    db.session.commit()
    undo = url_for(".keep_reservation", occasion_id=it.id, reservation_id=made.id)
    page = url_for(".occasion", occasion_id=it.id)
    return web.back(page, gettext("The places are free again."), undo=undo)


@calendar.post("/occasions/<id:occasion_id>/reservations/<id:reservation_id>/return")
@EDITORS
def keep_reservation(occasion_id: int, reservation_id: int) -> ResponseReturnValue:
    it = find(Occasion, id=occasion_id, deleted=None)
    made = _own_reservation(it, reservation_id)

    reserving.keep_after_all(db.session, it, made)
    db.session.commit()
    page = url_for(".occasion", occasion_id=it.id)
    return web.back(page, gettext("The places are reserved again."))


def _there(occasion_id: int) -> Occasion:
    return find(Occasion, id=occasion_id, deleted=None)


def _own(occasion_id: int) -> Occasion:
    it = _there(occasion_id)
    mine_only(it.organisation_id)
    return it


def _own_reservation(it: Occasion, number: int) -> Reservation:
    made = find(Reservation, id=number, occasion_id=it.id)
    mine_only(made.organisation_id)
    return made


def _form(**more: Any) -> OccasionForm:
    rooms = viewing.rooms_of(db.session, current_project())
    return OccasionForm(organisations(), rooms, **more)


def _reservation_form() -> ReservationForm:
    return ReservationForm(organisations())


def _form_page(form: OccasionForm, it: Occasion | None, **more: Any) -> str:
    more = {"clashes": [], "trouble": ""} | more
    return render_template("agency/calendar/occasion_form.html", form=form, it=it, **more)


def _again(form: OccasionForm, refusal: Refusal, it: Occasion | None) -> ResponseReturnValue:
    """Show the form with what is in its way: which dates of whom, and when."""
    db.session.rollback()
    trouble = gettext(refusal.reason, **refusal.values)
    if it:
        db.session.refresh(it)
    if isinstance(refusal, ChangedMeanwhile) and it:
        form.version.data, form.version.raw_data = str(it.version), None
    there = []
    if isinstance(refusal, occupying.RoomTaken):
        ids = [each.id for each in refusal.clashes]
        there = [find(Slot, id=number) for number in ids]
    return _form_page(form, it, trouble=trouble, clashes=there), 409


def _page(it: Occasion, form: ReservationForm) -> str:
    member = current_membership()
    is_counsellor = member.role == Role.COUNSELLOR
    own = (member.provider_id or 0) if is_counsellor else None
    seen = member.role != Role.TASK_FORCE
    return render_template(
        "agency/calendar/occasion.html",
        it=it,
        slots=occupying.slots_of(db.session, it),
        reservations=reserving.reservations_of(db.session, it, own) if seen else [],
        form=form,
        now=clock.now(),
    )
