"""Addresses as little squares that a phone can read."""

import segno
from markupsafe import Markup


def square(text: str) -> Markup:
    """Draw *text* as a QR code in SVG that takes the size and colours of the class ``qr``."""
    code = segno.make(text, error="m", micro=False)
    path = code.svg_inline(omitsize=True, svgclass="qr", lineclass="", border=2)
    return Markup(path.replace("<svg ", '<svg aria-hidden="true" ', 1))  # noqa: S704 - no text in it
