"""A counsellor's own devices with ODK Collect, and the files that came from them."""

from datetime import date

from flask import Response, abort, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from core import clock, qr, web
from core.db import db
from people.current import current_membership, current_project
from surveys.forms import DeviceForm
from surveys.odk import attaching, forming, pairing
from surveys.routes import visiting
from surveys.routes.conversations import bp, counsellors, current_provider

FRESH = "password of a device"


@bp.get("/devices")
@counsellors
def devices() -> ResponseReturnValue:
    """How Collect is set up, one's devices, and the files that came with conversations."""
    return _page(DeviceForm(formdata=None))


@bp.post("/devices")
@counsellors
def add_device() -> ResponseReturnValue:
    """Give a device a password of its own; it is shown once."""
    current_provider()
    form, membership = DeviceForm(), current_membership()
    if not form.validate():
        return _page(form), 422

    device, password = pairing.pair(
        db.session, visiting.keys(), membership, form.key.data, form.name.data, _today()
    )
    db.session.commit()
    session[FRESH] = {"id": device.id, "password": password}
    return redirect(url_for(".device", number=device.id), 303)


@bp.get("/devices/<id:number>")
@counsellors
def device(number: int) -> ResponseReturnValue:
    """Show the code that Collect reads, this once: only a hash of the password is kept."""
    found = pairing.device_of(db.session, current_membership(), number) or abort(404)
    fresh = session.pop(FRESH, {})
    password = fresh["password"] if fresh.get("id") == found.id else ""
    address, project = web.public(f"/p/{current_project().slug}/odk"), current_project()
    code = pairing.settings(project, address, found, password) if password else ""
    return render_template(
        "surveys/conversations/device.html",
        device=found,
        password=password,
        address=address,
        drawing=qr.square(code) if code else "",
        only_here=web.only_here(),
        is_safe=address.startswith("https://"),
    )


@bp.post("/devices/<id:number>/removal")
@counsellors
def forget_device(number: int) -> ResponseReturnValue:
    """Make the password of a device worthless, as when it is lost."""
    if not pairing.forget(db.session, current_membership(), number):
        abort(404)
    db.session.commit()
    return web.back(
        url_for(".devices"), gettext("The device can fetch and send nothing any more.")
    )


@bp.get("/attachments/<id:number>")
@counsellors
def attachment(number: int) -> ResponseReturnValue:
    """A file that came with a conversation of one's own provider, to keep or look at."""
    provider, project = current_provider(), current_project()
    found = attaching.attachment(db.session, project.id, provider, number) or abort(404)
    answer = Response(found.content, mimetype="application/octet-stream")
    ending = "jpg" if found.kind == "image" else found.name.rpartition(".")[2][:8]
    plain = "".join(c for c in ending if c.isascii() and c.isalnum()) or "bin"
    name = f"{found.field.partition(':')[0]}-{found.id}.{plain}"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _page(form: DeviceForm) -> str:
    membership, project = current_membership(), current_project()
    provider = membership.provider_id
    return render_template(
        "surveys/conversations/devices.html",
        form=form,
        devices=pairing.devices_of(db.session, membership),
        provider=membership.provider,
        is_possible=forming.is_possible(),
        files=attaching.attachments_of(db.session, project.id, provider) if provider else [],
    )


def _today() -> date:
    return clock.now().astimezone(clock.ZONE).date()
