"""Which reader reads which file."""

import csv
from collections.abc import Callable
from pathlib import Path

from core.errors import Refusal, message
from workshop.exchange import committees, pabulib, preflib, tables
from workshop.exchange.texts import Problem, check, text_of
from workshop.rules.profile import Profile

READERS: dict[str, Callable[[str], Profile]] = {
    ".pb": pabulib.parse,
    ".abc.yaml": committees.parse,
    ".soc": preflib.parse,
    ".soi": preflib.parse,
    ".toc": preflib.parse,
    ".toi": preflib.parse,
    ".csv": tables.parse,
}


class Unreadable(Refusal):
    """A file does not say what it should; the problem names the line."""

    reason = message("%(file)s: %(problem)s")


def read(path: Path) -> Profile:
    """Return the options and ballots in the file at *path*, by the ending of its name.

    :raise Unreadable: when it is no such file, or is broken
    """
    name = path.name.lower()
    found = [reader for ending, reader in READERS.items() if name.endswith(ending)]
    if not found:
        raise Unreadable(file=path.name, problem=f"must end in {', '.join(READERS)}")
    return parse(path, found[0])


def parse(path: Path, reader: Callable[[str], Profile]) -> Profile:
    """Let *reader* read the text at *path*, and check what it found.

    :raise Unreadable: when it is no text, or the reader has a problem with it
    """
    try:
        profile = reader(text_of(path))
        check(profile)
    except Problem as problem:
        raise Unreadable(file=path.name, problem=str(problem)) from None
    except (csv.Error, RecursionError) as error:
        raise Unreadable(file=path.name, problem=f"not a table of text ({error})") from None
    return profile
