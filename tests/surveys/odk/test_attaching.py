"""Pictures and recordings arrive once, tell of no device, and go with their answers."""

import io

import pytest
from flask.testing import FlaskClient
from PIL import Image
from sqlalchemy import select
from sqlalchemy.orm import Session

from core import photographs
from core.queueing import Turns
from people.models import Organisation, Project
from surveys.conversations.models import Conversation
from surveys.definition import Definition, Item
from surveys.models import Survey
from surveys.odk import attaching
from surveys.odk.attaching import NoPicture
from surveys.odk.models import Attachment
from tests.surveys.conversations.story import DEFINITION, DESK, a_talk_survey
from tests.surveys.odk.collect import Collect, message_of
from tests.surveys.odk.story import TOLD
from tests.surveys.sounds.sounding import a_sound

WITH_FILES = Definition.from_json(
    DEFINITION.to_json()
    | {
        "items": [
            *DEFINITION.to_json()["items"],
            {"kind": "calculate", "name": "photo", "label": {"de": "Foto"},
             "extra": {"type": "image"}},
            {"kind": "calculate", "name": "voice", "label": {"de": "Ton"},
             "extra": {"type": "audio"}},
            {"kind": "calculate", "name": "film", "label": {"de": "Film"},
             "extra": {"type": "video"}},
        ]
    }
)  # fmt: skip
SHOWN = TOLD | {"photo": "1764.jpg", "voice": "1765.m4a"}
SOUND = a_sound("m4a", metadata={"title": "Amal", "comment": "+52.6+13.4/"})


def a_photo(width: int = 3000, height: int = 2000) -> bytes:
    """A photo on which a device has written where it was taken."""
    picture = Image.new("RGB", (width, height), "teal")
    exif = Image.Exif()
    exif[0x010F] = "Make of the device"
    exif[0x0112] = 6  # lies on its side
    file = io.BytesIO()
    picture.save(file, "JPEG", exif=exif)
    return file.getvalue()


@pytest.fixture
def survey(session: Session, project: Project, provider: Organisation) -> Survey:
    return a_talk_survey(session, project, WITH_FILES)


def attachments(session: Session) -> list[Attachment]:
    session.expire_all()
    return [*session.scalars(select(Attachment).order_by(Attachment.id))]


def test_collect_asks_for_what_is_recorded(survey: Survey, collect: Collect) -> None:
    form = collect.blank(survey.slug).decode()
    assert 'mediatype="image/*"' in form
    assert 'mediatype="audio/*"' in form
    assert "video" not in form


def test_files_arrive_with_the_form_once(
    session: Session, survey: Survey, collect: Collect
) -> None:
    xml = collect.fill(survey.slug, SHOWN)
    files = {"1764.jpg": a_photo(), "1765.m4a": SOUND, "stray.jpg": a_photo()}
    for _ in range(2):
        assert collect.send(xml, files).status_code == 201
    photo, voice = attachments(session)
    assert (photo.field, photo.kind, voice.field, voice.kind) == (
        "photo", "image", "voice", "audio",
    )  # fmt: skip


def test_files_arrive_in_several_parts(
    session: Session, survey: Survey, collect: Collect
) -> None:
    xml = collect.fill(survey.slug, SHOWN)
    more = {"*isIncomplete*": "yes"}
    assert collect.send(xml, {"1764.jpg": a_photo()}, **more).status_code == 201
    assert collect.send(xml, {"1765.m4a": SOUND}).status_code == 201
    assert [each.name for each in attachments(session)] == ["1764.jpg", "1765.m4a"]


def test_without_a_yes_no_file_is_kept(
    session: Session, survey: Survey, collect: Collect
) -> None:
    xml = collect.fill(survey.slug, SHOWN | {"consent": "no"})
    assert collect.send(xml, {"1764.jpg": a_photo()}).status_code == 201
    assert attachments(session) == []


def test_a_picture_tells_nothing_of_device_and_place() -> None:
    clean = attaching.redrawn(a_photo(), "1764.jpg")
    assert b"Make of the device" in a_photo()
    assert b"Make of the device" not in clean
    with Image.open(io.BytesIO(clean)) as picture:
        assert not picture.getexif()
        assert picture.size == (1067, 1600)  # upright, and no larger than anybody looks at


def test_a_recording_tells_nothing_of_device_and_place(
    session: Session, survey: Survey, collect: Collect, tablet: FlaskClient
) -> None:
    assert b"Amal" in SOUND
    assert b"+52.6+13.4/" in SOUND
    collect.send(collect.fill(survey.slug, SHOWN), {"1765.m4a": SOUND})
    (voice,) = attachments(session)
    assert b"ftyp" in voice.content
    assert not any(trace in voice.content for trace in (b"Amal", b"+52.6", b"Lavf"))
    page = tablet.get(f"{DESK}/attachments/{voice.id}")
    assert page.headers["Content-Disposition"].endswith('.m4a"')


