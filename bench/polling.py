"""How soon a change reaches the last of many who poll, and what they cost the server."""

import asyncio
import os
import random
import re
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from bench.scene import Scene, news_of

TICKS = os.sysconf("SC_CLK_TCK")


class Room:
    """People who ask for news at the pace their page prescribes, and what they saw when."""

    def __init__(self, scene: Scene, people: int) -> None:
        self.scene = scene
        self.code, self.cookies = scene.room(people)
        place = urlsplit(scene.server.url)
        self.host, self.port = place.hostname, place.port
        self.seen: list[float] = []

    async def poll(self, cookie: str, path: str) -> None:
        reader, writer = await asyncio.open_connection(self.host, self.port)
        pace = 0.4
        try:
            while True:
                status, body = await ask(reader, writer, cookie, path)
                if status == 200:
                    self.seen.append(time.perf_counter())
                    path = news_of(body)
                    pace = int(re.findall(r'data-pace="(\d+)"', body)[0]) / 1000
                await asyncio.sleep(pace * random.uniform(0.9, 1.1))  # noqa: S311 - as live.js
        finally:
            writer.close()

    async def run(self, changes: int) -> tuple[list[float], float]:
        """Return how long each change took to the last, and CPU per second without change."""
        path = f"/w/{self.code}/cards?page=collect"
        polls = [asyncio.create_task(self.poll(cookie, path)) for cookie in self.cookies]
        await self._all_have_seen()
        await asyncio.sleep(2)
        before, begun = cpu_of(self.scene), time.perf_counter()
        await asyncio.sleep(10)
        quiet = (cpu_of(self.scene) - before) / (time.perf_counter() - begun)
        taken = []
        for _ in range(changes):
            self.seen.clear()
            await asyncio.to_thread(self.scene.post_card, self.code)
            begun = time.perf_counter()
            await self._all_have_seen()
            taken.append(max(self.seen) - begun)
            await asyncio.sleep(0.5 + random.random())  # noqa: S311 - chance
        for poll in polls:
            poll.cancel()
        await asyncio.gather(*polls, return_exceptions=True)
        return taken, quiet

    async def _all_have_seen(self) -> None:
        until = time.perf_counter() + 20
        while len(self.seen) < len(self.cookies) and time.perf_counter() < until:
            await asyncio.sleep(0.01)


async def ask(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, cookie: str, path: str
) -> tuple[int, str]:
    """Send one GET on a connection that stays, and return what comes."""
    writer.write(f"GET {path} HTTP/1.1\r\nHost: localhost\r\nCookie: {cookie}\r\n\r\n".encode())
    head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
    length = re.search(r"content-length: (\d+)", head)
    body = await reader.readexactly(int(length[1])) if length else b""
    return int(head.split()[1]), body.decode()


def cpu_of(scene: Scene) -> float:
    """Return the seconds that all processes of the server have worked."""
    return sum((int(fields[11]) + int(fields[12])) / TICKS for _, fields in _processes(scene))


def memory_of(scene: Scene) -> float:
    """Return how many MB all processes of the server hold; what they share counts once."""
    shares = [
        int(line.split()[1])
        for folder, _ in _processes(scene)
        for line in (folder / "smaps_rollup").read_text().splitlines()
        if line.startswith("Pss:")
    ]
    return sum(shares) / 1024


def _processes(scene: Scene) -> Iterator[tuple[Path, list[str]]]:
    """Yield the folder of each process of the server, and what its stat says."""
    group = str(scene.server.process_id)
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue  # it has ended meanwhile
        if fields[2] == group:
            yield path.parent, fields


def bench_polling(scene: Scene, people: int, changes: int) -> tuple[float, float]:
    """Return how long the slowest change took, and the share of a core without changes."""
    taken, quiet = asyncio.run(Room(scene, people).run(changes))
    return max(taken), quiet
