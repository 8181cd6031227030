"""A workshop in a room: phones nearby reach boards only, as nothing is encrypted there.

``bin/run --room`` sets ROOM. Whoever sits at this machine keeps everything.
"""

from ipaddress import ip_address

from flask import Flask, render_template, request
from flask.typing import ResponseReturnValue

DOORS = ("/join", "/w/", "/static/", "/language", "/healthz")


def init_app(app: Flask) -> None:
    if app.config["ROOM"]:
        app.before_request(_keep_to_boards)


def is_open(path: str, address: str | None) -> bool:
    """Tell whether a device at *address* may open *path* while only boards are open."""
    try:
        here = ip_address(address or "").is_loopback
    except ValueError:
        here = False
    return here or path.startswith(DOORS)


def _keep_to_boards() -> ResponseReturnValue | None:
    if is_open(request.path, request.remote_addr):
        return None
    return render_template("room_only.html"), 403
