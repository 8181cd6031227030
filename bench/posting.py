"""Saving a page of answers, beside a bare route that commits one row in the same file.

And beside what the disk itself can do: one after another, a row and its commit, no server.
"""

import re
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from statistics import median
from urllib.parse import urlencode, urlsplit
from urllib.request import urlopen

from bench.measuring import percentile
from bench.scene import Scene
from core import sqlite
from tests.ports import free_port
from tests.surveys.answers import Reader

CLIENTS, ROUNDS, SECONDS = 8, 5, 3.0
LENGTH = re.compile(rb"content-length: (\d+)", re.IGNORECASE)


@dataclass(frozen=True)
class Posting:
    """Pages saved and bare commits of the disk, both per second, all with SQLite FULL.

    ``share`` is what of the bare route's requests are served, ``slowest`` the ratio of the
    p99.
    """

    rate: float
    disk: float
    share: float
    slowest: float


def bench_posting(there: Scene) -> Posting:
    """Let some people save pages for a while, in turns with the bare route."""
    ours, rates, shares, slowest = _pages(there), [], [], []
    with _bare(there) as port:
        theirs = [[_request("/", "", "x=1")]] * CLIENTS
        place = urlsplit(there.server.url).port or 0
        for _ in range(ROUNDS):
            rate, p99 = _load(place, ours, b" 303 ")
            bare_rate, bare_p99 = _load(port, theirs, b" 204 ")
            rates.append(rate)
            shares.append(rate / bare_rate)
            slowest.append(p99 / bare_p99)
        disk = _commits(there.server.folder / "werkstatt.db")
    return Posting(median(rates), disk, median(shares), median(slowest))


def _commits(file: Path) -> float:
    """Return how many rows per second one writer commits, as durably as the Werkstatt."""
    with closing(sqlite3.connect(file, factory=sqlite.Connection)) as connection:
        sqlite.prepare(connection)
        begun, number = time.perf_counter(), 0
        while time.perf_counter() < begun + SECONDS:
            connection.cursor().execute("INSERT INTO bare (body) VALUES (?)", ("x" * 2_000,))
            connection.commit()
            number += 1
    return number / SECONDS


def _pages(there: Scene) -> list[list[bytes]]:
    """Return for each client the pages of one person, as they are sent again and again."""
    _, found = there.respondents(CLIENTS)
    by_person: dict[str, list[bytes]] = {}
    client = there.app.test_client(use_cookies=False)
    for path, cookie in found:
        form = Reader(client.get(path, headers={"Cookie": cookie}).text).forms["page"]
        last = "next" not in form.buttons("go") or "pause" not in form.buttons("go")
        assert not last  # noqa: S101 - nobody has handed in
        body = urlencode(form.data() | {"go": ["next"]}, doseq=True)
        by_person.setdefault(cookie, []).append(_request(path, cookie, body))
    return [pages[:-1] for pages in by_person.values()]  # the last would hand them in


def _request(path: str, cookie: str, body: str) -> bytes:
    head = [
        f"POST {path} HTTP/1.1", "Host: localhost", f"Cookie: {cookie}",
        "Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}",
        "Accept-Encoding: gzip", "Accept-Language: de",
    ]  # fmt: skip
    return "\r\n".join([*head, "", body]).encode()


def _load(port: int, people: Sequence[Sequence[bytes]], status: bytes) -> tuple[float, float]:
    """Return the requests per second of all clients together, and the p99 in seconds."""
    until = time.perf_counter() + SECONDS
    with ThreadPoolExecutor(CLIENTS) as pool:
        took = [*pool.map(lambda pages: _send(port, pages, status, until), people)]
    times = [each for one in took for each in one]
    return len(times) / SECONDS, percentile(times, 0.99)


def _send(port: int, pages: Sequence[bytes], status: bytes, until: float) -> list[float]:
    taken: list[float] = []
    with socket.create_connection(("127.0.0.1", port)) as line:
        for page in cycle(pages):
            begun = time.perf_counter()
            if begun > until:
                return taken
            line.sendall(page)
            answer = line.recv(65_536)
            head, _, body = answer.partition(b"\r\n\r\n")
            assert status in head[:20], head  # noqa: S101 - it must have been stored
            length = LENGTH.search(head)
            missing = int(length[1]) - len(body) if length else 0
            while missing > 0:
                missing -= len(line.recv(65_536))
            taken.append(time.perf_counter() - begun)
    return taken


@contextmanager
def _bare(there: Scene) -> Iterator[int]:
    port, file = free_port(), there.server.folder / "werkstatt.db"
    words = [sys.executable, "-m", "bench.bare", str(file), str(port)]
    process = subprocess.Popen(words, cwd=Path(__file__).parents[1])  # noqa: S603
    try:
        for _ in range(200):
            try:
                urlopen(f"http://127.0.0.1:{port}/healthz").close()
                break
            except OSError:
                time.sleep(0.05)
        yield port
    finally:
        process.terminate()
        process.wait()
