import io
import xml.etree.ElementTree as ET

import pytest
from PIL import Image, ImageChops, ImageFont, features

from surveys.reporting.picturing import as_png, as_svg
from surveys.reporting.words import Word

GERMAN = [
    Word("Kinderbetreuung", 17, 5, "k"),
    Word("<b>&", 4, 1, "b"),
    Word("Räume", 9, 3, "r"),
]
ARABIC = [Word("مدرسة", 9, 5, "م")]
TEXT = "{http://www.w3.org/2000/svg}text"


def texts(svg: str) -> list[ET.Element]:
    return [*ET.fromstring(svg).iter(TEXT)]  # noqa: S314 - our own


def test_a_picture_holds_the_words_as_people_wrote_them() -> None:
    found = [text.text or "" for text in texts(as_svg(GERMAN, "de"))]
    assert sorted(found) == ["<b>&", "Kinderbetreuung", "Räume"]


def test_nothing_in_a_picture_is_a_style_or_a_script() -> None:
    svg = as_svg([*GERMAN, Word("<script>", 3, 1, "s")], "de")
    assert not any(bad in svg for bad in ("style", "<script", "javascript"))


def test_words_do_not_lie_on_each_other() -> None:
    rows = [
        (text.attrib["y"], text.attrib["font-size"]) for text in texts(as_svg(GERMAN, "de"))
    ]
    assert len(set(rows)) == len(GERMAN)


def test_a_picture_of_no_words_is_empty() -> None:
    assert not texts(as_svg([], "de"))


def test_arabic_looks_alike_with_and_without_the_library_that_joins_letters(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Turned and joined by hand it must not come out backwards."""
    assert features.check("raqm"), "this machine cannot tell"
    joined = ink(as_png(ARABIC))
    monkeypatch.setattr(ImageFont.core, "HAVE_RAQM", False)
    by_hand = ink(as_png(ARABIC))
    backwards = by_hand.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    assert apart(joined, by_hand) < apart(joined, backwards) / 2


def ink(png: bytes) -> Image.Image:
    grey = Image.open(io.BytesIO(png)).convert("L").point(lambda shade: 255 - shade)
    return grey.crop(grey.getbbox()).resize((200, 80))


def apart(one: Image.Image, other: Image.Image) -> int:
    return sum(
        n * shade for shade, n in enumerate(ImageChops.difference(one, other).histogram())
    )
