"""What hosts do at their table: handing a device on, typing what is on paper."""

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from core import web
from core.db import db
from workshop import hosting
from workshop.current import current_participant, hand_to
from workshop.forms import SeatForm
from workshop.routes import scribing
from workshop.routes.rooms import bp
from workshop.routes.scribing import desk_in_room
from workshop.routes.seeing import way_back


@bp.get("/w/<code>/next")
def next_person(code: str) -> ResponseReturnValue:
    """Who takes the device that goes around? Nothing of anybody is seen here."""
    viewer = current_participant(code)
    table = hosting.table_of(db.session, viewer)
    if not (viewer.is_host or table):
        abort(404)
    seat = SeatForm(formdata=None) if viewer.is_host else None
    page = "workshop/public/next.html"
    return render_template(page, viewer=viewer, table=table, new_seat=seat)


@bp.post("/w/<code>/next")
def hand_on(code: str) -> ResponseReturnValue:
    """Hand the device on, take it into one's hands, or keep it as its host again."""
    viewer, chosen = current_participant(code), request.form.get("person", type=web.row_id)
    workshop = viewer.workshop
    if request.form.get("keep"):
        hand_to(workshop.code, None)
        return web.back(url_for(".room", code=workshop.code), "")
    if chosen is None:
        hand_to(workshop.code, 0)
        return redirect(url_for(".next_person", code=workshop.code), 303)
    person = hosting.whose_turn(db.session, viewer, chosen) or abort(404)
    hand_to(workshop.code, person.id)
    return web.back(way_back(viewer, person), "")


@bp.get("/w/<code>/papers")
def papers(code: str) -> ResponseReturnValue:
    return scribing.papers_page(desk_in_room(code))


@bp.post("/w/<code>/papers")
def type_paper(code: str) -> ResponseReturnValue:
    return scribing.type_paper(desk_in_room(code))


@bp.get("/w/<code>/papers/differing")
def differing(code: str) -> ResponseReturnValue:
    return scribing.differing(desk_in_room(code))


@bp.post("/w/<code>/papers/differing")
def agree(code: str) -> ResponseReturnValue:
    return scribing.agree(desk_in_room(code))


@bp.get("/w/<code>/wall")
def wall(code: str) -> ResponseReturnValue:
    return scribing.wall_page(desk_in_room(code))


@bp.post("/w/<code>/wall")
def count_wall(code: str) -> ResponseReturnValue:
    return scribing.count_wall(desk_in_room(code))


@bp.get("/w/<code>/paper-cards")
def paper_cards(code: str) -> ResponseReturnValue:
    return scribing.cards_page(desk_in_room(code))


@bp.post("/w/<code>/paper-cards")
def hang_paper_cards(code: str) -> ResponseReturnValue:
    return scribing.hang_cards(desk_in_room(code))
