"""What Flask-Security needs of us: who an account is, how codes count, how mail goes."""

from typing import Any

from flask import Response, after_this_request
from flask_security import FSQLALiteUserDatastore, MailUtil, UserMixin
from flask_security.totp import Totp
from passlib.exc import UsedTokenError
from sqlalchemy import or_, update

from core import mail
from core.db import db
from people.models import User


class Account(UserMixin, User):
    """A user as the sign-in sees them; the domain knows only the user."""


class Accounts(FSQLALiteUserDatastore):
    """The accounts in the database."""

    def mf_delete_recovery_code(self, user: Any, idx: int) -> bool:
        """Use a recovery code up; the list is replaced, or nobody would notice the change."""
        codes = list(user.mf_recovery_codes or [])
        del codes[idx]
        user.mf_recovery_codes = codes
        return True

    def tf_reset(self, user: Any) -> None:
        super().tf_reset(user)
        user.mf_recovery_codes = user.tf_counter = None


class Codes(Totp):
    """One-time codes that count once; their picture is drawn by the page itself."""

    def generate_qrcode(self, username: str, totp: str) -> str:
        return str(self.get_totp_uri(username, totp))

    def get_last_counter(self, user: Any) -> int | None:
        counter: int | None = user.tf_counter
        return counter

    def set_last_counter(self, user: Any, tmatch: Any) -> None:
        """Keep which code was used; of two who send the same one, one is too late.

        :raise UsedTokenError: for the other
        """
        newer = or_(User.tf_counter.is_(None), User.tf_counter < tmatch.counter)
        query = update(User).where(User.id == user.id, newer).values(tf_counter=tmatch.counter)
        if db.session.scalar(query.returning(User.id)) is None:
            raise UsedTokenError


class Letters(MailUtil):
    """Mail of the sign-in goes the way of all mail."""

    def send_mail(
        self,
        template: str,
        subject: str,
        recipient: Any,
        sender: Any,
        body: str | None,
        html: str | None,
        **context: Any,
    ) -> None:
        mail.send(recipient, subject, body or "", purpose=mail.ACCOUNT)
        after_this_request(_commit)


def _commit(response: Response) -> Response:
    """Whoever has forgotten a password changes nothing, so nobody else would commit."""
    db.session.commit()
    return response
