"""Having a recording made small and even, in a process that can do no harm."""

import os
import subprocess
import sys
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from core.errors import Refusal, message
from core.queueing import Turns
from surveys.sounds import LARGEST, LONGEST

ROOT = Path(__file__).parents[2]
PATIENCE = 30  # seconds
TURNS = Turns()  # or people who answer would wait for those who speak
ADDRESS = 20  # digits of the digest in an address


class NoSound(Refusal):
    reason = message("This is no sound that we can read. Please try a recording as MP3 or M4A.")


class TooLong(Refusal):
    reason = message("This is longer than a minute. Please speak one text at a time.")


class TooLarge(Refusal):
    reason = message("This is larger than 10 MB. Please send a shorter recording.")


class NothingHeard(Refusal):
    reason = message("Nobody is to be heard. Please check the microphone and speak once more.")


@dataclass(frozen=True)
class Sound:
    """A recording as it is kept and played."""

    seconds: float
    data: bytes

    @property
    def digest(self) -> str:
        return sha256(self.data).hexdigest()[:ADDRESS]


def recode(data: bytes, longest: int = LONGEST) -> Sound:
    """Return *data* as a sound that every telephone plays, of so many seconds at most.

    :raise TooLarge: when it is larger than any text could take
    :raise NoSound: when it cannot be read, or reading it takes too long
    :raise TooLong: when it is longer
    :raise NothingHeard: when it is silent
    :raise Busy: when others are before one
    """
    if len(data) > LARGEST:
        raise TooLarge
    mill = [sys.executable, "-m", "surveys.sounds.mill", str(longest)]
    one_thread = {"OPENBLAS_NUM_THREADS": "1", "PATH": os.defpath}
    with TURNS.taken():
        try:
            done = subprocess.run(  # noqa: S603 - our own program
                mill, input=data, capture_output=True, timeout=PATIENCE, cwd=ROOT,
                env=one_thread, check=False,
            )  # fmt: skip
        except subprocess.TimeoutExpired:
            raise NoSound from None
    if done.returncode:
        raise {4: TooLong, 5: NothingHeard}.get(done.returncode, NoSound)
    seconds, _, file = done.stdout.partition(b"\n")
    return Sound(float(seconds), file)
