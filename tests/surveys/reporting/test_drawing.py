import io
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as some
from PIL import Image

from surveys.reporting.drawing import EDGE, WIDTH, Box, Words, as_png, as_svg, lay_out
from surveys.reporting.figures import Figure, Part, Row

SVG = "{http://www.w3.org/2000/svg}"


def a_figure(language: str = "de", **more: object) -> Figure:
    values = {
        "title": "Wen stellen Sie ein?", "wording": "Umfrage · Wen?", "language": language,
        "n": "n = 4", "head": ("Antwort", "Anzahl"), "table": (("ja", "3"), ("nein", "1")),
        "drawn": (
            Row("ja", (Part(0.75, 3),), "3 (75 %)"), Row("nein", (Part(0.25, 3),), "1 (25 %)"),
        ),
        "limits": ("Eine Vollerhebung.",),
    }  # fmt: skip
    return Figure(**values | more)  # type: ignore[arg-type]


def test_a_figure_is_drawn_as_long_as_its_shares() -> None:
    bars = [s for s in lay_out(a_figure()).shapes if isinstance(s, Box) and s.height > 1]
    assert bars[0].width == pytest.approx(3 * bars[1].width)


def test_what_one_must_know_stands_in_the_picture() -> None:
    svg = ElementTree.fromstring(as_svg(a_figure()))  # noqa: S314 - our own
    said = {text.text for text in svg.iter(f"{SVG}text")}
    assert {"Wen stellen Sie ein?", "ja", "3 (75 %)", "n = 4", "Eine Vollerhebung."} <= said


def test_a_picture_needs_no_style_no_script_and_no_other_file() -> None:
    svg = as_svg(a_figure(title="<script>&\"'", drawn=(Row("<b>", (), "</svg>"),)))
    ElementTree.fromstring(svg)  # noqa: S314 - our own
    for word in ("<script", "style", "href", "class="):
        assert word not in svg


def test_what_is_read_from_the_right_is_drawn_from_the_right() -> None:
    left, right = lay_out(a_figure()), lay_out(a_figure("ar"))
    for one, other in zip(left.shapes, right.shapes, strict=True):
        if isinstance(one, Box) and isinstance(other, Box):
            assert other.x == pytest.approx(WIDTH - one.x - one.width)
        elif isinstance(one, Words) and isinstance(other, Words):
            assert (one.anchor == "start") == (other.anchor == "end")
    assert 'direction="rtl"' in as_svg(a_figure("ar"))


@pytest.mark.parametrize("language", ["de", "ar"])
def test_the_png_shows_the_same_twice_as_large(language: str) -> None:
    figure = a_figure(language, title="مرحبا" if language == "ar" else "Hallo")
    image = Image.open(io.BytesIO(as_png(figure)))
    assert image.size == (WIDTH * 2, round(lay_out(figure).height * 2))
    assert image.convert("RGB").getcolors(100_000)[0] is not None  # type: ignore[index]
    ink = image.convert("L").point(lambda shade: 255 - shade).getbbox() or (0, 0, 0, 0)
    edges = ink[0], image.width - ink[2]
    assert min(edges) == pytest.approx(2 * EDGE, abs=4), "the text starts where the page does"
    bar = next(s for s in lay_out(figure).shapes if isinstance(s, Box) and s.height > 1)
    inside = round((bar.x + bar.width / 2) * 2), round((bar.y + bar.height / 2) * 2)
    assert image.convert("RGB").getpixel(inside) == (0x3F, 0x76, 0x92)


@given(some.text(max_size=400), some.floats(0, 1))
def test_whatever_is_said_the_picture_is_well_formed(text: str, share: float) -> None:
    figure = a_figure(title=text, drawn=(Row(text, (Part(share, 2),), text),))
    ElementTree.fromstring(as_svg(figure))  # noqa: S314 - our own


def test_a_figure_is_the_same_after_a_rest_as_plain_data() -> None:
    figure = a_figure(key=(("wenig", 1), ("viel", 4)), filters=("alle",))
    again = Figure.from_json(figure.to_json())
    assert again == figure
    assert again.digest == figure.digest != a_figure().digest
