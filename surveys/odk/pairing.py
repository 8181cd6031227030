"""Pairing: a device gets a user name and password of its own, which can be taken back.

The password is shown once, and nobody knows it afterwards. Collect sends it with every
request (HTTP Basic), so only over TLS; its digest authentication would need a password that
the server can read, and MD5.
"""

import json
import secrets
import zlib
from base64 import b64encode
from collections.abc import Sequence
from datetime import date
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError
from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from core.errors import FormUsedTwice
from core.keys import Keyring
from core.models import insert_once
from people.models import Membership, Project, Role, User
from surveys.odk.models import Device

KEY = "devices"
LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"  # none that is taken for another
LONG = 20  # characters of a password: 99 bits
_hasher = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)  # as for accounts
_LET_IN = Device.password_hash != ""  # one that is locked out has none any more


def pair(
    session: Session,
    keys: Keyring,
    membership: Membership,
    form_key: str,
    name: str,
    today: date,
) -> tuple[Device, str]:
    """Add a device and return it with its password; without one when it was there already.

    :raise FormUsedTwice: when the form comes with another name, or after a lock-out
    """
    place = keys.hash(KEY, f"form {membership.id} {form_key}")
    password = _drawn(LONG)
    device = insert_once(
        session,
        Device,
        project_id=membership.project_id,
        membership_id=membership.id,
        form_key=place,
        name=name,
        username=_drawn(8),
        password_hash=_hasher.hash(password),
        added=today,
    )
    if device is not None:
        return device, password
    device = session.scalars(select(Device).filter_by(form_key=place)).one()
    if device.name != name or not device.password_hash:
        raise FormUsedTwice
    return device, ""


def device_with(session: Session, username: str, password: str) -> Device | None:
    """Return the device that has this password, of a counsellor who may use it.

    A name that nobody has takes as long as a wrong password.
    """
    query = (
        select(Device)
        .join(Membership, Membership.id == Device.membership_id)
        .join(User, User.id == Membership.user_id)
        .where(Device.username == username, User.active, Membership.role == Role.COUNSELLOR)
        .where(Membership.provider_id.is_not(None), _LET_IN)
    )
    device = session.scalar(query)
    try:
        _hasher.verify(device.password_hash if device else _nobody(), password)
    except (Argon2Error, InvalidHashError):
        return None
    return device


def is_in(session: Session, device: Device, project: str) -> bool:
    """Whether a device belongs to the project with this slug."""
    query = select(Project.id).filter_by(id=device.project_id, slug=project)
    return session.scalar(query) is not None


def is_locked_out(session: Session, username: str) -> bool:
    """Whether a device had this name and was locked out."""
    query = select(Device.id).filter_by(username=username, password_hash="")
    return session.scalar(query) is not None


def is_known(session: Session, username: str) -> bool:
    """Whether a device has this name, so that wrong passwords count for it alone."""
    return session.scalar(select(Device.id).filter_by(username=username)) is not None


def note_used(session: Session, device: Device, today: date) -> bool:
    """Note the day on which a device was last used; tell whether that was news."""
    if device.used == today:
        return False
    older = or_(Device.used.is_(None), Device.used < today)
    query = update(Device).where(Device.id == device.id, older).values(used=today)
    quietly = {"synchronize_session": False}
    return session.scalar(query.returning(Device.id), execution_options=quietly) is not None


def devices_of(session: Session, membership: Membership) -> Sequence[Device]:
    """List the devices of a counsellor, the latest first."""
    query = select(Device).filter_by(membership_id=membership.id).where(_LET_IN)
    return session.scalars(query.order_by(Device.id.desc())).all()


def device_of(session: Session, membership: Membership, number: int) -> Device | None:
    """Return a device of a counsellor; those of others are like none."""
    query = select(Device).filter_by(membership_id=membership.id, id=number)
    return session.scalar(query.where(_LET_IN))


def forget(session: Session, membership: Membership, number: int) -> bool:
    """Take the password of a device back; tell whether it was one of this counsellor's.

    An empty row stays, or the form that added the device would add it once more.
    """
    query = update(Device).filter_by(membership_id=membership.id, id=number).where(_LET_IN)
    query = query.values(password_hash="", name="", used=None)
    return session.scalar(query.returning(Device.id)) is not None


def settings(project: Project, address: str, device: Device, password: str) -> str:
    """Return what Collect reads from a QR code: settings as zlib and Base64 of JSON.

    What is sent is deleted on the device, and nothing is reported to the makers of Collect.
    """
    general = {
        "protocol": "odk_default",
        "server_url": address,
        "username": device.username,
        "password": password,
        "form_update_mode": "match_exactly",
        "periodic_form_updates_check": "every_24_hours",
        "autosend": "wifi_and_cellular",
        "delete_send": True,
        "analytics": False,
    }
    found = {"general": general, "admin": {}, "project": {"name": project.name}}
    return b64encode(zlib.compress(json.dumps(found).encode(), 9)).decode()


@cache
def _nobody() -> str:
    return _hasher.hash(secrets.token_urlsafe())


def _drawn(length: int) -> str:
    """Return letters that nobody can guess."""
    return "".join(secrets.choice(LETTERS) for _ in range(length))
