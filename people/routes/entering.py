"""The ways in: a link by mail, a link printed by the command line, an invitation."""

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user
from flask_security import hash_password
from flask_security.utils import validate_redirect_url

from core import clock, i18n, mail, web
from core.db import db
from core.errors import message
from people import accounts, entering, inviting
from people.accounts.forms import may_mail
from people.current import account_blueprint, current_staff, sign_in_first
from people.routes.forms import JoinForm
from people.staffing import MAY, ROLES

bp = account_blueprint("entering", __name__)
WORN_OUT = message("This link has been used or has expired. Please ask for a new one.")


@bp.post("/sign-in/link")
def send_link() -> ResponseReturnValue:
    """Mail a link that signs its reader in once; nobody learns whether there is an account."""
    address, page = request.form.get("email", "").strip(), _page(request.form.get("next"))
    if not current_app.config["SMTP_URL"]:
        return web.back(url_for("security.login", next=page or None), "")  # it says whom to ask
    if "@" not in address:
        flash(gettext("Please enter your e-mail address."), "error")
        return redirect(url_for("security.login", next=page or None), 303)

    user = entering.user_with(db.session, address) if may_mail(address) else None
    if user:
        key = entering.make_key(db.session, user, entering.BY_MAIL, clock.now())
        link = web.public(url_for("entering.welcome", key=key, next=page or None))
        text = render_template("people/accounts/link.txt", user=user, link=link)
        mail.send(user.email, gettext("Your link to sign in"), text, purpose=mail.ACCOUNT)
        db.session.commit()
    notice = gettext("If there is an account with this address, a mail is on its way.")
    return web.back(url_for("security.login", next=page or None), notice)


@bp.get("/welcome/<key>")
def welcome(key: str) -> ResponseReturnValue:
    """Ask before the link is used: mail programs like to look at links."""
    user = entering.whose_key(db.session, key, clock.now())
    if not user:
        return web.refuse(404, gettext(WORN_OUT))
    return render_template("people/accounts/welcome.html", user=user)


@bp.post("/welcome/<key>")
def use_link(key: str) -> ResponseReturnValue:
    """Sign in whoever holds the link, once."""
    user = entering.use_key(db.session, key, clock.now())
    if not user:
        return web.refuse(404, gettext(WORN_OUT))

    page = _page(request.args.get("next"))
    return accounts.enter(user, "link", page if user.email else url_for("account.account"))


@bp.route("/invited/<key>", methods=["GET", "POST"])
def invited(key: str) -> ResponseReturnValue:
    """Show who invites to what, and let someone new make an account."""
    now = clock.now()
    found = inviting.open_invitation(db.session, key, now)
    if not found:
        return web.refuse(404, gettext(WORN_OUT))
    invitation, project = found
    form = JoinForm(email=invitation.email)
    if not current_app.config["SMTP_URL"]:
        form.require_password()
    if current_user.is_authenticated or not form.validate_on_submit():
        page = render_template(
            "people/accounts/invited.html",
            form=form,
            key=key,
            project=project,
            role=ROLES[invitation.role],
            may=MAY[invitation.role],
        )
        return page, 422 if form.errors else 200

    account = inviting.NewAccount(
        form.name.data,
        form.email.data,
        i18n.language(),
        hash_password(form.password.data) if form.password.data else None,
    )
    user = inviting.accept_anew(db.session, invitation, account, now)
    page = url_for("projects.projects")
    flash(gettext("Welcome. Your account is ready."))
    return accounts.enter(user, "invitation", page)


@bp.post("/invited/<key>/membership")
def join(key: str) -> ResponseReturnValue:
    """Let someone who has signed in already work in one more project."""
    if not current_user.is_authenticated:
        return sign_in_first()
    found = inviting.open_invitation(db.session, key, clock.now())
    if not found:
        return web.refuse(404, gettext(WORN_OUT))

    inviting.accept(db.session, found[0], current_staff(), clock.now())
    db.session.commit()
    page = url_for("projects.projects")
    return web.back(page, gettext("You now work in %(project)s.", project=found[1].name))


def _page(wish: str | None) -> str:
    """Return where someone wants to go next, if it is here."""
    return wish if wish and wish.startswith("/") and validate_redirect_url(wish) else ""
