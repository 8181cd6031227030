"""Several boards in a room: reading those beside the front one, and the facilitator's hand."""

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from core import web
from core.db import db
from core.i18n import language
from people.current import find
from workshop import boards, showing
from workshop.current import current_participant
from workshop.models import Board, Workshop
from workshop.routes.desk import bp as desk
from workshop.routes.forms import BoardForm
from workshop.routes.rooms import bp
from workshop.routes.seeing import seat_of


@bp.get("/w/<code>/boards/<id:number>")
def other_board(code: str, number: int) -> ResponseReturnValue:
    viewer = current_participant(code)
    board = _board(viewer.workshop, number)
    part = showing.part_of(board.phase, board.tables, viewer.table, by_table=False)

    def context() -> dict[str, object]:
        room = url_for(".room", code=viewer.workshop.code)
        shown = showing.wall(db.session, board, language(), part)
        return {"board": board, "room": room, **shown}

    content = web.shared("workshop/public/_board.html", board, context, part)
    page = "workshop/public/board.html"
    return render_template(page, shown=board, content=content, **seat_of(viewer))


@desk.get("/<slug>/boards")
def show_boards(slug: str) -> ResponseReturnValue:
    return _boards(find(Workshop, slug=slug), BoardForm())


@desk.post("/<slug>/boards")
def add_board(slug: str) -> ResponseReturnValue:
    workshop, form = find(Workshop, slug=slug), BoardForm()
    if not form.validate():
        return _boards(workshop, form), 422

    words = form.title.data, form.questions.data
    boards.add_board(db.session, workshop, form.key.data, *words)
    db.session.commit()
    said = gettext("The board hangs beside the others.")
    return web.back(url_for(".show_boards", slug=slug), said)


@desk.post("/<slug>/front")
def bring_to_front(slug: str) -> ResponseReturnValue:
    workshop = find(Workshop, slug=slug)
    board = _board(workshop, request.form.get("board", type=web.row_id))

    boards.bring_to_front(db.session, workshop, board)
    db.session.commit()
    said = gettext("“%(board)s” hangs at the front.", board=board.called)
    return web.back(url_for(".workshop", slug=slug), said)


def _boards(workshop: Workshop, form: BoardForm) -> str:
    return render_template("workshop/boards.html", workshop=workshop, form=form)


def _board(workshop: Workshop, number: int | None) -> Board:
    found = [board for board in workshop.boards if board.position == number]
    return found[0] if found else abort(404)
