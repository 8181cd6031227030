"""What is styled is on some page: nobody loads rules for pages that do not exist."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGES = [*ROOT.glob("templates/**/*.html"), *ROOT.glob("static/js/*.js")]
EDGES = [path for path in ROOT.glob("*/**/*.py") if path.relative_to(ROOT).parts[0] != "tests"]
NAME = re.compile(r"[A-Za-z][\w-]*")
IN_A_PAGE = re.compile(r'class="((?:[^"{]|\{\{.*?\}\}|\{%.*?%\})*)"', re.DOTALL)
MADE = re.compile(r"([A-Za-z][\w-]*-)\{\{")  # b-{{ state }}
IN_CODE = re.compile(r"""(["'])([\w .-]{1,40})\1""")


def names_on_pages() -> set[str]:
    """Collect the classes of all pages, and every short text of which they may be made."""
    found: set[str] = set()
    stems: set[str] = set()
    for path in PAGES:
        text = path.read_text()
        for classes in IN_A_PAGE.findall(text):
            found |= set(NAME.findall(classes))
            stems |= set(MADE.findall(classes))
        for piece in re.findall(r"\{[{%].*?[%}]\}", text, re.DOTALL):
            found |= _texts(piece)
    for path in [*EDGES, *(path for path in PAGES if path.suffix == ".js")]:
        found |= _texts(path.read_text())
    return found | {stem + name for stem in stems for name in found}


def names_in_styles() -> dict[str, str]:
    found: dict[str, str] = {}
    for path in sorted(ROOT.glob("static/css/*.css")):
        text = re.sub(r'/\*.*?\*/|"[^"]*"', "", path.read_text(), flags=re.DOTALL)
        for selector in re.findall(r"([^{};]+)\{", text):
            if not selector.strip().startswith("@"):
                found |= dict.fromkeys(re.findall(r"\.([A-Za-z][\w-]*)", selector), path.name)
    return found


def test_every_class_that_is_styled_is_on_a_page() -> None:
    used = names_on_pages()
    stems = {name.rstrip("0123456789") for name in used}  # c{{ n }}
    unused = {
        name: file
        for name, file in names_in_styles().items()
        if name not in used and not (name[-1].isdigit() and name.rstrip("0123456789") in stems)
    }
    assert unused == {}


def _texts(code: str) -> set[str]:
    return {name for _, text in IN_CODE.findall(code) for name in NAME.findall(text)}


def test_every_icon_that_a_page_names_is_drawn() -> None:
    drawn = set(
        re.findall(r'<symbol id="([^"]+)"', ROOT.joinpath("static/icons.svg").read_text())
    )
    named = {
        name
        for path in PAGES
        for call in re.findall(r"m\.i\(([^)]*)\)", path.read_text())
        for name in re.findall(r'(?:^|else |or )"([\w-]+)"', call)
    }
    assert len(named) > 20
    assert named <= drawn, named - drawn
