"""abcvoting's .abc.yaml: a profile of approvals and the size of the committee.

M. Lackner, P. Regner and B. Krenn, "abcvoting: A Python package for approval-based
multi-winner voting rules", JOSS 8 (2023). Only lists of whole numbers are read, in the two ways
YAML writes them, and what stands beside them is passed over.
"""

import json
import re

from workshop.exchange.texts import MOST_OPTIONS, Problem, plain, short, whole
from workshop.rules.profile import Ballot, Profile


def parse(text: str) -> Profile:
    """Return the election in *text*.

    :raise Problem: when there is no profile, or it is no list of lists of numbers
    """
    said = _keys(text)
    if "profile" not in said:
        raise Problem("has no “profile”")
    sets = _lists(said["profile"])
    most = max((candidate for each in sets for candidate in each), default=-1)
    size = whole(said["num_cand"], "num_cand") if "num_cand" in said else most + 1
    if size > MOST_OPTIONS:
        raise Problem(f"has more than {MOST_OPTIONS} candidates")
    if most >= size:
        raise Problem(f"profile: there is no candidate {most}, they are numbered from 0")
    seats = whole(said["committeesize"], "committeesize") if "committeesize" in said else None
    ballots = tuple(Ballot.approving([str(each) for each in one]) for one in sets)
    return Profile(plain([str(candidate) for candidate in range(size)]), ballots, seats=seats)


def _keys(text: str) -> dict[str, str]:
    """Return what stands after each word that begins a line."""
    parts = re.split(r"^([A-Za-z_]\w*):", text, flags=re.MULTILINE)
    pairs = zip(parts[1::2], parts[2::2], strict=True)
    return {key: re.sub(r"(^|\s)#.*", "", value).strip() for key, value in pairs}


def _lists(text: str) -> list[list[int]]:
    flow = text
    if text.startswith("-"):
        lines = [line.strip() for line in re.split(r"^\s*-", text, flags=re.MULTILINE)]
        flow = f"[{','.join(line for line in lines if line)}]"
    try:
        found = json.loads(re.sub(r",\s*\]", "]", flow))
    except ValueError:
        raise Problem(f"profile: “{short(text)}” is no list of lists") from None
    if not isinstance(found, list) or not all(isinstance(each, list) for each in found):
        raise Problem("profile: is no list of lists")
    for each in found:
        if not all(type(one) is int and 0 <= one <= MOST_OPTIONS for one in each):
            raise Problem(f"profile: “{short(str(each))}” are not all numbers of candidates")
        if len(set(each)) < len(each):
            raise Problem(f"profile: “{short(str(each))}” names a candidate twice")
    return found
