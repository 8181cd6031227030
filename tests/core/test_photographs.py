import io
import struct

import pytest
from PIL import Image

from core.photographs import redrawn

TURN = 0x0112
# Pillow warns of what it reads past.
pytestmark = pytest.mark.filterwarnings("ignore::UserWarning")


def a_photo(kind: str = "JPEG", turn: object = 1, **more: object) -> bytes:
    """A photo, 40 dots wide and 20 high, as the sensor saw it: red on the left."""
    image, file, exif = Image.new("RGB", (40, 20), "blue"), io.BytesIO(), Image.Exif()
    image.paste("red", (0, 0, 20, 20))
    exif[TURN] = turn
    image.save(file, kind, exif=exif, **more)
    return file.getvalue()


def written(exif: bytes) -> bytes:
    """A photo beside which a camera wrote something amiss."""
    file = io.BytesIO()
    Image.new("RGB", (40, 20), "red").save(file, "JPEG", exif=exif)
    return file.getvalue()


def shown(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(redrawn(content, 100)))


def test_two_pictures_in_one_file_are_one_picture() -> None:
    other = Image.new("RGB", (40, 20), "green")
    photo = a_photo("MPO", save_all=True, append_images=[other])
    assert Image.open(io.BytesIO(photo)).format == "MPO"
    assert shown(photo).size == (40, 20)


@pytest.mark.parametrize(
    ("turn", "size", "red"),
    [
        (1, (40, 20), (5, 10)), (2, (40, 20), (35, 10)), (3, (40, 20), (35, 10)),
        (4, (40, 20), (5, 10)), (5, (20, 40), (10, 5)), (6, (20, 40), (10, 5)),
        (7, (20, 40), (10, 35)), (8, (20, 40), (10, 35)),
    ],
)  # fmt: skip
def test_pictures_stand_upright(turn: int, size: tuple[int, int], red: tuple[int, int]) -> None:
    picture = shown(a_photo(turn=turn))
    dot = picture.getpixel(red)
    assert picture.size == size
    assert isinstance(dot, tuple)
    assert dot[0] > dot[2]


@pytest.mark.parametrize(
    "exif",
    [
        b"MM\0*\0\0\0\x08\0\x01",
        b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x02\0\0\0\x02x\0\0\0\0\0\0\0",
        b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x05\0\0\0\x01\0\0\xff\0\0\0\0\0",
        b"XXXXXXXXXXXXXXXX",
    ],
)
def test_what_a_camera_wrote_amiss_spoils_no_picture(exif: bytes) -> None:
    assert 40 in shown(written(b"Exif\0\0" + exif)).size


@pytest.mark.parametrize(
    ("tag", "kind", "number", "value"),
    [
        (0x8298, 11, 1, b"A\0\6\1"), (0x0213, 2, 4, b"\xff\6A\6"),
        (0x011B, 2, 4, b"\xff\0\0\0"), (0x8769, 6, 2, b"\xff\6\6\0"),
    ],
)  # fmt: skip
def test_marks_of_the_wrong_kind_spoil_no_picture(
    tag: int, kind: int, number: int, value: bytes
) -> None:
    entries = sorted([(TURN, 3, 1, b"\0\6\0\0"), (tag, kind, number, value)])
    parts = [struct.pack(">HHI4s", *entry) for entry in entries]
    exif = b"".join([b"Exif\0\0MM\0*\0\0\0\x08\0\2", *parts, b"\0\0\0\0"])
    assert shown(written(exif)).size == (20, 40)
