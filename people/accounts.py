"""Accounts of the staff: who is signed in."""

from flask import Flask
from flask_login import LoginManager, UserMixin
from sqlalchemy import select

from core.db import db
from people.models import User


class Account(UserMixin, User):
    """A user as the sign-in sees them; the domain knows only the user."""

    def get_id(self) -> str:
        return self.fs_uniquifier


def init_app(app: Flask) -> None:
    login_manager = LoginManager(app)
    login_manager.user_loader(_load)
    app.add_url_rule("/sign-in", "accounts.sign_in", lambda: "")  # until Flask-Security is here


def _load(uniquifier: str) -> User | None:
    return db.session.scalar(select(Account).filter_by(fs_uniquifier=uniquifier, active=True))
