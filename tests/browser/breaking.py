"""A line between browser and server that breaks off by chance, where chance chooses."""

import socket
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from random import Random

from tests.browser.wire import PIECE, Wire, hang_up

CUTS = (
    "before the request", "in the request", "after the request", "after the commit",
    "in the answer",
)  # fmt: skip


class BreakingWire(Wire):
    """Carries one request on each connection; while it breaks, every other that sends is cut.

    Nobody but the line knows where: the browser always sees a connection that ended.
    """

    def __init__(self, site: str, seed: int) -> None:
        self.chance = Random(seed)  # noqa: S311 - chance, not secrecy
        self.cuts: Counter[str] = Counter()
        self.is_breaking = False
        super().__init__(site)

    def _connect(self, near: socket.socket) -> None:
        threading.Thread(target=self._carry_once, args=(near,), daemon=True).start()

    def _carry_once(self, near: socket.socket) -> None:
        with suppress(OSError):
            request = _request(near)
            sends = self.is_breaking and request.startswith(b"POST ")
            is_cut = sends and self.chance.random() < 1 / 2
            cut = self.chance.choice(CUTS) if is_cut else ""
            if sends:
                self.cuts[cut or "nowhere"] += 1
            near.sendall(self._answer(request, cut))
        hang_up(near)

    def _answer(self, request: bytes, cut: str) -> bytes:
        """Ask the server; return what of its answer comes through."""
        if cut == "before the request" or not request:
            return b""
        sent = self.chance.randrange(1, len(request)) if cut == "in the request" else None
        with socket.create_connection(self._to) as far:
            far.sendall(request[:sent])
            if cut in ("in the request", "after the request"):
                return b""
            answer = b""
            while piece := far.recv(PIECE):
                answer += piece
        if cut == "after the commit":
            return b""
        return answer[: self.chance.randrange(1, len(answer))] if cut else answer


def _request(near: socket.socket) -> bytes:
    """Return a whole request: its head, and a body as long as the head says."""
    request = b""
    while b"\r\n\r\n" not in request:
        if not (piece := near.recv(PIECE)):
            return b""
        request += piece
    head, _, body = request.partition(b"\r\n\r\n")
    lines = head.lower().split(b"\r\n")
    lengths = [line.split(b":")[1] for line in lines if line.startswith(b"content-length:")]
    while len(body) < int(next(iter(lengths), b"0")):
        if not (piece := near.recv(PIECE)):
            return b""
        body += piece
    return head + b"\r\n\r\n" + body


@contextmanager
def a_breaking_wire(site: str, seed: int = 7) -> Iterator[BreakingWire]:
    wire = BreakingWire(site, seed)
    yield wire
    wire.close()
