"""An attacker who has all that is stored, but not the key: who gave which answer?

Every order in which invitations and answers can be put is matched with every other, rank by
rank; chance finds one pair per matching. The order in which people came is known to whoever
watched the door, so it is among the orders of the invitations.
"""

import json
import shutil
import subprocess
import tarfile
from bisect import bisect, insort
from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from math import exp, factorial, sqrt
from pathlib import Path
from statistics import NormalDist

from sqlalchemy import Engine, text

from core.keys import Keyring
from core.sealed_files import unseal_file

Orders = Mapping[str, Sequence[int]]  # numbers of people, as some trace puts them
MARK = "answer-of-"
LUCK = 1e-4  # of all matchings together; three deviations would be 2.7e-3


def mark(person: int) -> str:
    """Return what one person writes; the attacker knows it afterwards, as a judge does."""
    return f"{MARK}{person:04}"


def orders_in(engine: Engine, table: str, column: str, known: Mapping[str, int]) -> Orders:
    """Return the orders that the rows of a table can be put in, by person."""
    by = ["id", "1"]
    by += ["ctid", "xmin::text::bigint"] if engine.dialect.name == "postgresql" else ["rowid"]
    by += ["saved", "submitted", "revision", "card_hash"] if table != "invitation" else ["sent"]
    found: dict[str, Sequence[int]] = {}
    for way in by:
        query = f"SELECT {column} FROM {table} ORDER BY {way}"  # noqa: S608 - our own words
        try:
            with engine.connect() as connection:
                values = [str(value) for (value,) in connection.execute(text(query))]
        except Exception:  # noqa: S112 - there is no such trace
            continue
        found[f"{table} by {way}"] = [
            person for value in values for name, person in known.items() if name in value
        ]
    found[f"{table} in bytes"] = in_bytes(bytes_of(engine, table), known)
    return found


def bytes_of(engine: Engine, table: str) -> bytes:
    """Return what the disk holds of a table."""
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            name = str(engine.url.database)
            whole = [Path(f"{name}{end}") for end in ("", "-wal")]
            return b"".join(each.read_bytes() for each in whole if each.exists())
        connection.execute(text("CHECKPOINT"))
        folder = connection.scalar(text("SHOW data_directory"))
        place = connection.scalar(text("SELECT pg_relation_filepath(:table)"), {"table": table})
        return Path(str(folder), str(place)).read_bytes()


def bytes_dumped(engine: Engine, dumped: Path) -> bytes:
    """Return what a backup holds, once it is unsealed."""
    if engine.dialect.name == "sqlite":
        return dumped.read_bytes()
    program = shutil.which("pg_restore")
    assert program
    command = [program, "--data-only", "--file=-", str(dumped)]
    return subprocess.run(command, capture_output=True, check=True).stdout


def bytes_of_backup(engine: Engine, keys: Keyring, path: Path, folder: Path) -> bytes:
    """Return what a backup holds to whoever has the key of backups."""
    folder.mkdir()
    unseal_file(keys.key("backup"), path, folder / "tar")
    with tarfile.open(folder / "tar") as tar:
        tar.extractall(folder, filter="data")
    return bytes_dumped(engine, folder / "database") + (folder / "apart.json").read_bytes()


def in_steps(looks: Sequence[bytes], known: Mapping[str, int]) -> Sequence[int]:
    """Order people by the first look in which something of theirs is found."""
    first = {
        person: number
        for number, raw in reversed([*enumerate(looks)])
        for name, person in known.items()
        if name.encode() in raw
    }
    return sorted(first, key=lambda person: first[person])


def in_log(lines: Sequence[str], came: Sequence[int]) -> Sequence[int]:
    """Order people by how long it took to answer their last page, as the log tells."""
    told = [json.loads(line) for line in lines]
    took = [x["ms"] for x in told if x.get("method") == "POST" and "/pages/" in x["rule"]]
    if len(took) != len(came):
        return []
    return [person for _, person in sorted(zip(took, came, strict=True))]


def in_bytes(raw: bytes, known: Mapping[str, int]) -> Sequence[int]:
    places = {person: raw.find(name.encode()) for name, person in known.items()}
    return sorted((each for each in places if places[each] >= 0), key=lambda each: places[each])


def matchings(people: Orders, answers: Orders) -> Iterator[tuple[str, int, float]]:
    """Yield, for two orders: their names, the pairs found, and how alike they are (tau)."""
    for (one, left), (other, right) in product(people.items(), answers.items()):
        if left and len(left) == len(right):
            tau = _tau(left, right)
            for way, turned in (("", right), (" backwards", [*reversed(right)])):
                pairs = sum(a == b for a, b in zip(left, turned, strict=True))
                yield f"{one} × {other}{way}", pairs, tau


def is_chance(found: Sequence[tuple[str, int, float]], number: int) -> bool:
    """Tell whether no matching found what chance would not find in all of them together.

    By chance a matching finds one pair (Poisson), and tau is nought give or take
    sqrt(2 (2 n + 5) / 9 n (n - 1)) (Kendall 1938).
    """
    level = LUCK / len(found)
    alike = sqrt(2 * (2 * number + 5) / (9 * number * (number - 1)))
    most = NormalDist().inv_cdf(1 - level / 2) * alike
    return all(_at_least(pairs) > level and abs(tau) < most for _, pairs, tau in found)


def _at_least(pairs: int) -> float:
    """Return how likely so many pairs, or more, are by chance."""
    return max(0.0, 1 - sum(exp(-1) / factorial(each) for each in range(min(pairs, 50))))


def _tau(left: Sequence[int], right: Sequence[int]) -> float:
    place = {person: rank for rank, person in enumerate(right)}
    ranks = [place[person] for person in left]
    more, before = 0, list[int]()
    for rank in ranks:
        more += bisect(before, rank)
        insort(before, rank)
    pairs = len(ranks) * (len(ranks) - 1) / 2
    return (2 * more - pairs) / pairs
