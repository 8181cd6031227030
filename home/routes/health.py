from flask import Blueprint
from flask.typing import ResponseReturnValue

site = Blueprint("health", __name__)


@site.get("/healthz")
def alive() -> ResponseReturnValue:
    """The process lives and answers."""
    return {"alive": True}
