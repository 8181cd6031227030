"""Pictures as PNG: what is drawn as SVG, for programs that take no SVG.

Only the fonts that come along are used, so a picture is the same on every machine. Text is
anchored as if it ran from the left: ``direction`` is not heeded. Heavy; import it late.
"""

from pathlib import Path

import matplotlib as mpl
import resvg_py

FOLDER = Path(mpl.get_data_path(), "fonts", "ttf")
FONTS = [str(FOLDER / name) for name in ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf")]
FAMILY = "DejaVu Sans"
ZOOM = 2


def as_png(svg: str) -> bytes:
    """Draw an SVG as PNG, twice as large."""
    drawn = resvg_py.svg_to_bytes(
        svg, zoom=ZOOM, skip_system_fonts=True, font_files=FONTS,
        font_family=FAMILY, sans_serif_family=FAMILY,
    )  # fmt: skip
    return bytes(drawn)
