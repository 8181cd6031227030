"""A counsellor's own devices with ODK Collect, and the files that came from them."""

from flask import Response, abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from core import clock, qr, web
from core.db import db
from people.current import current_membership, current_project
from surveys.forms import DeviceForm
from surveys.odk import attaching, forming, pairing
from surveys.odk.models import Device
from surveys.routes import blanks, visiting
from surveys.routes.conversations import bp, counsellors, current_provider


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
        db.session, visiting.keys(), membership, form.key.data, form.name.data, clock.today()
    )
    db.session.commit()
    if not password:
        return redirect(url_for(".device", number=device.id), 303)
    return _shown(device, password)  # here and now, so that it is kept nowhere


@bp.get("/devices/<id:number>")
@counsellors
def device(number: int) -> ResponseReturnValue:
    """Say that the code was shown: only a hash of the password is kept."""
    found = pairing.device_of(db.session, current_membership(), number) or abort(404)
    return _shown(found)


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
    ending = "jpg" if found.kind == "image" else "m4a"
    name = f"{found.field.partition(':')[0]}-{found.id}.{ending}"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _shown(device: Device, password: str = "") -> str:
    project = current_project()
    address = web.public(f"/p/{project.slug}/odk")
    code = pairing.settings(project, address, device, password) if password else ""
    return render_template(
        "surveys/conversations/device.html",
        device=device,
        password=password,
        address=address,
        drawing=qr.square(code) if code else "",
        only_here=web.only_here(),
        is_safe=address.startswith("https://"),
    )


def _page(form: DeviceForm) -> str:
    membership, project = current_membership(), current_project()
    provider, is_possible = membership.provider, forming.is_possible()
    made = blanks.blanks(project.id, provider) if provider and is_possible else ()
    files = attaching.attachments_of(db.session, project.id, provider.id) if provider else []
    return render_template(
        "surveys/conversations/devices.html",
        form=form,
        devices=pairing.devices_of(db.session, membership),
        provider=provider,
        is_possible=is_possible,
        left_out=[survey.title for survey, form in made if not form.xml()],
        files=files,
    )
