"""Joining modules of JavaScript into one script, so that a phone asks once instead of often.

It knows the few forms in which our own modules import and export, and refuses any other.
"""

import re
from collections.abc import Iterator, Mapping
from posixpath import dirname, join, normpath

_IMPORT = re.compile(
    r'^import (?:\* as (\w+)|(\{[^}]*\})) from "(\.{1,2}/[\w/]+)\.js";\n', re.MULTILINE
)
_EXPORT = re.compile(r"^export ((?:async function|function|const|class) (\w+))", re.MULTILINE)
_LEFT = re.compile(r"^(import|export)\b", re.MULTILINE)


def joined(modules: Mapping[str, str], last: str) -> str:
    """Return the module called *last* and all that it needs, by path, as one script.

    :raise ValueError: when a module imports or exports in a way that is not known here
    """
    return "".join(_function(modules, name) for name in _in_order(modules, last, []))


def _in_order(modules: Mapping[str, str], name: str, known: list[str]) -> list[str]:
    """Return the modules, each after those that it needs."""
    for _, _, path in _IMPORT.findall(modules[name]):
        if (needed := _name(name, path)) not in known:
            _in_order(modules, needed, known)
    known.append(name)
    return known


def _function(modules: Mapping[str, str], name: str) -> str:
    def taken(found: re.Match[str]) -> str:
        needed = _name(name, found[3])
        if found[2] and not {*re.findall(r"\w+", found[2])} <= {*_exported(modules[needed])}:
            raise ValueError(name)
        return f"const {found[1] or found[2]} = {_constant(needed)};\n"

    body = _EXPORT.sub(r"\1", _IMPORT.sub(taken, modules[name]))
    if _LEFT.search(body):
        raise ValueError(name)
    exported = ", ".join(_exported(modules[name]))
    inner = f"{squeeze(body)}\nreturn {{{exported}}};"
    return f"const {_constant(name)} = (() => {{\n{inner}\n}})();\n"


def _exported(module: str) -> list[str]:
    return [name for _, name in _EXPORT.findall(module)]


def _name(importing: str, path: str) -> str:
    return normpath(join(dirname(importing), path))


def _constant(name: str) -> str:
    return name.replace("/", "_") + "_js"


def squeeze(script: str) -> str:
    """Leave out indentation and lines that only comment."""
    return "\n".join(_lines(script))


def _lines(script: str) -> Iterator[str]:
    for line in script.splitlines():
        if (plain := line.strip()) and not plain.startswith("//"):
            yield plain
