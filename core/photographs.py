"""Pictures that people send, drawn anew: upright, not too large, nothing written in them.

So place and time of taking them are gone, and whatever else hid in the file.
"""

import io

from core.queueing import Turns

MOST_DOTS = {"JPEG": 80_000_000, "PNG": 25_000_000, "WEBP": 25_000_000}  # more is a bomb
TURNS = Turns()  # or large pictures would take all memory together


def redrawn(content: bytes, side: int) -> bytes:
    """Return a picture as JPEG, at most *side* dots wide and high.

    :raise ValueError: when it is none, or would be far too large
    :raise Busy: when others are before one
    """
    from PIL import Image, ImageOps  # noqa: PLC0415 - heavy

    drawn = io.BytesIO()
    try:
        with TURNS.taken(), Image.open(io.BytesIO(content), formats=[*MOST_DOTS]) as picture:
            if picture.width * picture.height > MOST_DOTS[picture.format or ""]:
                raise ValueError("too many dots")
            picture.draft("RGB", (side, side))  # a large JPEG is read no finer than needed
            picture.thumbnail((side, side))
            upright = ImageOps.exif_transpose(picture).convert("RGB")
            clean = Image.new("RGB", upright.size)
            clean.paste(upright)
            clean.save(drawn, "JPEG", quality=82)
    except (OSError, SyntaxError, KeyError, Image.DecompressionBombError) as error:
        raise ValueError("no picture") from error
    return drawn.getvalue()


def size_of(content: bytes) -> tuple[int, int]:
    """Return how many dots one of our own pictures is wide and high."""
    from PIL import Image  # noqa: PLC0415 - heavy

    with Image.open(io.BytesIO(content)) as picture:
        return picture.size
