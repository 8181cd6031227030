"""Phones in a room without a browser: they join, ask for news and send as its pages do."""

import asyncio
import gzip
import random
import re
import time
from contextlib import suppress
from urllib.parse import urlencode

from bench.scene import news_of
from workshop.models import Phase
from workshop.posting import TITLE_LIMIT

QUIET_AFTER, QUIET_PACE = 60.0, 3.0  # seconds, as in static/js/live.js
HTMX = "HX-Request: true\r\nHX-Request-Type: partial\r\n"
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
KEY = re.compile(r'name="key"[^>]* value="([^"]+)"')
PACE = re.compile(r'data-pace="(\d+)"')
LENGTH = re.compile(r"\r\ncontent-length: (\d+)")
COOKIE = re.compile(r"\r\nset-cookie: ([^;]+)", re.IGNORECASE)


class Phone:
    """A phone with one cookie, and what its screen showed when."""

    def __init__(self, place: tuple[str, int], code: str, name: str) -> None:
        self.place, self.code, self.name = place, code, name
        self.cookie = self.token = self.key = self.news = ""
        self.pace = 0.4
        self.cards: list[float] = []  # when so many cards hung on the screen
        self.came: dict[str, float] = {}  # when the page of a phase was shown
        self.told = 0.0  # when it last learned that the room has moved on
        self._look = asyncio.Event()
        self._lines: dict[str, tuple[asyncio.StreamReader, asyncio.StreamWriter]] = {}

    async def take_part(self) -> None:
        """Come in by the code, and stay on the page of the room."""
        self._see(await self.get(f"/w/{self.code}"), "")
        form = {"csrf_token": self.token, "key": self.key, "name": self.name}
        status = await self.send(f"/w/{self.code}", form)
        assert status == 303, status  # noqa: S101 - the room is open
        await self.open_page()

    async def open_page(self) -> None:
        text = await self.get(f"/w/{self.code}")
        self._see(text, news_of(text))

    async def watch(self) -> None:
        """Ask for news as live.js does: at the pace of the room, and after what one did."""
        last = time.perf_counter()
        while True:
            quiet = time.perf_counter() - last > QUIET_AFTER
            pace = QUIET_PACE if quiet else min(self.pace, QUIET_PACE)
            jitter = random.uniform(0.9, 1.1)  # noqa: S311 - as live.js
            with suppress(TimeoutError):
                await asyncio.wait_for(self._look.wait(), pace * jitter)
            self._look.clear()
            status, text = await self._ask("watching", "GET", self.news, "", HTMX)
            if status != 200:
                continue
            last = time.perf_counter()
            if "data-moved" in text:
                self.told = last
                await self.open_page()
            else:
                self._see(text, news_of(text))

    async def write(self, text: str, key: str) -> int:
        """Hang up a card by the form with this key, and return the status."""
        form = {"title": text[:TITLE_LIMIT], "text": text[TITLE_LIMIT:], "language": "en"}
        form |= {"csrf_token": self.token, "key": key}
        return await self.send(f"/w/{self.code}/ideas", form)

    async def vote(self, option: str, value: int) -> int:
        form = {"csrf_token": self.token, "value": str(value)}
        return await self.send(f"/w/{self.code}/ballot/{option}", form)

    async def get(self, path: str) -> str:
        status, text = await self._ask("watching", "GET", path, "", "")
        assert status == 200, (status, path)  # noqa: S101 - it is a page of the room
        return text

    async def send(self, path: str, form: dict[str, str]) -> int:
        """Send a form as htmx does, look for news at once, and return the status."""
        part = HTMX if self.news else ""
        status, _ = await self._ask("doing", "POST", path, urlencode(form), part)
        self._look.set()
        return status

    def leave(self) -> None:
        for _, writer in self._lines.values():
            writer.close()

    def _see(self, text: str, news: str) -> None:
        """Remember what the screen shows now."""
        at = time.perf_counter()
        if token := TOKEN.search(text):
            self.token = token[1]
        if key := KEY.search(text):
            self.key = key[1]
        if not news:
            return
        self.news = news
        self.pace = int(PACE.findall(text)[0]) / 1000
        phase = re.findall(r"[?&]page=(\w+)", news)[0]
        self.came.setdefault(phase, at)
        if phase == Phase.COLLECT:
            wall = text.partition('id="wall"')[2]
            self.cards += [at] * (wall.count("<article") - len(self.cards))

    async def _ask(
        self, line: str, method: str, path: str, body: str, more: str
    ) -> tuple[int, str]:
        """Send a request on one of two lines that stay open, and return what comes.

        On a line that the server has closed meanwhile it is sent again, as browsers do.
        """
        head = f"{method} {path} HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip\r\n{more}"
        head += f"Cookie: {self.cookie}\r\n" if self.cookie else ""
        if method == "POST":
            head += "Content-Type: application/x-www-form-urlencoded\r\n"
            head += f"Content-Length: {len(body)}\r\n"
        request = f"{head}\r\n{body}".encode()
        if line in self._lines:
            try:
                return await self._exchange(line, request)
            except (asyncio.IncompleteReadError, ConnectionError):
                self._lines.pop(line)[1].close()
        self._lines[line] = await asyncio.open_connection(*self.place)
        return await self._exchange(line, request)

    async def _exchange(self, line: str, request: bytes) -> tuple[int, str]:
        reader, writer = self._lines[line]
        writer.write(request)
        answered = (await reader.readuntil(b"\r\n\r\n")).decode()
        if cookie := COOKIE.search(answered):
            self.cookie = cookie[1]
        length = LENGTH.search(answered.lower())
        content = await reader.readexactly(int(length[1])) if length else b""
        if "\r\ncontent-encoding: gzip" in answered.lower():
            content = gzip.decompress(content)
        return int(answered.split(maxsplit=2)[1]), content.decode()
