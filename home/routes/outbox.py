from flask import abort, current_app, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from core import mail, web
from core.clock import now
from core.db import db
from people.current import current_project, current_staff, staff_blueprint

desk = staff_blueprint("outbox", __name__, "/people/outbox")


@desk.get("")
def letters() -> ResponseReturnValue:
    """What waits and what was sent; administrators also see mails that belong to no project."""
    keys = current_app.extensions["keys"]
    letters = list(mail.outbox(db.session, keys, current_project().id))
    if current_staff().is_administrator:
        letters += mail.outbox(db.session, keys, None)
    return render_template("home/outbox.html", letters=letters)


@desk.post("/<id:number>/again")
def send_again(number: int) -> ResponseReturnValue:
    """Let a mail that rests go on its way once more."""
    projects = [current_project().id] + [None] * current_staff().is_administrator
    asked = [mail.try_again(db.session, project, number, now()) for project in projects]
    db.session.commit()
    if not any(asked):
        abort(404)
    mail.deliver_waiting.later()
    return web.back(url_for(".letters"), gettext("The mail is sent within a minute."))
