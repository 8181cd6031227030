"""Sounds as devices make them, and a voice that is not there: a tone between two silences."""

from collections.abc import Mapping
from io import BytesIO
from typing import Any

import av
import numpy as np

KINDS = {  # container, codec, samples in a second
    "wav": ("wav", "pcm_s16le", 44_100),
    "webm": ("webm", "libopus", 48_000),  # Chromium and Firefox
    "ogg": ("ogg", "libopus", 48_000),
    "mp3": ("mp3", "libmp3lame", 44_100),
    "m4a": ("ipod", "aac", 44_100),  # iPhones
    "flac": ("flac", "flac", 44_100),
}


def a_sound(
    kind: str = "wav",
    seconds: float = 3,
    silence: float = 1,
    loudness: float = 0.1,
    pitch: int = 440,
    metadata: Mapping[str, str] | None = None,
) -> bytes:
    """A tone of some loudness, after and before some silence, in stereo."""
    container, codec, rate = KINDS[kind]
    times = np.arange(int(rate * seconds)) / rate
    heard = (times >= silence) & (times < seconds - silence)
    tone = (loudness * np.sin(2 * np.pi * pitch * times) * heard).astype(np.float32)
    out = BytesIO()
    with av.open(out, "w", format=container) as file:
        file.metadata.update(metadata or {})
        stream: Any = file.add_stream(codec, rate=rate, layout="stereo")
        frame = av.AudioFrame.from_ndarray(np.tile(tone, (2, 1)), "fltp", "stereo")
        frame.sample_rate = rate
        resampler = av.AudioResampler(stream.format, "stereo", rate, stream.frame_size or 1024)
        for each in [*resampler.resample(frame), *resampler.resample(None)]:
            file.mux(stream.encode(each))
        file.mux(stream.encode(None))
    return out.getvalue()


def heard_in(data: bytes) -> Any:
    """The samples of a sound, as someone hears it who plays it."""
    with av.open(BytesIO(data), "r") as file:
        return np.concatenate([frame.to_ndarray()[0] for frame in file.decode(audio=0)])
