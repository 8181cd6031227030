#!/usr/bin/env python3
"""Count a vote of the Werkstatt again: with Python alone, without anything of the Werkstatt.

    python3 recount.py BALLOTS.json [COUNTED.json]

BALLOTS.json is the file behind "All ballots as a file" on the page of a result. What it says
is compared with what is counted here: the checksums of options, ballots and result, how many
voted, and who was chosen. The points of each option are added up and printed.

A budget is shared by the method of equal shares, which is too long for this page: its ballots
are written as a table beside BALLOTS.json, with the command that counts it. What that command
writes is COUNTED.json; with it, who was chosen is compared as well.

Exit status 0: all that was compared fits; 1: something does not, and is named; 2: this is not
such a file.
"""

import csv
import json
import shlex
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


def ballots_of(paper):
    """Return a paper as weights and points; a wall tells what lies where, not who put it."""
    wanted = {key: value for key, value in paper["marks"].items() if value > 0}
    if paper["people"] == 1:
        return [(1, wanted)]
    return [(number, {key: 1}) for key, number in wanted.items()]


def write_table(file, path):
    """Write the ballots as the table that `flask workshop tally` reads (docs/counting.md)."""
    keys = [option["key"] for option in file["options"]]
    costs = [option["cost"] or 1 for option in file["options"]]
    rows = [["ballot", "weight", *keys], ["cost", "", *costs]]
    rows.append(["budget", "", file["money"], *[""] * (len(keys) - 1)])
    for paper in file["papers"]:
        for weight, points in ballots_of(paper):
            rows.append([paper["receipt"], weight, *(points.get(key, "") for key in keys)])
    with path.open("w", encoding="utf-8", newline="") as table:
        csv.writer(table, lineterminator="\n").writerows(rows)


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


def differences(file, winners):
    """Say what in the file does not fit to *winners* and the rest; nothing when all does."""
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
    if winners is not None and sorted(winners) != sorted(result["winners"]):
        found.append(f"Chosen are {winners}, not {result['winners']}.")
    return found


def main(path, counted=None):
    try:
        file = json.loads(Path(path).read_text(encoding="utf-8"))
        if file["format"] != FORMAT:
            raise ValueError("another format")
        winners, points = winners_of(file), points_of(file)
        if counted and winners is None:
            winners = [*json.loads(Path(counted).read_text(encoding="utf-8"))["winners"]]
        found = differences(file, winners)
        titles = {option["key"]: option["title"] for option in file["options"]}
        if winners is None:
            table = Path(path).with_suffix(".table.csv")
            write_table(file, table)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        print(f"This is not a file of ballots: {error}", file=sys.stderr)
        return 2
    for key in sorted(points, key=lambda key: -points[key]):
        mark = "*" if key in file["result"]["winners"] else " "
        print(f"{mark} {points[key]:6}  {titles[key]}")
    for line in found:
        print(line, file=sys.stderr)
    if found:
        print("Something does not fit.")
    elif winners is not None:
        print("Checksums, people and what was chosen fit.")
    else:
        print("Checksums and people fit. What was chosen is not counted yet: run")
    if winners is None:
        name, lot_ = shlex.quote(str(table)), hash_of(file["papers"])
        print(
            f"flask --app app workshop tally {name} --rule equal-shares --lot {lot_} --json "
            "> COUNTED.json"
        )
        print(f"python3 recount.py {shlex.quote(path)} COUNTED.json")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]) if len(sys.argv) in (2, 3) else 2)
