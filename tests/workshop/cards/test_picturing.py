import io

import pytest
from PIL import Image
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from workshop.cards.models import Picture
from workshop.cards.picturing import NoPicture, describe, picture, picture_of, take_away
from workshop.models import Board, Idea, Participant, Phase
from workshop.moving import NotNow
from workshop.posting import NotYours

pytestmark = pytest.mark.both_engines


def a_photo(width: int = 2000, height: int = 1000, kind: str = "JPEG") -> bytes:
    """A photo whose file tells where it was taken."""
    image, file = Image.new("RGB", (width, height), "red"), io.BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "Geheimkamera"
    image.save(file, kind, exif=exif)
    return file.getvalue()


def test_a_picture_is_drawn_anew_without_what_the_camera_wrote(
    session: Session, bikes: Idea, amal: Participant
) -> None:
    photo = a_photo()
    assert b"Geheimkamera" in photo
    picture(session, bikes, amal, photo, "A red wall")
    session.commit()
    kept = picture_of(session, bikes)
    assert kept
    assert b"Geheimkamera" not in kept.content + kept.small
    assert Image.open(io.BytesIO(kept.content)).size == (1280, 640)
    assert (kept.width, kept.height) == (480, 240)


def test_a_card_has_one_picture(session: Session, bikes: Idea, amal: Participant) -> None:
    for words in ("A red wall", "A redder wall"):
        picture(session, bikes, amal, a_photo(), words)
    assert session.scalars(select(Picture.description)).all() == ["A redder wall"]


def test_words_for_a_picture_can_change_alone(
    session: Session, bikes: Idea, amal: Participant
) -> None:
    picture(session, bikes, amal, a_photo(), "")
    describe(session, bikes, amal, "A red wall")
    assert session.scalars(select(Picture.description)).all() == ["A red wall"]


def test_only_authors_hang_pictures_and_take_them_away(
    session: Session, bikes: Idea, amal: Participant, ben: Participant
) -> None:
    picture(session, bikes, amal, a_photo(), "")
    with pytest.raises(NotYours):
        picture(session, bikes, ben, a_photo(), "")
    with pytest.raises(NotYours):
        describe(session, bikes, ben, "x")
    with pytest.raises(NotYours):
        take_away(session, bikes, ben)
    take_away(session, bikes, amal)
    assert not picture_of(session, bikes)


def test_pictures_stay_as_they_are_while_people_vote(
    session: Session, board: Board, bikes: Idea, amal: Participant
) -> None:
    board.phase = Phase.VOTE
    session.commit()
    with pytest.raises(NotNow):
        picture(session, bikes, amal, a_photo(), "")


def test_a_picture_goes_with_its_card(session: Session, bikes: Idea, amal: Participant) -> None:
    picture(session, bikes, amal, a_photo(), "")
    session.commit()
    session.delete(bikes)
    session.commit()
    assert session.scalar(select(func.count(Picture.id))) == 0


@pytest.mark.parametrize(
    "content",
    [
        b"", b"not a picture", a_photo()[:200], b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"GIF89a" + b"\x00" * 40, b"\xff\xd8\xff\xe0" + b"\x00" * 99,
    ],
)  # fmt: skip
def test_other_files_are_refused(
    session: Session, bikes: Idea, amal: Participant, content: bytes
) -> None:
    with pytest.raises(NoPicture):
        picture(session, bikes, amal, content, "")


def test_a_picture_that_would_fill_the_memory_is_refused(
    session: Session, bikes: Idea, amal: Participant
) -> None:
    file = io.BytesIO()
    Image.new("1", (6_000, 6_000)).save(file, "PNG")
    with pytest.raises(NoPicture):
        picture(session, bikes, amal, file.getvalue(), "")
