"""One's own account: name, language, and where one is signed in."""

from flask import render_template, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from core import clock, web
from core.db import db
from people import accounts, entering, staying
from people.current import account_blueprint, current_staff, signed_in_only
from people.entering import hash_of
from people.routes.forms import AccountForm

bp = signed_in_only(account_blueprint("account", __name__))


@bp.route("/account", methods=["GET", "POST"])
def account() -> ResponseReturnValue:
    """Show and change name and language; an address is given once and then stays."""
    user = current_staff()
    form = AccountForm(obj=user)
    if user.email:
        del form.email
    if not form.validate_on_submit():
        page = render_template("people/accounts/account.html", form=form, user=user)
        return page, 422 if form.errors else 200

    if not user.email:
        entering.give_address(db.session, user, form.email.data)
    user.name, user.language = form.name.data, form.language.data
    session["language"] = user.language
    db.session.commit()
    return web.back(url_for("account.account"), gettext("Saved."))


@bp.get("/account/sessions")
def sessions() -> ResponseReturnValue:
    """Show in which browsers one is signed in."""
    here = hash_of(session[accounts.KEY])
    mine = staying.sessions_of(db.session, current_staff().id, clock.now())
    return render_template("people/accounts/sessions.html", sessions=mine, here=here)


@bp.post("/account/sessions/<id:number>/removal")
def end_session(number: int) -> ResponseReturnValue:
    """Sign one browser out."""
    ended = staying.end_session(db.session, current_staff().id, number)
    db.session.commit()
    if not ended:
        return web.refuse(404)
    return web.back(url_for("account.sessions"), gettext("That device is signed out."))


@bp.post("/account/sessions/removal")
def end_other_sessions() -> ResponseReturnValue:
    """Sign every other browser out."""
    staying.end_others(db.session, current_staff().id, session[accounts.KEY])
    db.session.commit()
    return web.back(url_for("account.sessions"), gettext("All other devices are signed out."))
