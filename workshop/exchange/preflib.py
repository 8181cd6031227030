"""PrefLib's .soc, .soi, .toc and .toi: how many people ranked how, as it is now and as it was.

N. Mattei and T. Walsh, "PrefLib: A Library for Preferences", ADT 2013, and preflib.org/format.
"""

import re
from collections.abc import Iterator

from workshop.exchange.texts import MOST_OPTIONS, Problem, short, whole
from workshop.rules.profile import Ballot, Option, Profile

ALTERNATIVE = re.compile(r"#\s*ALTERNATIVE NAME\s+([0-9]{1,9})\s*:(.*)", re.IGNORECASE)
RANK = re.compile(r"\s*(?:\{([0-9,\s]*)\}|([0-9]+))\s*(?:,|$)")


def parse(text: str) -> Profile:
    """Return the election in *text*; who is not ranked stands behind all who are.

    :raise Problem: when a line makes no sense
    """
    lines = [(n, line.strip()) for n, line in enumerate(text.split("\n"), 1) if line.strip()]
    if not lines:
        raise Problem("is empty")
    if lines[0][1].startswith("#"):
        found = [match for _, line in lines if (match := ALTERNATIVE.match(line))]
        options = tuple(Option(match[1], name=match[2].strip()) for match in found)
        rest, sign = [(n, line) for n, line in lines if not line.startswith("#")], ":"
    else:
        options, rest, sign = *_before_2022(lines), ","
    return Profile(options, tuple(_ballot(n, line, sign) for n, line in rest))


def _before_2022(
    lines: list[tuple[int, str]],
) -> tuple[tuple[Option, ...], list[tuple[int, str]]]:
    size = whole(lines[0][1], "line 1, the number of candidates")
    if size > MOST_OPTIONS or len(lines) < size + 2:
        raise Problem(f"line 1: {size} candidates and a line of sums should follow")
    options = []
    for line, said in lines[1 : size + 1]:
        id, _, name = said.partition(",")
        options.append(Option(str(whole(id, f"line {line}")), name=name.strip()))
    return tuple(options), lines[size + 2 :]


def _ballot(line: int, said: str, sign: str) -> Ballot:
    count, found, ranking = said.partition(sign)
    if not found:
        raise Problem(
            f"line {line}: “{short(said)}” should be a number, “{sign}” and a ranking"
        )
    ranks = tuple(_ranks(line, ranking))
    named = [option for rank in ranks for option in rank]
    if len(set(named)) < len(named):
        raise Problem(f"line {line}: ranks an option twice")
    return Ballot(ranks=ranks, weight=whole(count, f"line {line}"))


def _ranks(line: int, ranking: str) -> Iterator[tuple[str, ...]]:
    place = 0
    while place < len(ranking.rstrip()):
        match = RANK.match(ranking, place)
        if not match:
            raise Problem(f"line {line}: “{short(ranking[place:])}” is no ranking")
        rank = tuple(each.strip() for each in (match[1] or match[2] or "").split(","))
        if any(rank):
            yield tuple(option for option in rank if option)
        place = match.end()
