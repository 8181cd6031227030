"""The rules of the house, checked: who may import whom, and how long a file may be."""

import ast
import base64
import hashlib
import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

LAYERS = ["core", "people", "surveys", "workshop", "networks", "agency", "home", "demo"]
STRANGERS = [("surveys", "workshop")]  # side by side, so neither knows the other
WEB = {"click", "flask", "flask_babel", "flask_login", "flask_security", "flask_wtf"} | {
    "htmx_flask", "werkzeug", "wtforms",
}  # fmt: skip
WEB_FILES = {"accounts.py", "cli.py", "current.py", "forms.py", "public.py", "routes.py"}
FILES = [path for layer in LAYERS for path in sorted(Path(layer).rglob("*.py"))]
TEMPLATES = sorted(Path("templates").rglob("*.html"))
STYLES = sorted(Path("static/css").glob("*.css"))


@cache
def imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        match node:
            case ast.Import():
                found |= {alias.name.partition(".")[0] for alias in node.names}
            case ast.ImportFrom(module=str(module)):
                found.add(module.partition(".")[0])
    return found


def is_edge(path: Path) -> bool:
    """Routes live in ``routes.py``, or in a package of that name when there are many."""
    return path.name in WEB_FILES or path.parts[1] in {"accounts", "routes"}


@pytest.mark.parametrize("context", LAYERS)
def test_a_context_imports_only_from_those_below(context: str) -> None:
    above = {"app", *LAYERS[LAYERS.index(context) + 1 :]}
    beside = {a if context == b else b for a, b in STRANGERS if context in (a, b)}
    within = [path for path in FILES if path.parts[0] == context]
    assert within
    assert {p: bad for p in within if (bad := imports(p) & (above | beside))} == {}


def test_only_the_edge_knows_the_web() -> None:
    inner = [path for path in FILES if path.parts[0] != "core" and not is_edge(path)]
    assert {path: bad for path in inner if (bad := imports(path) & WEB)} == {}


def test_routes_ask_no_questions_of_the_database() -> None:
    """They go through find(), which knows whose row it is, or through the domain."""
    routes = [
        path
        for path in FILES
        if path.name in {"public.py", "routes.py"} or path.parts[1] == "routes"
    ]
    assert [path for path in routes if "sqlalchemy" in imports(path)] == []


def test_a_file_is_read_in_one_sitting() -> None:
    files = [*FILES, *TEMPLATES, Path("app.py")]
    lines = {path: len(path.read_text().splitlines()) for path in files}
    assert {path: number for path, number in lines.items() if number >= 300} == {}


def test_the_domain_runs_without_flask() -> None:
    edge = {*WEB_FILES, "__init__.py"}
    domain = [
        ".".join(path.with_suffix("").parts)
        for path in FILES
        if path.parts[0] not in {"core", "home", "demo"}
        and path.name not in edge
        and not is_edge(path)
    ]
    check = f"import sys, {', '.join(domain)}; sys.exit('flask' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", check], check=False).returncode == 0


def test_the_app_starts_without_heavy_libraries() -> None:
    heavy = {
        "av",
        "igraph",
        "matplotlib",
        "networkx",
        "numpy",
        "openpyxl",
        "wordcloud",
        "xlsxwriter",
    }
    check = f"import sys, app; sys.exit(bool({heavy} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", check], check=False).returncode == 0


def test_nothing_is_written_inline() -> None:
    """The content security policy would block it, also inside SVG."""
    assert [path for path in TEMPLATES if is_inline(path.read_text())] == []


def is_inline(html: str) -> bool:
    from_files = html.count("<script src=") + html.count('<script type="module" src=')
    return html.count("<script") != from_files or any(
        bad in html for bad in (" style=", "<style", "onclick=", "hx-on", "js:")
    )


def test_styles_know_no_left_and_right() -> None:
    """Only start and end, so that Arabic pages mirror by themselves."""
    sides = (
        r"(margin|padding|border|inset)-(left|right)|[\s;{](left|right)\s*:|:\s*(left|right)\b"
    )
    found = {path: re.search(sides, path.read_text()) for path in STYLES}
    assert {path: each for path, each in found.items() if each} == {}


@pytest.mark.parametrize("folder", ["static/vendor", "tests/vendor"])
def test_scripts_of_others_are_as_they_came(folder: str) -> None:
    versions = Path(folder, "VERSIONS").read_text()
    for script in Path(folder).glob("*.js"):
        digest = hashlib.sha384(script.read_bytes()).digest()
        assert f"sha384-{base64.b64encode(digest).decode()}" in versions
