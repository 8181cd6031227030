"""The outbox: which mails wait, what they say, and what people did with them by hand."""

from flask import abort, current_app, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from core import mail, outbox, web
from core.clock import now
from core.db import db
from core.errors import message
from core.keys import Keyring
from core.mail import Letter
from core.outbox import Shelf
from people.current import current_project, current_staff, staff_blueprint

desk = staff_blueprint("outbox", __name__, "/people/outbox")
MOST = 200  # mails on one page


@desk.get("")
def letters() -> ResponseReturnValue:
    """What waits and what was sent; administrators also see mails that belong to no project."""
    wanted, words = request.args.get("shelf", ""), request.args.get("q", "").strip()
    shelf = Shelf(wanted) if wanted in [*Shelf] else Shelf.OPEN
    shelves = outbox.sorted_out(db.session, _keys(), _projects(), words)
    return render_template(
        "home/outbox.html", shelves=shelves, shelf=shelf, words=words, most=MOST
    )


@desk.get("/<id:number>")
def letter(number: int) -> ResponseReturnValue:
    """One mail, to be read, copied, or opened in one's own mail program."""
    one = _letter(number)
    shelf, rests = outbox.shelf_of(one), outbox.rests(one, now())
    return render_template("home/letter.html", letter=one, shelf=shelf, rests=rests)


@desk.post("/<id:number>/sent")
def mark_sent(number: int) -> ResponseReturnValue:
    """Note that a mail was sent by hand, and go on with the next."""
    outbox.mark_sent(db.session, _letter(number), now())
    return _go_on(number, message("Noted as sent: “%(subject)s”."), ".call_back")


@desk.post("/<id:number>/sent/removal")
def call_back(number: int) -> ResponseReturnValue:
    """Take back that a mail was sent by hand."""
    outbox.call_back(db.session, _letter(number))
    return _open_again(number)


@desk.post("/<id:number>/dropping")
def drop(number: int) -> ResponseReturnValue:
    """Let a mail not be sent, and go on with the next."""
    outbox.drop(db.session, _letter(number), now())
    return _go_on(number, message("It will not be sent: “%(subject)s”."), ".pick_up")


@desk.post("/<id:number>/dropping/removal")
def pick_up(number: int) -> ResponseReturnValue:
    """Let a mail be sent after all."""
    outbox.pick_up(db.session, _letter(number))
    return _open_again(number)


@desk.post("/<id:number>/again")
def send_again(number: int) -> ResponseReturnValue:
    """Let a mail that rests go on its way once more."""
    outbox.try_again(db.session, _letter(number), now())
    db.session.commit()
    mail.deliver_waiting.later()
    return web.back(url_for(".letters"), gettext("The mail is sent within a minute."))


def _go_on(number: int, said: str, undo: str) -> ResponseReturnValue:
    """Commit what was done with a mail, and show the next open one."""
    db.session.commit()
    following = outbox.next_open(db.session, _projects(), number)
    there = url_for(".letter", number=following) if following else url_for(".letters")
    notice = gettext(said, subject=_letter(number).subject)
    return web.back(there, notice, undo=url_for(undo, number=number))


def _open_again(number: int) -> ResponseReturnValue:
    db.session.commit()
    return web.back(url_for(".letter", number=number), gettext("The mail is open again."))


def _letter(number: int) -> Letter:
    return outbox.letter(db.session, _keys(), _projects(), number) or abort(404)


def _projects() -> list[int | None]:
    """Name those whose mails one may see; of the site, administrators only."""
    return [current_project().id] + [None] * current_staff().is_administrator


def _keys() -> Keyring:
    keys: Keyring = current_app.extensions["keys"]
    return keys
