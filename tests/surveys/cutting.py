"""A device on a bad line: every attempt may break off anywhere, and it tries until it knows."""

import json
import socket
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from random import Random
from typing import Any
from uuid import UUID

CUTS = ("before", "in the request", "before the answer", "in the answer", "nowhere")
ATTEMPTS = 60


@dataclass
class Line:
    """A line to a server that breaks off by chance, at a place that chance chooses, too."""

    port: int
    seed: int

    def __post_init__(self) -> None:
        self.chance = Random(self.seed)  # noqa: S311 - chance, not secrecy
        self.cuts = dict.fromkeys(CUTS, 0)

    def sync(self, path: str, answers: dict[str, Any], version: str) -> dict[str, Any]:
        """Send answers until a whole receipt has come."""
        key = UUID(int=self.chance.getrandbits(128)).hex
        sent = {
            "key": key, "version": version, "language": "de", "answers": answers,
            "pages": [*answers], "complete": True,
        }  # fmt: skip
        for _ in range(ATTEMPTS):
            if receipt := self._try(path, json.dumps(sent).encode()):
                return receipt
        raise AssertionError("no end in sight")

    def _try(self, path: str, body: bytes) -> dict[str, Any] | None:
        cut = self.chance.choice(CUTS)
        self.cuts[cut] += 1
        head = (
            f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\nConnection: close\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        request = head.encode() + body
        with socket.create_connection(("127.0.0.1", self.port), timeout=60) as wire:
            if cut == "before":
                return None
            if cut == "in the request":
                wire.sendall(request[: self.chance.randrange(1, len(request))])
                return None
            wire.sendall(request)
            if cut == "before the answer":
                return None
            answer = b""
            enough = self.chance.randrange(1, 300) if cut == "in the answer" else 1 << 20
            with suppress(ConnectionError):
                while len(answer) < enough and (piece := wire.recv(min(4096, enough))):
                    answer += piece
        return _receipt(answer) if cut == "nowhere" else None


def _receipt(answer: bytes) -> dict[str, Any] | None:
    head, _, body = answer.partition(b"\r\n\r\n")
    if not head.startswith(b"HTTP/1.1 200"):
        return None
    found: dict[str, Any] = json.loads(body)
    return found


def sync_all(
    port: int, path: str, version: str, number: int, people: int = 4
) -> dict[str, int]:
    """Let *people* send so many answers, numbered from 0; return where lines were cut."""
    lines = [Line(port, seed) for seed in range(people)]

    def send(which: int) -> None:
        line = lines[which]
        for place in range(which, number, people):
            assert line.sync(path, {"agree": "yes", "places": place + 1}, version)["submitted"]

    with ThreadPoolExecutor(people) as together:
        [*together.map(send, range(people))]
    return {cut: sum(line.cuts[cut] for line in lines) for cut in CUTS}
