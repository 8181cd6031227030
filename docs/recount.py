#!/usr/bin/env python3
"""Count a vote of the Werkstatt again: with Python alone, without anything of the Werkstatt.

    python3 recount.py BALLOTS.json

BALLOTS.json is the file behind "All ballots as a file" on the page of a result. What it says
is compared with what is counted here: the checksums of options, ballots and result, the points
of each option, how many voted, and who was chosen. Exit status 0: all fits; 1: something does
not, and is named; 2: this is not such a file.
"""

import json
import sys
from hashlib import sha256
from pathlib import Path

FORMAT = "osi-werkstatt ballots 1"
Z_90 = 1.2816  # more than half agree, at 90 % (one-sided)


def hash_of(content):
    """Return the SHA-256 of JSON: keys sorted, no blanks, UTF-8."""
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return sha256(text.encode()).hexdigest()


def points_of(file):
    """Add up what all ballots say of each option."""
    points = {option["key"]: 0 for option in file["options"]}
    for paper in file["papers"]:
        for key, value in paper["marks"].items():
            points[key] += value
    return points


def lot(papers_hash, key):
    """Return what an option draws: the smallest goes first."""
    return sha256(f"{papers_hash}:{key}".encode()).hexdigest()


def winners_of(file):
    """Return who is chosen; nothing for a budget, which needs the method of equal shares."""
    method, papers_hash = file["method"], hash_of(file["papers"])
    if method == "budget":
        return None
    if method == "opinion":
        return agreed_on(file)
    points = points_of(file)
    wanted = [key for key in points if points[key] > 0]
    wanted.sort(key=lambda key: (-points[key], lot(papers_hash, key)))
    return wanted[: file["seats"]]


def agreed_on(file):
    """Return that on which clearly more than half of those agree who said something."""
    chosen = []
    for option in file["options"]:
        said = [
            p["marks"][option["key"]] for p in file["papers"] if option["key"] in p["marks"]
        ]
        yes, all_ = said.count(1), len(said)
        share = (yes + 1) / (all_ + 2)
        z = 2 * (all_ + 1) ** 0.5 * ((yes + 1) / (all_ + 1) - 0.5)
        if all_ and share > 0.5 and z > Z_90 and 2 * all_ >= len(file["papers"]):
            chosen.append(option["key"])
    return chosen


def differences(file):
    """Say what in the file does not fit; nothing when all does."""
    result, found = file["result"], []
    for name, content, said in (
        ("options", file["options"], file["options_hash"]),
        ("ballots", file["papers"], result["papers_hash"]),
        ("result", result, file["result_hash"]),
    ):
        if hash_of(content) != said:
            found.append(f"The checksum of the {name} does not fit.")
    people = sum(paper["people"] for paper in file["papers"])
    if people != result["people"]:
        found.append(f"{people} people voted, not {result['people']}.")
    if len({paper["receipt"] for paper in file["papers"]}) != len(file["papers"]):
        found.append("A receipt is there twice.")
    winners = winners_of(file)
    if winners is not None and sorted(winners) != sorted(result["winners"]):
        found.append(f"Chosen are {winners}, not {result['winners']}.")
    return found


def main(path):
    try:
        file = json.loads(Path(path).read_text(encoding="utf-8"))
        if file["format"] != FORMAT:
            raise ValueError("another format")
        found, points = differences(file), points_of(file)
        titles = {option["key"]: option["title"] for option in file["options"]}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        print(f"This is not a file of ballots: {error}", file=sys.stderr)
        return 2
    for key in sorted(points, key=lambda key: -points[key]):
        mark = "*" if key in file["result"]["winners"] else " "
        print(f"{mark} {points[key]:6}  {titles[key]}")
    if file["method"] == "budget":
        print("Chosen by equal shares: count that with `flask workshop tally` (counting.md).")
    for line in found:
        print(line, file=sys.stderr)
    print("Something does not fit." if found else "All fits.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]) if len(sys.argv) == 2 else 2)
