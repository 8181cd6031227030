"""A small reader of SPSS syntax: enough to see what a file of ours says."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

QUOTED = r"'(?:[^']|'')*'"
WORD = re.compile(rf"{QUOTED}|\"[^\"]*\"|[^\s'\"=(),/+]+|[=(),/+]")
COMMANDS = ["VALUE LABELS", "VARIABLE LABELS", "VARIABLE LEVEL", "MISSING VALUES", "GET DATA"]


@dataclass
class Dictionary:
    """What a file of syntax says of the variables that it reads."""

    file: str = ""
    formats: dict[str, str] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    values: dict[str, dict[str, str]] = field(default_factory=dict)
    missing: dict[str, list[str]] = field(default_factory=dict)
    levels: dict[str, str] = field(default_factory=dict)
    sets: dict[str, list[str]] = field(default_factory=dict)
    unmarked: list[str] = field(default_factory=list)


def commands(text: str) -> Iterator[str]:
    """Yield the commands, and check the rules of lines: as the batch mode has them."""
    command: list[str] = []
    for line in text.splitlines():
        assert len(line.encode()) < 256, line
        assert line.count("'") % 2 == 0 or line.startswith("IF "), (
            line
        )  # texts end on their line
        assert bool(command) == line.startswith(" "), line
        command.append(line.strip())
        if line.endswith("."):
            yield " ".join(command)[:-1]
            command = []
    assert not command


def read_syntax(text: str) -> Dictionary:
    known = Dictionary()
    for command in commands(text):
        words = _words(command)
        name = next((each for each in COMMANDS if command.startswith(each)), words[0])
        match name, words:
            case "GET DATA", _:
                known.file = words[words.index("FILE") + 2]
                rest = words[words.index("VARIABLES") + 2 :]
                known.formats = dict(zip(rest[::2], rest[1::2], strict=True))
            case "VARIABLE LABELS", [_, _, variable, label]:
                known.labels[variable] = label
            case "VALUE LABELS", [_, _, *rest]:
                _value_labels(known, command, rest)
            case "MISSING VALUES", [_, _, variable, "(", *rest, ")"]:
                known.missing[variable] = [each for each in rest if each != ","]
            case "VARIABLE LEVEL", [_, _, variable, "(", level, ")"]:
                known.levels[variable] = level
            case "MRSETS", _:
                members = words[words.index("VARIABLES") + 2 : words.index("VALUE")]
                known.sets[words[words.index("NAME") + 2]] = members
            case "IF", _:
                known.unmarked.append(words[words.index("SUBSTR") + 2])
            case name, _:
                assert name in {"*", "PRESERVE", "SET", "FORMATS", "EXECUTE", "RESTORE", "SAVE"}
    return known


def _value_labels(known: Dictionary, command: str, rest: list[str]) -> None:
    names = [each for each in rest if each in known.formats][: _before_values(command)]
    pairs = rest[len(names) :]
    for name in names:
        known.values[name] = dict(zip(pairs[::2], pairs[1::2], strict=True))


def _before_values(command: str) -> int:
    """Count the variables before the first value, which is quoted or a number."""
    words = command.removeprefix("VALUE LABELS").split()
    return next(at for at, word in enumerate(words) if word[0] in "'-0123456789")


def _words(command: str) -> list[str]:
    """Return the words, with texts joined that go on after a plus sign."""
    words: list[str] = []
    goes_on = False
    for word in WORD.findall(command):
        text = word[1:-1].replace("''", "'") if word[0] == "'" else word
        if word == "+":
            goes_on = True
        elif goes_on:
            words[-1] += text
            goes_on = False
        else:
            words.append(text)
    return words
