"""Joining, tables, and going on with another device."""

from flask import abort, current_app, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from core import limits, qr, web
from core.clock import now
from core.db import db
from core.keys import Keyring
from workshop import hosting, joining
from workshop.current import (
    current_participant,
    hand_to,
    in_hands,
    seat_key,
    seated,
    stay_with_host,
    take_seat,
)
from workshop.forms import CodeForm, JoinForm, PlaceForm, SeatForm
from workshop.models import Workshop
from workshop.paper import places
from workshop.routes.entering import way_in
from workshop.routes.rooms import bp
from workshop.routes.seeing import way_back


@bp.get("/join")
def join() -> ResponseReturnValue:
    return render_template("workshop/public/join.html", form=CodeForm())


@bp.post("/join")
def enter_code() -> ResponseReturnValue:
    form = CodeForm()
    fits = form.validate()
    if fits and (seated(form.code.data) or joining.open_room_with(db.session, form.code.data)):
        return redirect(url_for(".room", code=joining.plain_code(form.code.data)), 303)

    if fits:
        limits.wrong("join")
        form.code.errors = [gettext("No open room has this code. Please look at it once more.")]
    return render_template("workshop/public/join.html", form=form), 422


@bp.post("/w/<code>")
def take_part(code: str) -> ResponseReturnValue:
    form, workshop = JoinForm(), joining.open_room_with(db.session, code)
    if seated(code):
        return redirect(url_for(".room", code=code), 303)
    if not workshop or not form.validate():
        return way_in(code, form)

    keys = current_app.extensions["keys"]
    key = joining.join(db.session, keys, workshop, form.key.data, now(), form.alias)
    db.session.commit()
    take_seat(workshop.code, key)
    return web.back(url_for(".room", code=workshop.code), "")


@bp.post("/w/<code>/table")
def seat_someone(code: str) -> ResponseReturnValue:
    viewer, form = current_participant(code), SeatForm()
    if not form.validate():
        abort(422)

    person = hosting.seat_someone(db.session, viewer, form.key.data, now(), form.name.data)
    db.session.commit()
    if in_hands(code) is not None:
        hand_to(viewer.workshop.code, person.id)
    return web.back(way_back(viewer, person), gettext("One more person sits at the table."))


@bp.get("/w/<code>/me")
def me(code: str) -> ResponseReturnValue:
    """The way to go on with another device."""
    viewer = current_participant(code)
    stay_with_host(code)
    link = url_for(".other_device", code=code, key=seat_key(viewer.workshop.code))
    address = current_app.config["PUBLIC_URL"] + link
    page = "workshop/public/me.html"
    return render_template(page, viewer=viewer, square=qr.square(address), address=address)


@bp.get("/w/<code>/me/<key>")
def other_device(code: str, key: str) -> ResponseReturnValue:
    keys = current_app.extensions["keys"]
    viewer = joining.participant_with(db.session, keys, code, key) or abort(404)
    return render_template("workshop/public/other_device.html", viewer=viewer, key=key)


@bp.post("/w/<code>/me/<key>")
def go_on_here(code: str, key: str) -> ResponseReturnValue:
    keys = current_app.extensions["keys"]
    viewer = joining.participant_with(db.session, keys, code, key) or abort(404)

    take_seat(viewer.workshop.code, key)
    return web.back(url_for(".room", code=viewer.workshop.code), "")


@bp.get("/w/<code>/place/<card>")
def place(code: str, card: str) -> ResponseReturnValue:
    """The way in with a printed card, or back to one's place."""
    workshop, number = _place(code, card)
    person = places.who_sits(db.session, _keys(), workshop, card)
    if not person and not workshop.is_open:
        return render_template("workshop/public/closed.html", code=workshop.code), 404
    if not person and seated(code):
        return _stay_seated(workshop)
    return _sitting(workshop, card, number, person=person)


@bp.post("/w/<code>/place/<card>")
def sit_down(code: str, card: str) -> ResponseReturnValue:
    (workshop, number), form = _place(code, card), PlaceForm()
    if not form.validate():
        return _sitting(workshop, card, number, form=form), 422
    if seated(code) and not places.who_sits(db.session, _keys(), workshop, card):
        return _stay_seated(workshop)

    name = form.name.data or gettext("Place %(number)s", number=number)
    key = places.sit_down(db.session, _keys(), workshop, card, now(), name)
    db.session.commit()
    take_seat(workshop.code, key)
    return web.back(url_for(".room", code=workshop.code), "")


def _stay_seated(workshop: Workshop) -> ResponseReturnValue:
    """Lead whoever has a seat back to it: nobody gets a second one with another card."""
    said = gettext("You take part on this device already.")
    return web.back(url_for(".room", code=workshop.code), said)


def _place(code: str, card: str) -> tuple[Workshop, int]:
    """Return what a card opens; wrong ones slow down whoever tries more of them."""
    workshop = joining.workshop_with(db.session, code)
    number = places.place_on(_keys(), workshop, card) if workshop else None
    if not workshop or number is None:
        limits.wrong("join")
        abort(404)
    return workshop, number


def _sitting(workshop: Workshop, card: str, number: int, **more: object) -> str:
    facts: dict[str, object] = {"form": PlaceForm(), "person": None} | more
    page = "workshop/public/place.html"
    return render_template(page, workshop=workshop, card=card, number=number, **facts)


def _keys() -> Keyring:
    keyring: Keyring = current_app.extensions["keys"]
    return keyring