def test_what_is_no_recording_is_refused_with_a_sentence(
    session: Session, survey: Survey, collect: Collect
) -> None:
    for content in (b"no sound", a_sound("m4a", loudness=0.0001)):
        answer = collect.send(collect.fill(survey.slug, SHOWN), {"1765.m4a": content})
        assert answer.status_code == 422
        assert "1765.m4a" in message_of(answer)
    assert attachments(session) == []


def test_a_film_is_refused_also_when_an_older_form_asked_for_it(
    session: Session, survey: Survey, collect: Collect
) -> None:
    xml = collect.fill(survey.slug, SHOWN | {"film": "1766.mp4"})
    answer = collect.send(xml, {"1766.mp4": b"film"})
    assert answer.status_code == 422
    assert "1766.mp4" in message_of(answer)
    assert session.scalars(select(Conversation)).all() == []


def test_who_comes_while_others_send_pictures_is_asked_to_try_again(
    session: Session, survey: Survey, collect: Collect, monkeypatch: pytest.MonkeyPatch
) -> None:
    turns = Turns(waiting=0)
    monkeypatch.setattr(photographs, "TURNS", turns)
    xml = collect.fill(survey.slug, SHOWN)
    with turns.taken():
        answer = collect.send(xml, {"1764.jpg": a_photo()})
    assert answer.status_code == 503
    assert message_of(answer)
    assert attachments(session) == []
    assert collect.send(xml, {"1764.jpg": a_photo()}).status_code == 201
    assert len(attachments(session)) == 1


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_a_picture_that_would_fill_the_memory_is_none(kind: str) -> None:
    file = io.BytesIO()
    Image.new("L", (5_001, 5_001)).save(file, kind)
    with pytest.raises(NoPicture):
        attaching.redrawn(file.getvalue(), "x")


@pytest.mark.parametrize("mode", ["L", "P", "1", "LA", "RGBA", "CMYK"])
def test_pictures_of_all_kinds_are_drawn(mode: str) -> None:
    file = io.BytesIO()
    Image.new(mode, (1_800, 900)).save(file, "JPEG" if mode == "CMYK" else "PNG")
    with Image.open(io.BytesIO(attaching.redrawn(file.getvalue(), "x"))) as picture:
        assert (picture.mode, picture.size) == ("RGB", (1600, 800))


@pytest.mark.parametrize("content", [b"", b"no picture", b"GIF89a", a_photo()[:5000]])
def test_what_is_no_picture_is_refused_with_a_sentence(
    session: Session, survey: Survey, collect: Collect, content: bytes
) -> None:
    with pytest.raises(NoPicture):
        attaching.redrawn(content, "x.jpg")
    answer = collect.send(collect.fill(survey.slug, SHOWN), {"1764.jpg": content})
    assert answer.status_code == 422
    assert "1764.jpg" in message_of(answer)
    assert attachments(session) == []


def test_only_the_provider_sees_a_file(
    session: Session,
    survey: Survey,
    collect: Collect,
    tablet: FlaskClient,
    other_tablet: FlaskClient,
) -> None:
    collect.send(collect.fill(survey.slug, SHOWN), {"1764.jpg": a_photo()})
    (photo,) = attachments(session)
    page = tablet.get(f"{DESK}/devices").text
    assert f"/attachments/{photo.id}" in page
    answer = tablet.get(f"{DESK}/attachments/{photo.id}")
    assert answer.data == photo.content
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert "/attachments/" not in other_tablet.get(f"{DESK}/devices").text
    foreign = other_tablet.get(f"{DESK}/attachments/{photo.id}")
    unknown = other_tablet.get(f"{DESK}/attachments/999999")
    assert foreign.status_code == unknown.status_code == 404


def test_a_file_goes_with_its_conversation(
    session: Session, survey: Survey, collect: Collect, tablet: FlaskClient
) -> None:
    collect.send(collect.fill(survey.slug, SHOWN), {"1765.m4a": SOUND})
    assert len(attachments(session)) == 1
    tablet.post(f"{DESK}/K7-RQ2/deletion")
    assert attachments(session) == []


def test_a_repeat_may_name_a_file_in_each_turn(
    session: Session, project: Project, provider: Organisation, collect: Collect
) -> None:
    kept = DEFINITION.to_json()["items"]
    photo = Item("calculate", "shot", label={"de": "Foto"}, extra={"type": "image"})
    repeat = Item("repeat", "shots", label={"de": "Fotos"}, items=(photo,))
    definition = Definition.from_json(DEFINITION.to_json() | {"items": kept})
    items = (*definition.items, repeat)
    raw = definition.to_json() | {"items": Definition({}, "", "", (), items).to_json()["items"]}
    other = a_talk_survey(session, project, Definition.from_json(raw))
    told = TOLD | {"shots[1]/shot": "1.jpg", "shots[2]/shot": "2.jpg"}
    files = {"1.jpg": a_photo(), "2.jpg": a_photo()}
    assert collect.send(collect.fill(other.slug, told), files).status_code == 201
    assert [each.field for each in attachments(session)] == ["shot:1", "shot:2"]
