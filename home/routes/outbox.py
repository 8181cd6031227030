"""The outbox: which mails wait, what they say, and what people did with them by hand."""

from flask import abort, current_app, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from core import mail, outbox, web
from core.clock import now
from core.db import db
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
    return render_template("home/letter.html", letter=one, shelf=outbox.shelf_of(one))


@desk.post("/<id:number>/sent")
def mark_sent(number: int) -> ResponseReturnValue:
    """Note that a mail was sent by hand, and go on with the next."""
    one = _letter(number)
    outbox.mark_sent(db.session, one, now())
    db.session.commit()
    notice = gettext("Noted as sent: “%(subject)s”.", subject=one.subject)
    return web.back(_next(number), notice, undo=url_for(".call_back", number=number))


@desk.post("/<id:number>/sent/removal")
def call_back(number: int) -> ResponseReturnValue:
    """Take back that a mail was sent by hand."""
    outbox.call_back(db.session, _letter(number))
    db.session.commit()
    return web.back(url_for(".letter", number=number), gettext("The mail is open again."))


@desk.post("/<id:number>/dropping")
def drop(number: int) -> ResponseReturnValue:
    """Let a mail not be sent, and go on with the next."""
    one = _letter(number)
    outbox.drop(db.session, one, now())
    db.session.commit()
    notice = gettext("It will not be sent: “%(subject)s”.", subject=one.subject)
    return web.back(_next(number), notice, undo=url_for(".pick_up", number=number))


@desk.post("/<id:number>/dropping/removal")
def pick_up(number: int) -> ResponseReturnValue:
    """Let a mail be sent after all."""
    outbox.pick_up(db.session, _letter(number))
    db.session.commit()
    return web.back(url_for(".letter", number=number), gettext("The mail is open again."))


@desk.post("/<id:number>/again")
def send_again(number: int) -> ResponseReturnValue:
    """Let a mail that rests go on its way once more."""
    outbox.try_again(db.session, _letter(number), now())
    db.session.commit()
    mail.deliver_waiting.later()
    return web.back(url_for(".letters"), gettext("The mail is sent within a minute."))


def _letter(number: int) -> Letter:
    return outbox.letter(db.session, _keys(), _projects(), number) or abort(404)


def _next(number: int) -> str:
    following = outbox.next_open(db.session, _projects(), number)
    return url_for(".letter", number=following) if following else url_for(".letters")


def _projects() -> list[int | None]:
    """Name those whose mails one may see; of the site, administrators only."""
    return [current_project().id] + [None] * current_staff().is_administrator


def _keys() -> Keyring:
    keys: Keyring = current_app.extensions["keys"]
    return keys
