"""Accounts of the staff: Flask-Security signs them in, in our words and on our pages only.

It and what it brings along want to look at every request: who is it, what may they do,
which variables do all templates get. Answering, posting and voting need none of that, so
their hooks are moved to the blueprints of the staff.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from secrets import token_urlsafe
from typing import Any

from flask import Flask, abort, current_app, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user, user_logged_in, user_logged_out
from flask_security import RoleMixin, Security, login_user, logout_user
from flask_security.signals import password_changed, password_reset
from flask_security.utils import set_request_attr
from sqlalchemy import select

from core import clock, jobs
from core.db import db
from people import entering, staying
from people.accounts import forms, pages
from people.accounts.parts import Account, Accounts, Codes, Letters
from people.accounts.settings import settings
from people.current import STAFF, sign_in_first
from people.models import User

EVERYWHERE = ("before_request_funcs", "after_request_funcs", "template_context_processors")
UNUSED = ("two_factor_rescue", "tf_select")  # there is one second factor, and codes for it
KEY = "staff_key"  # in the session of the browser; only its hash is in the database


class Doors(Security):
    """Flask-Security, without asking for a library that draws codes as pictures."""

    def _check_modules(self, module: str, config_name: str) -> object:
        return module == "qrcode" or super()._check_modules(module, config_name)  # type: ignore[no-untyped-call]


def init_app(app: Flask) -> None:
    app.config.from_mapping(settings(app))
    doors = Doors(
        datastore=Accounts(db, Account, RoleMixin),
        login_form=forms.SignIn,
        verify_form=forms.Confirm,
        forgot_password_form=forms.Forgot,
        change_password_form=forms.Change,
        two_factor_rescue_form=forms.Rescue,
        two_factor_setup_form=forms.Setup,
        two_factor_verify_code_form=forms.Code,
        mf_recovery_form=forms.Recovery,
        mail_util_cls=Letters,
        totp_cls=Codes,
        render_template=pages.render,
    )
    with _only_on(app, {*STAFF, "security"}):
        doors.init_app(app)
    doors.want_json(lambda _request: False)
    doors.unauthn_handler(_ask)
    doors.login_manager.user_loader(_load)
    doors.login_manager.request_loader(None)
    doors.login_manager.session_protection = None  # it would read addresses of networks
    for endpoint in UNUSED:
        app.view_functions[f"security.{endpoint}"] = lambda: abort(404)
    pages.init_app(app)
    for signal, listen in LISTENERS.items():
        signal.connect(listen, app)


def enter(user: User, via: str, page: str = "") -> ResponseReturnValue:
    """Sign *user* in, after their second factor if they have one, and lead on to *page*."""
    if current_user.is_authenticated:
        logout_user()
    account = account_of(user)
    plugins = current_app.extensions["security"].two_factor_plugins
    second = plugins.tf_enter(account, False, via, next_loc=page or None)
    if not second:
        login_user(account, authn_via=[via])
    db.session.commit()
    if second:
        second.status_code = 303
    return second or redirect(page or url_for("projects.projects"), 303)


def account_of(user: User) -> Account:
    """Return the account that *user* is, for those who sign people in."""
    if isinstance(user, Account):
        return user
    db.session.flush()
    db.session.expunge(user)
    return db.session.get_one(Account, user.id)


@jobs.nightly(hour=3)
def forget_old_keys() -> None:
    """Delete what can open nothing any more."""
    entering.forget_old(db.session, clock.now())
    db.session.commit()


def _ask(_mechanisms: list[str], headers: dict[str, str] | None = None) -> Any:
    return sign_in_first()


def _load(uniquifier: str) -> Account | None:
    """Return who is signed in; a session that was ended does not come back."""
    query = select(Account).filter_by(fs_uniquifier=uniquifier, active=True)
    account: Account | None = db.session.scalar(query)
    one = staying.session_with(db.session, session.get(KEY, ""), clock.now())
    if not (account and one and one.user_id == account.id):
        return None
    if staying.note_seen(db.session, one, clock.now()):
        db.session.commit()
    set_request_attr("fs_authn_via", "session")
    set_request_attr("fs_paa", session.get("fs_paa", 0))
    return account


def _begin(_app: Flask, user: Account, **_more: object) -> None:
    """Give the browser that has signed in a session of its own."""
    staying.end_session_with(db.session, session.get(KEY, ""))
    session[KEY] = token_urlsafe(16)
    device = staying.device_of(request.user_agent.string)
    staying.begin_session(db.session, user.id, session[KEY], device, clock.now())
    session["language"] = user.language


def _end(_app: Flask, **_more: object) -> None:
    staying.end_session_with(db.session, session.pop(KEY, ""))
    db.session.commit()


def _end_others(_app: Flask, user: Account, **_more: object) -> None:
    """With a new password, other browsers must show it."""
    staying.end_others(db.session, user.id, session.get(KEY, ""))


LISTENERS: dict[Any, Callable[..., None]] = {
    user_logged_in: _begin,
    user_logged_out: _end,
    password_changed: _end_others,
    password_reset: _end_others,
}


@contextmanager
def _only_on(app: Flask, blueprints: Iterable[str]) -> Iterator[None]:
    """Move the hooks that are added meanwhile from every request to *blueprints*."""
    hooks: dict[str, Any] = {name: getattr(app, name) for name in EVERYWHERE}
    before = {name: list(by_place[None]) for name, by_place in hooks.items()}
    yield
    for name, by_place in hooks.items():
        added = [hook for hook in by_place[None] if hook not in before[name]]
        by_place[None] = before[name]
        for blueprint in blueprints:
            by_place[blueprint].extend(added)
