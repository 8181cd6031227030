"""Preparing a device for conversations without network: its name goes here, its PIN never."""

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from core import clock
from core.db import db
from people.current import current_membership, current_project
from surveys.forms import DeviceForm
from surveys.odk import pairing
from surveys.routes import visiting
from surveys.routes.conversations import bp, counsellors, current_provider


@bp.get("/away")
@counsellors
def preparation() -> ResponseReturnValue:
    """How a device is prepared, and what becomes of it when it is lost."""
    return render_template(
        "surveys/conversations/preparation.html",
        form=DeviceForm(formdata=None),
        provider=current_membership().provider,
        devices=pairing.devices_of(db.session, current_membership()),
    )


@bp.post("/away")
@counsellors
def prepare() -> ResponseReturnValue:
    """Give a device a password of its own; it is told once, and only to the device."""
    current_provider()
    form = DeviceForm()
    if not form.validate():
        sentence = next(iter(next(iter(form.errors.values()))))
        return {"sentence": sentence}, 422

    device, password = pairing.pair(
        db.session, visiting.keys(), current_membership(), form.key.data, form.name.data,
        clock.today(),
    )  # fmt: skip
    db.session.commit()
    if not password:
        return {"sentence": gettext("This page was sent before. Please open it anew.")}, 409
    return {
        "username": device.username,
        "password": password,
        "name": device.name,
        "address": url_for("away.shell", project=current_project().slug),
    }
