"""What the staff types about themselves, their team and their projects."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext, lazy_gettext
from flask_security.proxies import _security
from flask_wtf import FlaskForm
from wtforms import Field, PasswordField, RadioField, SelectField
from wtforms.validators import DataRequired, Length, Optional, ValidationError

from core import i18n
from core.addresses import UnusableAddress, usable
from core.errors import message
from core.forms import KeyField, LineField
from people.models import Organisation, Role
from people.staffing import ROLES

NOBODY = 0  # in the list of providers
TAKEN_LONG = 200


class AddressField(LineField):
    """One e-mail address; it is kept in small letters, so that nobody has two accounts."""

    def __init__(self, label: str, *, required: bool = True, **more: Any) -> None:
        look = {"type": "email", "autocomplete": "email", "dir": "ltr"}
        super().__init__(label, limit=200, required=required, render_kw=look, **more)

    def post_validate(self, form: object, validation_stopped: bool) -> None:
        if not self.data:
            return
        try:
            self.data = usable(self.data).lower()
        except UnusableAddress as refusal:
            raise ValidationError(gettext(refusal.reason)) from refusal


class AccountForm(FlaskForm):
    name = LineField(lazy_gettext("Your name"), limit=80, render_kw={"autocomplete": "name"})
    email = AddressField(lazy_gettext("E-mail"))
    language = RadioField(lazy_gettext("Language"), choices=i18n.STAFF_LANGUAGES)


class JoinForm(FlaskForm):
    name = LineField(lazy_gettext("Your name"), limit=80, render_kw={"autocomplete": "name"})
    email = AddressField(lazy_gettext("E-mail"))
    password = PasswordField(
        lazy_gettext("Password"),
        [Optional(), Length(max=TAKEN_LONG)],
        render_kw={"autocomplete": "new-password"},
    )

    def require_password(self) -> None:
        """Take no account without one, where no link can come by mail."""
        self.password.validators = [DataRequired(), Length(max=TAKEN_LONG)]
        self.password.flags.required = True

    def validate_password(self, field: Field) -> None:
        if field.data:
            trouble, field.data = _security.password_util.validate(field.data, False, user=None)
            if trouble:
                raise ValidationError(" ".join(trouble))


class BeginForm(FlaskForm):
    key = KeyField()
    name = LineField(lazy_gettext("Name of the project"), limit=120)


class RenameForm(FlaskForm):
    name = LineField(lazy_gettext("Name of the project"), limit=120)


class RoleForm(FlaskForm):
    role = RadioField(lazy_gettext("Role"), choices={})
    provider = SelectField(lazy_gettext("Provider"), coerce=int, choices={})

    def offer(self, organisations: Sequence[Organisation]) -> None:
        """Let the form choose among the roles, and among the organisations of the project."""
        self.role.choices = {role.value: gettext(name) for role, name in ROLES.items()}
        named = sorted(organisations, key=lambda one: one.name.casefold())
        names: dict[Any, str] = {NOBODY: "–"} | {one.id: one.name for one in named}
        self.provider.choices = names

    def validate_provider(self, field: Field) -> None:
        if self.role.data == Role.COUNSELLOR and not field.data:
            raise ValidationError(gettext(WHICH_PROVIDER))


class InviteForm(RoleForm):
    key = KeyField()
    email = AddressField(lazy_gettext("E-mail"), required=False)


WHICH_PROVIDER = message("A counsellor works for a provider. Which one?")
