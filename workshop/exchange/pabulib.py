"""Pabulib's .pb: META, PROJECTS and VOTES, separated by semicolons.

D. Stolicki, S. Szufa and N. Talmon, "Pabulib: A Participatory Budgeting Library",
arXiv 2012.06539, and pabulib.org/format.
"""

from workshop.exchange.texts import Problem, number, short, table
from workshop.rules.profile import Ballot, Number, Option, Profile

SECTIONS = {"meta", "projects", "votes"}
GRADED = {"cumulative", "scoring"}
KINDS = {"approval", "choose-1", "ordinal"} | GRADED


def parse(text: str) -> Profile:
    """Return the election in *text*.

    :raise Problem: when something is missing or makes no sense
    """
    rows: dict[str, list[tuple[int, dict[str, str]]]] = {name: [] for name in SECTIONS}
    section, head = "", [""]
    for line, row in table(text, ";"):
        if row[0].lower() in SECTIONS and not any(row[1:]):
            section, head = row[0].lower(), []
        elif not section:
            raise Problem(f"line {line}: must begin with META, not “{short(row[0])}”")
        elif not head:
            head = [cell.lower() for cell in row]
        else:
            rows[section].append((line, dict(zip(head, row, strict=False))))
    meta = {row.get("key", "").lower(): row.get("value", "") for _, row in rows["meta"]}
    kind = meta.get("vote_type", "approval").lower()
    if kind not in KINDS:
        raise Problem(f"votes of the type “{short(kind)}” are not known here")
    options = tuple(_option(line, row) for line, row in rows["projects"])
    ballots = tuple(_ballot(line, row, kind) for line, row in rows["votes"])
    budget = number(meta["budget"], "budget") if meta.get("budget") else None
    if budget is not None and budget < 0:
        raise Problem("budget: is less than nothing")
    return Profile(options, ballots, budget, graded=kind in GRADED)


def _option(line: int, row: dict[str, str]) -> Option:
    id, cost = row.get("project_id", ""), row.get("cost", "")
    if not id:
        raise Problem(f"line {line}: a project needs a project_id")
    price = number(cost, f"line {line}, cost")
    if price < 0:
        raise Problem(f"line {line}, cost: is less than nothing")
    return Option(id, price, row.get("name", ""))


def _ballot(line: int, row: dict[str, str], kind: str) -> Ballot:
    if "vote" not in row:
        raise Problem(f"line {line}: there is no column “vote”")
    named = [id.strip() for id in row["vote"].split(",") if id.strip()]
    if len(set(named)) < len(named):
        raise Problem(f"line {line}: names a project twice")
    if kind == "ordinal":
        return Ballot.ranking(named)
    if kind not in GRADED:
        return Ballot.approving(named)
    said = [each for each in row.get("points", "").split(",") if each.strip()]
    if len(said) != len(named):
        raise Problem(f"line {line}: {len(named)} projects, but {len(said)} points")
    points: list[Number] = [number(each, f"line {line}, points") for each in said]
    return Ballot(dict(zip(named, points, strict=True)))
