"""Whatever telephones record comes out small, even and without a trace."""

import struct
import subprocess
import sys
from io import BytesIO

import av
import numpy as np
import pytest

from surveys.sounds import recoding
from surveys.sounds.mill import SILENT, TOO_LONG, UNREADABLE, Unfit, grind
from surveys.sounds.recoding import NoSound, NothingHeard, TooLarge, TooLong, recode
from tests.surveys.sounds.sounding import KINDS, a_sound, heard_in

PLAYLIST = b"#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\nhttp://127.0.0.1:9/x.ts\n"
HOSTILE = {
    "nothing": b"",
    "text": b"hello",
    "a page": b"<!doctype html><script>alert(1)</script>",
    "a list of other files": b"ffconcat version 1.0\nfile /etc/passwd\n",
    "a list of other addresses": PLAYLIST,
    "a description of a stream": b"v=0\r\nm=audio 9 RTP/AVP 0\r\nc=IN IP4 127.0.0.1\r\n",
    "a picture": b"\x89PNG\r\n\x1a\n" + bytes(100),
    "the head of a WAV": b"RIFF\xff\xff\xff\xffWAVE" + b"\xff" * 2_000,
    "the head of an M4A": b"\x00\x00\x00\x1cftypM4A " + b"\x7f" * 5_000,
    "an M4A whose box has no end": b"\x00\x00\x00\x1cftypM4A "
    + bytes(20)
    + b"\xff\xff\xff\xffmoov",
    "the head of a WebM": b"\x1aE\xdf\xa3" + b"\xff" * 5_000,
    "an Ogg of nothing": b"OggS" * 2_000,
    "an MP3 of nothing": b"ID3\x04\x00\x00\x7f\x7f\x7f\x7f" + bytes(2_000),
    "frames without sound": b"\xff\xfb\x90\x00" * 500,
}


@pytest.mark.parametrize("kind", KINDS)
def test_what_devices_record_is_played_by_every_telephone(kind: str) -> None:
    seconds, made = grind(a_sound(kind))
    with av.open(BytesIO(made), "r") as file:
        (stream,) = file.streams
        assert stream.codec_context.name == "aac"
        assert file.format.name.startswith("mov")
        assert stream.codec_context.layout.nb_channels == 1  # type: ignore[attr-defined]
    assert seconds == pytest.approx(1.2, abs=0.1)  # the second that is spoken, and breath
    assert len(made) < 8_000 * seconds
    assert made.index(b"moov") < made.index(b"mdat")  # or it would not begin at once


@pytest.mark.parametrize("loudness", [0.01, 0.1, 0.9])
def test_all_voices_are_about_equally_loud(loudness: float) -> None:
    heard = heard_in(grind(a_sound(loudness=loudness))[1])
    middle = heard[len(heard) // 3 : -len(heard) // 3]
    assert np.sqrt(np.mean(middle**2)) == pytest.approx(0.1, rel=0.15)
    assert np.abs(heard).max() <= 1


def test_nothing_tells_who_recorded_it_where_and_with_what() -> None:
    secret = {"title": "Amal am Telefon", "comment": "52.5/13.4", "artist": "Amal"}
    for kind in ("m4a", "mp3"):
        known = a_sound(kind, metadata=secret)
        assert b"Amal" in known
        made = grind(known)[1]
        assert not any(trace in made for trace in (b"Amal", b"52.5", b"Lavf", b"Lavc", b"ID3"))
        assert made == grind(known)[1]  # not even when


def test_a_sound_of_a_film_is_taken_without_its_pictures() -> None:
    out = BytesIO()
    with av.open(out, "w", format="mp4") as file:
        picture = file.add_stream("mpeg4", rate=10)
        picture.width, picture.height, picture.pix_fmt = 64, 64, "yuv420p"
        voice = file.add_stream("aac", rate=44_100, layout="mono")
        for _ in range(10):
            file.mux(picture.encode(av.VideoFrame(64, 64, "yuv420p")))
        file.mux(picture.encode(None))
        tone = 0.1 * np.sin(np.arange(44_100) / 16, dtype=np.float32)
        frame = av.AudioFrame.from_ndarray(tone[None], "fltp", "mono")
        frame.sample_rate = 44_100
        file.mux(voice.encode(frame))
        file.mux(voice.encode(None))
    _, made = grind(out.getvalue())
    with av.open(BytesIO(made), "r") as again:
        assert [stream.type for stream in again.streams] == ["audio"]


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_no_sound_is_refused(name: str) -> None:
    with pytest.raises(Unfit, match=str(UNREADABLE) + "|" + str(SILENT)):
        grind(HOSTILE[name])


def test_what_is_cut_off_or_damaged_does_no_harm() -> None:
    for kind in KINDS:
        whole = a_sound(kind)
        for broken in (whole[: len(whole) // 2], whole[:100], whole[:500] + whole[900:]):
            try:
                assert grind(broken)[0] < 4
            except Unfit as why:
                assert str(why) in (str(UNREADABLE), str(SILENT))


def test_silence_and_speeches_are_refused() -> None:
    with pytest.raises(Unfit, match=str(SILENT)):
        grind(a_sound(loudness=0.0001))
    with pytest.raises(Unfit, match=str(TOO_LONG)):
        grind(a_sound("webm", seconds=80))


def test_a_file_that_promises_more_than_it_holds_costs_no_memory() -> None:
    """A WAV of 65,535 channels, or of 4 GHz, within a few bytes."""
    for channels, rate in ((65_535, 48_000), (1, 4_000_000_000)):
        width = 2 * channels
        form = struct.pack(
            "<HHIIHH", 1, channels, rate, (rate * width) % 2**32, width % 2**16, 16
        )
        head = b"fmt " + struct.pack("<I", 16) + form + b"data" + struct.pack("<I", 2**31)
        with pytest.raises(Unfit):
            grind(b"RIFF" + struct.pack("<I", 2**31) + b"WAVE" + head + bytes(100_000))


@pytest.mark.parametrize(
    ("data", "refusal"),
    [
        (b"hello", NoSound),
        (bytes(10_000_001), TooLarge),
        (a_sound("ogg", seconds=61, silence=0), TooLong),
        (a_sound(loudness=0), NothingHeard),
    ],
    ids=["text", "huge", "long", "silent"],
)
def test_a_refusal_says_what_to_do(data: bytes, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        recode(data)


def test_reading_takes_place_elsewhere_and_not_for_ever(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sound = recode(a_sound("webm"))
    assert sound.seconds == pytest.approx(1.2, abs=0.1)
    assert len(sound.digest) == 20

    monkeypatch.setattr(recoding, "PATIENCE", 0.01)
    with pytest.raises(NoSound):
        recode(a_sound())


def test_the_mill_limits_itself() -> None:
    check = """
import contextlib, io, resource, runpy, sys
sys.argv = ["mill", "60"]
sys.stdin = io.TextIOWrapper(io.BytesIO(b""))
with contextlib.suppress(SystemExit):
    runpy.run_module("surveys.sounds.mill", run_name="__main__")
kinds = (resource.RLIMIT_CPU, resource.RLIMIT_AS, resource.RLIMIT_FSIZE)
sys.exit(any(resource.getrlimit(kind)[0] == resource.RLIM_INFINITY for kind in kinds))
"""
    assert subprocess.run([sys.executable, "-c", check], check=False).returncode == 0
