"""The real server, as ``bin/run`` starts it: on a free port, with a data folder of its own.

with serve(tmp_path / "data") as server:
    urlopen(server.url + "/healthz")
    server.kill()
    server.start()
"""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from time import monotonic
from urllib.error import URLError
from urllib.request import urlopen

from tests.ports import free_port

ROOT = Path(__file__).parent.parent
PATIENCE = 30.0  # seconds until it answers, on a busy machine


class Server:
    """A server under way, which can be stopped, killed and started again."""

    def __init__(self, folder: Path, settings: dict[str, str], words: list[str]) -> None:
        self.folder = folder
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._words = [sys.executable, "serve.py", *words]
        kept = {name: text for name, text in os.environ.items() if name[:4] != "OSI_"}
        own = {"DATA": str(folder), "BIND": f"127.0.0.1:{self.port}", "DEMO": "0"} | settings
        self._environment = kept | {f"OSI_{name}": text for name, text in own.items()}
        self._process: subprocess.Popen[bytes] | None = None
        self.started = 0.0  # seconds until it answered
        folder.mkdir(parents=True, exist_ok=True)
        self.log = folder / "server.log"

    @property
    def process_id(self) -> int:
        """The number of the first process, and of the group of all of them."""
        return self._process.pid if self._process else 0

    def start(self) -> None:
        """Start the server and wait until it answers."""
        begun = monotonic()
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                self._words, cwd=ROOT, env=self._environment, start_new_session=True,
                stdout=log, stderr=log,
            )  # fmt: skip
        while not self._answers():
            try:
                self._process.wait(timeout=0.02)
            except subprocess.TimeoutExpired:
                if monotonic() - begun < PATIENCE:
                    continue
            self.kill()
            raise RuntimeError(f"the server did not start: {self.log.read_text()[-2000:]}")
        self.started = monotonic() - begun

    def stop(self) -> int:
        """Ask it to end, as Ctrl-C does, and return its exit status."""
        if not self._process:
            return 0
        os.killpg(self._process.pid, signal.SIGINT)
        try:
            return self._process.wait(timeout=20)
        finally:
            self._process = None

    def kill(self) -> None:
        """End all of its processes at once, as a power cut would."""
        if self._process:
            with suppress(ProcessLookupError):  # it may have ended by itself
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
            self._process = None

    def _answers(self) -> bool:
        try:
            with urlopen(f"{self.url}/healthz", timeout=5) as answer:
                return bool(answer.status == 200)
        except (URLError, OSError):
            return False


@contextmanager
def serve(folder: Path, *words: str, **settings: str) -> Iterator[Server]:
    """Run the server with settings such as ``DATABASE_URL="…"``, without the demo."""
    server = Server(folder, settings, list(words))
    server.start()
    try:
        yield server
    finally:
        try:
            server.stop()
        except subprocess.TimeoutExpired:
            server.kill()
