"""Letting devices of counsellors in, and finding what they were asking about."""

from ipaddress import ip_address

from flask import request

from core import limits, web
from core.db import db
from surveys.odk import pairing, receiving
from surveys.odk.models import Device
from surveys.odk.reading import Sent
from surveys.responses import sitting
from surveys.responses.sitting import Start
from surveys.routes import talks
from surveys.routes.visiting import Visit


def device_asking() -> Device | None:
    """Return the device whose name and password came along; wrong ones are counted."""
    sent = request.authorization
    name, password = (sent.username or "", sent.password or "") if sent else ("", "")
    if not (name and password):
        return None
    device = pairing.device_with(db.session, name[:40], password[:200])
    if device is None:
        limits.wrong("device", name if pairing.is_known(db.session, name[:40]) else "")
    return device


def is_safe() -> bool:
    """Whether no network sees the password: over TLS, which a proxy here may speak for us.

    A proxy is believed only if this site says that it is reached by https.
    """
    if request.is_secure:
        return True
    try:
        is_here = ip_address(request.remote_addr or "").is_loopback
    except ValueError:
        return False
    return is_here and (web.only_here() or web.public("").startswith("https://"))


def asked_by(project_id: int, sent: Sent) -> tuple[Start, Visit]:
    """Return what a form asked, in the version in which it was fetched."""
    survey, version = receiving.version_for(db.session, project_id, sent)
    start = sitting.start(db.engine, survey.slug)
    if start is None:
        raise receiving.FormUnknown
    worded = start.digest.partition(" ")[2]  # what people have corrected since
    digest = f"{version.digest} {worded}".strip()
    start = start._replace(version_id=version.id, digest=digest)
    return start, talks.visit_in(survey.slug, start, "")
