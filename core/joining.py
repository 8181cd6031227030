"""Joining modules of JavaScript into one script, so that a phone asks once instead of often.

It knows the few forms in which our own modules import and export, and refuses any other.
"""

import re
from collections.abc import Iterator, Mapping

_IMPORT = re.compile(
    r'^import (?:\* as (\w+)|(\{[^}]*\})) from "\./(\w+)\.js";\n', re.MULTILINE
)
_EXPORT = re.compile(r"^export ((?:async function|function|const|class) (\w+))", re.MULTILINE)
_LEFT = re.compile(r"^(import|export)\b", re.MULTILINE)


def joined(modules: Mapping[str, str], last: str) -> str:
    """Return the module called *last* and all that it needs, by name, as one script.

    :raise ValueError: when a module imports or exports in a way that is not known here
    """
    return "".join(_function(name, modules[name]) for name in _in_order(modules, last, []))


def _in_order(modules: Mapping[str, str], name: str, known: list[str]) -> list[str]:
    """Return the modules, each after those that it needs."""
    for _, _, needed in _IMPORT.findall(modules[name]):
        if needed not in known:
            _in_order(modules, needed, known)
    known.append(name)
    return known


def _function(name: str, text: str) -> str:
    exported = ", ".join(found[1] for found in _EXPORT.findall(text))
    body = _EXPORT.sub(r"\1", _IMPORT.sub(_taken, text))
    if _LEFT.search(body):
        raise ValueError(name)
    return f"const {name}_js = (() => {{\n{squeeze(body)}\nreturn {{{exported}}};\n}})();\n"


def _taken(found: re.Match[str]) -> str:
    return f"const {found[1] or found[2]} = {found[3]}_js;\n"


def squeeze(script: str) -> str:
    """Leave out indentation and lines that only comment."""
    return "\n".join(_lines(script))


def _lines(script: str) -> Iterator[str]:
    for line in script.splitlines():
        if (plain := line.strip()) and not plain.startswith("//"):
            yield plain
