"""The source of the running version, as the AGPL wants users to have it."""

import io
import tarfile
from pathlib import Path

VERSION = "0.1.0"
FOLDERS = (
    ".ci", "agency", "bench", "bin", "core", "demo", "deploy", "docs", "home", "migrations",
    "networks", "people", "static", "surveys", "templates", "tests", "translations", "vendor",
    "workshop",
)  # fmt: skip
LEFT_OUT = {"__pycache__", "node_modules", ".hypothesis", "messages.mo", "messages.pot"}


def archive(root: Path) -> bytes:
    """Pack the program's own files below *root*, none with secrets or data (.tar.gz)."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz", compresslevel=6) as tar:
        for path in _files(root):
            tar.add(path, f"werkstatt-{VERSION}/{path.relative_to(root)}", filter=_plain)
    return packed.getvalue()


def _files(root: Path) -> list[Path]:
    top = [p for p in root.iterdir() if p.is_file() and p.name != ".env" and _is_ours(p)]
    below = [p for name in FOLDERS for p in (root / name).rglob("*") if p.is_file()]
    return sorted([*top, *(p for p in below if not LEFT_OUT & set(p.parts))])


def _is_ours(path: Path) -> bool:
    ours = {".py", ".md", ".txt", ".in", ".toml", ".cfg", ".yaml", ".example", ".dockerignore"}
    names = {"LICENSE", "Dockerfile", ".gitignore", ".gitattributes", ".dockerignore"}
    return path.suffix in ours or path.name in names


def _plain(entry: tarfile.TarInfo) -> tarfile.TarInfo:
    """Leave out who owns the files on this machine."""
    entry.uid = entry.gid = 0
    entry.uname = entry.gname = ""
    return entry
