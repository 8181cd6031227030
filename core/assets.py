"""Static files: read once, compressed once, and named by their content so browsers keep them.

All files share one version, a hash of everything in ``static/``; an address with another
version still finds the file, but is not kept. The parts of the style sheet are joined in
the order of their names, so that a page asks for one file and ``@layer`` decides the rest.
The modules that answer without network are joined, too, into one for respondents and one for
counsellors.
A sheet without a number is loaded by the pages that need it, beside the others.
"""

import gzip
import mimetypes
import re
from functools import cache
from hashlib import sha256
from pathlib import Path

import brotli
from flask import Flask, Response, abort, request

from core.joining import joined

KEPT = "public, max-age=31536000, immutable"
STYLES = "werkstatt.css"
WORKER, AWAY = "worker.js", "away.js"
PROGRAMS = {WORKER: "offline/worker", AWAY: "away/main"}  # and the last of their modules
PART = re.compile(r"css/\d")


class Assets:
    """The files below a folder, by name, with one version for all."""

    def __init__(self, folder: Path) -> None:
        self.files = {
            path.relative_to(folder).as_posix(): path.read_bytes()
            for path in sorted(folder.rglob("*"))
            if path.is_file()
        }
        parts = [text for name, text in self.files.items() if PART.match(name)]
        self.files[STYLES] = squeeze(b"".join(parts).decode()).encode()
        modules = {
            name[len("js/") : -len(".js")]: text.decode()
            for name, text in self.files.items()
            if name.startswith("js/") and name.endswith(".js")
        }
        self.files |= {
            name: joined(modules, last).encode()
            for name, last in PROGRAMS.items()
            if last in modules
        }
        for name in [name for name in self.files if name.endswith(".css")]:
            self.files[name] = squeeze(self.files[name].decode()).encode()
        self.version = sha256(b"".join(self.files.values())).hexdigest()[:12]
        self._packed: dict[tuple[str, str], bytes] = {}

    def packed(self, name: str, coding: str) -> bytes:
        """Return a file as small as the *coding* can make it; it is worth doing once."""
        if (name, coding) not in self._packed:
            pack = {"br": brotli.compress, "gzip": gzip.compress}.get(coding, bytes)
            self._packed[name, coding] = pack(self.files[name])
        return self._packed[name, coding]


assets_in = cache(Assets)  # for all apps of a process


def init_app(app: Flask) -> None:
    assets = assets_in(Path(app.root_path, "static"))

    def static(version: str, filename: str) -> Response:
        if filename not in assets.files:
            abort(404)
        coding = request.accept_encodings.best_match(["br", "gzip"]) or ""
        kind = mimetypes.guess_type(filename)[0] or "text/plain"
        answer = Response(assets.packed(filename, coding), mimetype=kind)
        answer.headers["Vary"] = "Accept-Encoding"
        if coding:
            answer.headers["Content-Encoding"] = coding
        answer.headers["Cache-Control"] = KEPT if version == assets.version else "no-cache"
        return answer

    @app.url_defaults
    def add_version(endpoint: str, values: dict[str, object]) -> None:
        if endpoint == "static":
            values.setdefault("version", assets.version)

    app.add_url_rule("/static/<version>/<path:filename>", "static", static)
    app.extensions["assets"] = assets


def squeeze(css: str) -> str:
    """Leave out comments and indentation; names and values stay as they are."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    return re.sub(r"\s*\n\s*", "\n", css).strip()
