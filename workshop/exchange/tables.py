"""Tables of our own: ballots as rows, or how often each beat each (docs/counting.md)."""

from collections.abc import Sequence

from workshop.exchange.texts import Problem, number, plain, short, table, whole
from workshop.rules.consensus import natural
from workshop.rules.profile import Ballot, Number, Option, Profile

BALLOT = {"ballot", "voter", "participant", "id", "voter_id", "ballot_id", "weight"}
PAIRS = {
    ("winner", "loser"),
    ("option", "other"),
    ("one", "other"),
    ("preferred", "other"),
    ("a", "b"),
    ("option_a", "option_b"),
    ("first", "second"),
}
VOTES = ("votes", "count", "wins", "prefer", "over", "for")  # words for how many said so
Rows = Sequence[tuple[int, list[str]]]


def parse(text: str) -> Profile:
    """Return the ballots or the pairs in *text*, as its first line says.

    :raise Problem: when the first line is none of those that are known, or a row is broken
    """
    first = text.partition("\n")[0]
    rows = list(table(text, max(",;\t", key=first.count)))
    if not rows:
        raise Problem("is empty")
    head, rest = [cell.lower() for cell in rows[0][1]], rows[1:]
    names = rows[0][1]
    if len(set(names)) < len(names):
        raise Problem("line 1: has two columns of the same name")
    if _are_pairs(head):
        return _pairs(rest)
    if "ranking" in head:
        return _rankings(head, rest)
    if head[0] in BALLOT:
        return _ballots(names, rest)
    if len(names) > 2 and names[1:] == [row[0] for _, row in rest]:
        return _matrix(names[1:], rest)
    raise Problem(
        "line 1: must be “ballot” and the options; “ballot,ranking”; “winner,loser,votes”; or "
        "the options, as in the first column"
    )


def _ballots(names: Sequence[str], rows: Rows) -> Profile:
    """One row for each ballot, one column for each option: points, or nothing."""
    columns = {place: name for place, name in enumerate(names) if name.lower() not in BALLOT}
    weigh = next((place for place, name in enumerate(names) if name.lower() == "weight"), None)
    costs: dict[str, Number] = {}
    budget: Number | None = None
    ballots = []
    for line, row in rows:
        row = [*row, *[""] * (len(names) - len(row))]
        if len(row) > len(names):
            raise Problem(f"line {line}: has more cells than the first line")
        said = {
            name: number(row[place], f"line {line}, {short(name)}")
            for place, name in columns.items()
            if row[place]
        }
        match row[0].lower():
            case "cost":
                costs = said
            case "budget":
                budget = next(iter(said.values()), None)
            case _:
                weight = (
                    whole(row[weigh], f"line {line}") if weigh is not None and row[weigh] else 1
                )
                ballots.append(Ballot(said, weight=weight))
    if any(cost < 0 for cost in (*costs.values(), budget or 0)):
        raise Problem("cost or budget: is less than nothing")
    if costs and budget is None:
        raise Problem("has costs, but no row “budget”")
    if missing := [
        name for name in columns.values() if budget is not None and name not in costs
    ]:
        raise Problem(f"the option “{short(missing[0])}” has no cost")
    options = tuple(Option(name, costs.get(name, 1)) for name in columns.values())
    graded = any(value not in {0, 1} for ballot in ballots for value in ballot.points.values())
    return Profile(options, tuple(ballots), budget, graded=graded)


def _rankings(head: Sequence[str], rows: Rows) -> Profile:
    """One row for each ballot: the options, best first, as in ``a > b = c > d``."""
    place = head.index("ranking")
    weigh = head.index("weight") if "weight" in head else None
    ballots = []
    seen: dict[str, None] = {}
    for line, row in rows:
        if len(row) <= place:
            raise Problem(f"line {line}: has no ranking")
        ranks = tuple(
            tuple(option for each in rank.split("=") if (option := each.strip()))
            for rank in row[place].split(">")
        )
        seen |= dict.fromkeys(option for rank in ranks for option in rank)
        weight = whole(row[weigh], f"line {line}") if weigh is not None else 1
        ballots.append(Ballot(ranks=tuple(rank for rank in ranks if rank), weight=weight))
    return Profile(plain([*seen]), tuple(ballots))


def _are_pairs(head: Sequence[str]) -> bool:
    if tuple(head[:2]) in PAIRS or head[0] == "pair":
        return True
    return 3 <= len(head) <= 4 and any(word in head[2] for word in VOTES)


def _pairs(rows: Rows) -> Profile:
    """One row for each pair: who, against whom, the votes for and, if known, those against."""
    duels: dict[tuple[str, str], Number] = {}
    seen: dict[str, None] = {}
    for line, row in rows:
        who, against, *counts = [part for cell in row for part in _parts(cell)]
        if not 1 <= len(counts) <= 2 or not who or not against or who == against:
            raise Problem(f"line {line}: should be two options and the votes for the first")
        seen |= {who: None, against: None}
        for pair, votes in zip(((who, against), (against, who)), counts, strict=False):
            found = number(votes, f"line {line}")
            if found < 0 or duels.get(pair, found) != found:
                raise Problem(
                    f"line {line}: says something else than a line before, or less than 0"
                )
            duels[pair] = found
    return Profile(plain(_in_order(seen)), duels=duels)


def _parts(cell: str) -> list[str]:
    sign = next((sign for sign in (">", ":") if cell.count(sign) == 1), None)
    return [part.strip() for part in cell.split(sign)] if sign else [cell]


def _matrix(names: Sequence[str], rows: Rows) -> Profile:
    """One row and one column for each option: how many put the row before the column."""
    duels: dict[tuple[str, str], Number] = {}
    for line, (one, *cells) in rows:
        if len(cells) > len(names):
            raise Problem(f"line {line}: has more cells than the first line")
        for other, cell in zip(names, cells, strict=False):
            if one != other and cell:
                duels[one, other] = number(cell, f"line {line}, {short(other)}")
    if any(votes < 0 for votes in duels.values()):
        raise Problem("has fewer than 0 votes")
    return Profile(plain(names), duels=duels)


def _in_order(seen: dict[str, None]) -> list[str]:
    """Return numbers as numbers go; names as they came."""
    return sorted(seen, key=natural) if all(id.isdecimal() for id in seen) else [*seen]
