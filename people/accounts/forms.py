"""The forms of Flask-Security, with a pace: wrong tries wait, from wherever they come."""

from datetime import timedelta
from typing import Any

from flask import current_app
from flask_babel import gettext
from flask_login import current_user
from flask_security import (
    ChangePasswordForm,
    ForgotPasswordForm,
    LoginForm,
    TwoFactorRescueForm,
    TwoFactorSetupForm,
    TwoFactorVerifyCodeForm,
    VerifyForm,
)
from flask_security.recovery_codes import MfRecoveryForm
from wtforms import RadioField

from core import clock
from core.db import db
from core.errors import message
from people import entering
from people.entering import MAIL_PAUSE, PAUSE

TOO_SOON = message(
    "There were several wrong tries. Please wait half a minute, or have a link sent to you."
)


class Paced:
    """A form whose tries are counted under a name until one is right."""

    form_errors: Any

    def name_of_try(self) -> str:
        raise NotImplementedError

    def validate(self, **more: Any) -> bool:
        name = self.name_of_try()
        if not may_try(name):
            self.form_errors.append(gettext(TOO_SOON))
            return False
        right: bool = super().validate(**more)  # type: ignore[misc]
        if right:
            entering.forget_tries(db.session, current_app.extensions["keys"], name)
        return right


class SignIn(Paced, LoginForm):
    remember = None  # type: ignore[assignment]

    def name_of_try(self) -> str:
        return f"password {self.email.data}"


class Confirm(Paced, VerifyForm):
    def name_of_try(self) -> str:
        return f"password {current_user.email}"


class Change(Paced, ChangePasswordForm):
    def name_of_try(self) -> str:
        return f"password {current_user.email}"


class Setup(TwoFactorSetupForm):
    """There is one way, so the buttons choose; WTForms wants a dict."""

    setup = RadioField(choices={"authenticator": "", "disable": ""}, validate_choice=False)


class Rescue(TwoFactorRescueForm):
    """Unused, but Flask-Security builds it beside the field for the code."""

    help_setup = RadioField(validate_choice=False)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.help_setup.choices = []


class Code(TwoFactorVerifyCodeForm):
    """A code is counted when it lets somebody in, not when they try out their phone."""

    def validate(self, **more: Any) -> bool:
        name = _of(self.user, "code")
        if not self.is_setup and not may_try(name):
            self.code.errors = [gettext(TOO_SOON)]
            return False
        right: bool = super().validate(**more)
        if right:
            entering.forget_tries(db.session, current_app.extensions["keys"], name)
        return right


class Recovery(Paced, MfRecoveryForm):
    def name_of_try(self) -> str:
        return _of(self.user, "recovery")


class Forgot(ForgotPasswordForm):
    """Only so many mails to one address; whoever asks hears the same words each time."""

    def validate(self, **more: Any) -> bool:
        return may_mail(self.email.data or "") and bool(super().validate(**more))


def _of(user: Any, kind: str) -> str:
    return f"{kind} {user.id}"


def may_try(name: str, pause: timedelta = PAUSE) -> bool:
    """Count a try, in any case: a right one is taken off again."""
    keys = current_app.extensions["keys"]
    turn = entering.take_turn(db.session, keys, name, clock.now(), pause)
    db.session.commit()
    return turn


def may_mail(address: str) -> bool:
    """Tell whether another mail may go to this address now."""
    return may_try(f"mail {address}", MAIL_PAUSE)
