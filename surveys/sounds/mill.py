"""The mill: whatever somebody recorded goes in, a small even file without a trace comes out.

It runs in a process of its own with little time and memory, as a file may be made to hurt
whoever opens it. What comes out is mono AAC, which old telephones of every make play, with
the length in seconds on a line before it.
"""

import resource
import sys
import tempfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import av
import numpy as np
from av.codec.context import Flags
from numpy.typing import NDArray

from surveys.sounds import LONGEST

RATE = 24_000  # samples in a second: all of a voice
BITS = 32_000  # in a second of the file
LOUD = 0.1  # the level of speech: -20 dB of the most there is
MOST = 0.89  # of a single sample: -1 dB
RAISED = 30.0  # times at most, or a rustle would become a roar
STILL = 0.003  # -50 dB: nobody spoke
QUIET = 0.02  # of the loudest moment: what is below it at both ends is cut off
MOMENT = RATE // 50
BREATH = RATE // 10  # kept before the first word and after the last
STREAMS = 8
CODECS = {
    "aac", "aac_latm", "alac", "amrnb", "amrwb", "flac", "mp3", "mp3float", "opus", "libopus",
    "vorbis", "libvorbis", "libopencore_amrnb", "libopencore_amrwb", "pcm_alaw", "pcm_f32le",
    "pcm_f64le", "pcm_mulaw", "pcm_s16be", "pcm_s16le", "pcm_s24le", "pcm_s32le", "pcm_u8",
}  # fmt: skip
UNREADABLE, TOO_LONG, SILENT = 3, 4, 5  # how the process ends when nothing comes out
Samples = NDArray[np.float32]


class Unfit(Exception):
    """Why nothing comes out: one of the numbers above."""


def grind(data: bytes, longest: int = LONGEST) -> tuple[float, bytes]:
    """Return the length in seconds and the file.

    :raise Unfit: when nobody is to be heard in it
    """
    voice = levelled(trimmed(samples(data, longest)))
    return len(voice) / RATE, packed(voice)


def samples(data: bytes, longest: int) -> Samples:
    """Return what is to be heard, as one channel, of so many seconds at most.

    :raise Unfit: when it is no sound, or too long
    """
    heard, number = [np.zeros(0, np.float32)], 0
    try:
        for piece in _decoded(data):
            heard.append(piece)
            number += len(piece)
            if number > longest * RATE:
                raise Unfit(TOO_LONG)
    except (av.FFmpegError, ValueError, MemoryError) as error:
        raise Unfit(UNREADABLE) from error
    return np.nan_to_num(np.concatenate(heard))


def trimmed(heard: Samples) -> Samples:
    """Cut off the silence at both ends.

    :raise Unfit: when there is nothing else
    """
    levels = _levels(heard)
    loudest = levels.max(initial=0)
    if loudest < STILL:
        raise Unfit(SILENT)
    spoken = np.flatnonzero(levels > loudest * QUIET)
    start, end = spoken[0] * MOMENT - BREATH, (spoken[-1] + 1) * MOMENT + BREATH
    return heard[max(0, start) : end]


def levelled(heard: Samples) -> Samples:
    """Let all voices be about equally loud."""
    levels = _levels(heard)
    spoken = levels[levels > levels.max() / 10]
    gain = LOUD / np.sqrt(np.mean(spoken**2))
    loudest = float(np.abs(heard).max())
    return np.asarray(heard * min(gain, MOST / loudest, RAISED), np.float32)


def packed(voice: Samples) -> bytes:
    """Return the file; nothing in it tells when, where or with what it was made."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "voice.m4a")
        exact = {"movflags": "+faststart", "fflags": "+bitexact"}
        with av.open(str(path), "w", format="ipod", options=exact) as file:
            stream = file.add_stream("aac", rate=RATE, layout="mono")
            stream.bit_rate = BITS
            stream.codec_context.flags |= Flags.bitexact
            frame = av.AudioFrame.from_ndarray(voice[None], format="fltp", layout="mono")
            frame.sample_rate = RATE
            file.mux(stream.encode(frame))
            file.mux(stream.encode(None))
        return path.read_bytes()


def _decoded(data: bytes) -> Iterator[Samples]:
    format = format_of(data)
    if not format:
        raise Unfit(UNREADABLE)
    allowed = {"codec_whitelist": ",".join(sorted(CODECS)), "protocol_whitelist": "none"}
    with av.open(BytesIO(data), "r", format=format, options=allowed) as file:
        streams = file.streams.audio
        if not streams or len(file.streams) > STREAMS or streams[0].codec.name not in CODECS:
            raise Unfit(UNREADABLE)
        resampler = av.AudioResampler(format="flt", layout="mono", rate=RATE)
        for packet in file.demux(streams[0]):
            for frame in _frames(packet):
                for each in resampler.resample(frame):
                    yield np.array(each.to_ndarray()[0])
        for each in resampler.resample(None):
            yield np.array(each.to_ndarray()[0])


def _frames(packet: Any) -> list[Any]:
    """Return what a packet holds; one that was damaged on its way is left out."""
    try:
        return [*packet.decode()]
    except av.InvalidDataError:
        return []


def format_of(data: bytes) -> str:
    """Return the format by how a file begins; nothing for all that we do not open.

    FFmpeg would guess, and some of what it opens leads to other files and addresses.
    """
    if data[:4] == b"RIFF" and data[8:12] == b"WAVE":
        return "wav"
    if data[4:8] == b"ftyp":
        return "mov"
    if len(data) > 1 and data[0] == 0xFF and data[1] & 0xE0 == 0xE0:
        return "mp3" if data[1] & 0x06 else "aac"
    known = {
        b"OggS": "ogg", b"\x1aE\xdf\xa3": "matroska", b"fLaC": "flac", b"ID3": "mp3",
        b"#!AMR": "amr",
    }  # fmt: skip
    return next((name for begins, name in known.items() if data.startswith(begins)), "")


def _levels(heard: Samples) -> Samples:
    """Return how loud each moment is."""
    whole = heard[: len(heard) // MOMENT * MOMENT].astype(np.float64)
    levels = np.sqrt(np.mean(whole.reshape(-1, MOMENT) ** 2, axis=1)) if len(whole) else whole
    return levels.astype(np.float32)


def main() -> int:
    for kind, most in (
        (resource.RLIMIT_CPU, 20),
        (resource.RLIMIT_AS, 2 * 1024**3),
        (resource.RLIMIT_FSIZE, 8 * 1024**2),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (most, most))
    av.logging.set_level(av.logging.PANIC)
    try:
        seconds, file = grind(sys.stdin.buffer.read(), int(sys.argv[1]))
    except Unfit as why:
        return int(str(why))
    sys.stdout.buffer.write(f"{seconds:.3f}\n".encode() + file)
    return 0


if __name__ == "__main__":
    sys.exit(main())
