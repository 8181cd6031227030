"""Pictures that people send, drawn anew: upright, not too large, nothing written in them.

So place and time of taking them are gone, and whatever else hid in the file.
"""

import io
import struct
from typing import TYPE_CHECKING

from core.queueing import Turns

if TYPE_CHECKING:
    from PIL.Image import Image

READ = ("JPEG", "PNG", "WEBP")
MOST_DOTS = {"JPEG": 80_000_000, "PNG": 25_000_000, "WEBP": 25_000_000}  # more is a bomb
MOST_DOTS["MPO"] = MOST_DOTS["JPEG"]  # a JPEG with further pictures behind it, as phones write
TURN = 0x0112  # where a camera writes how it was held
HELD = {
    2: "FLIP_LEFT_RIGHT", 3: "ROTATE_180", 4: "FLIP_TOP_BOTTOM", 5: "TRANSPOSE",
    6: "ROTATE_270", 7: "TRANSVERSE", 8: "ROTATE_90",
}  # fmt: skip
TURNS = Turns()  # or large pictures would take all memory together


def redrawn(content: bytes, side: int) -> bytes:
    """Return a picture as JPEG, at most *side* dots wide and high.

    :raise ValueError: when it is none, or would be far too large
    :raise Busy: when others are before one
    """
    from PIL import Image  # noqa: PLC0415 - heavy

    drawn = io.BytesIO()
    try:
        with TURNS.taken(), Image.open(io.BytesIO(content), formats=READ) as picture:
            if picture.width * picture.height > MOST_DOTS[picture.format or ""]:
                raise ValueError("too many dots")
            picture.draft("RGB", (side, side))  # a large JPEG is read no finer than needed
            picture.thumbnail((side, side))
            upright = _upright(picture).convert("RGB")
            clean = Image.new("RGB", upright.size)
            clean.paste(upright)
            clean.save(drawn, "JPEG", quality=82)
    except (OSError, SyntaxError, KeyError, Image.DecompressionBombError) as error:
        raise ValueError("no picture") from error
    return drawn.getvalue()


def _upright(picture: "Image") -> "Image":
    """Return a picture as the camera was held; what else it wrote is not looked at."""
    from PIL.Image import Transpose  # noqa: PLC0415 - heavy

    try:
        held = HELD.get(picture.getexif().get(TURN, 1))
    except (OSError, SyntaxError, ValueError, TypeError, AttributeError, struct.error):
        held = None
    return picture.transpose(Transpose[held]) if held else picture


def size_of(content: bytes) -> tuple[int, int]:
    """Return how many dots one of our own pictures is wide and high."""
    from PIL import Image  # noqa: PLC0415 - heavy

    with Image.open(io.BytesIO(content)) as picture:
        return picture.size
