from flask import Blueprint, current_app
from flask.typing import ResponseReturnValue

from core import clock, health

site = Blueprint("health", __name__)


@site.get("/healthz")
def alive() -> ResponseReturnValue:
    """The process lives and answers."""
    return {"alive": True}


@site.get("/readyz")
def ready() -> ResponseReturnValue:
    """Everything that the Werkstatt needs is fine, or 503 and what is not."""
    findings = [each for each in health.examine(current_app, clock.now()) if each.vital]
    ready = all(finding.fine for finding in findings)
    checks = {finding.name: finding.fine for finding in findings}
    return {"ready": ready, **checks}, 200 if ready else 503
