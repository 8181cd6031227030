"""Word lists as pictures to take along: packed by wordcloud, drawn as text.

Heavy, so import it only where a picture is asked for.
"""

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import matplotlib as mpl
from arabic_reshaper import reshape
from bidi import get_display
from PIL import ImageFont, features
from wordcloud import WordCloud

from core.languages import direction_of, tag_of
from surveys.reporting.words import Word

FONT = str(Path(mpl.get_data_path(), "fonts", "ttf", "DejaVuSans.ttf"))
FAMILY = "DejaVu Sans, Noto Sans, Noto Sans Arabic, sans-serif"
WIDTH, HEIGHT = 800, 400
SHADES = ("#4b5a58", "#33544a", "#1d5c4a", "#1f4f7f", "#1c2b2a")  # for sizes 1 to 5
PAPER = "#ffffff"


def as_svg(words: Sequence[Word], language: str) -> str:
    """Draw *words* as SVG text, which the browser shapes; nothing in it is a style."""
    cloud, raw = _pack(words)
    direction = direction_of(language)
    lines = [_text(placed, raw) for placed in cloud.layout_]
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" '
        f'viewBox="0 0 {WIDTH} {HEIGHT}" xml:lang="{escape(tag_of(language))}">'
    )
    paper = f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{PAPER}"/>'
    group = f'<g font-family="{FAMILY}" text-anchor="middle" direction="{direction}">'
    return "\n".join([head, paper, group, *lines, "</g>", "</svg>", ""])


def as_png(words: Sequence[Word]) -> bytes:
    """Draw *words* as PNG, twice as large as the SVG."""
    cloud, _ = _pack(words)
    cloud.scale = 2
    file = io.BytesIO()
    cloud.to_image().save(file, "PNG", optimize=True)
    return file.getvalue()


def _pack(words: Sequence[Word]) -> tuple[Any, dict[str, Word]]:
    """Find a place for each word; words are packed in the form in which they are drawn."""
    drawn = {shaped(word.text): word for word in words}
    cloud = WordCloud(
        font_path=FONT, width=WIDTH, height=HEIGHT, background_color=PAPER, margin=6,
        prefer_horizontal=1.0, relative_scaling=0.5, max_font_size=96, min_font_size=12,
        random_state=7, color_func=lambda word, **_: SHADES[drawn[word].size - 1],
    )  # fmt: skip
    if drawn:
        cloud.generate_from_frequencies({text: word.people for text, word in drawn.items()})
    else:
        cloud.layout_ = []
    return cloud, drawn


def shaped(text: str) -> str:
    """Return *text* as Pillow draws it right: with Raqm as it is, else joined and turned."""
    if features.check("raqm"):
        return text
    turned: str = get_display(reshape(text))
    return turned


def _text(placed: Any, raw: dict[str, Word]) -> str:
    """Write a word where wordcloud drew it: *position* is the corner of its ink."""
    (drawn, _), size, (top, start), _, colour = placed
    font = ImageFont.truetype(FONT, size)
    left, above, right, _ = font.getbbox(drawn, anchor="ls")
    x, y = start + (right - left) / 2, top - above
    length = f'textLength="{right - left:.0f}" lengthAdjust="spacingAndGlyphs"'
    place = f'x="{x:.1f}" y="{y:.1f}" font-size="{size}" fill="{colour}"'
    return f"<text {place} {length}>{escape(raw[drawn].text)}</text>"
