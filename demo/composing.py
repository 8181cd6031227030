"""What the organisations of the demo answer: from the tables, or else by seed.

Everything is made up. The same code and wave give the same answers on every machine.
"""

import csv
from collections import defaultdict
from collections.abc import Mapping, Sequence
from importlib import resources
from itertools import combinations
from random import Random
from typing import Any

Row = Mapping[str, str]
Ties = Mapping[str, Sequence[Mapping[str, Any]]]  # by who names them
BARRIERS = {
    "b_language": 2.1, "b_legal": 1.6, "b_recog": 1.3, "b_time": 1.9, "b_cost": 1.7,
    "b_access": 1.5, "b_childcare": 1.4, "b_admin": 2.0,
}  # fmt: skip
ACTIVITIES = {
    "bike_workshop": "act_repair", "sewing_workshop": "act_textile", "childcare": "act_child",
    "language_course": "act_edu", "job_coaching": "act_place", "health_advice": "act_health",
    "digital_skills": "act_it", "counselling": "act_social",
    "impact_measurement": "act_science", "housing_advice": "act_housing",
    "volunteering": "act_civic", "funding": "act_civic", "meeting_place": "act_culture",
}  # fmt: skip
OWN_ACTIVITIES = {
    "O03": "act_food", "O04": "act_garden", "O05": "act_retail", "O06": "act_garden",
    "O08": "act_logistics", "O09": "act_craft", "O10": "act_health", "O11": "act_food",
    "O12": "act_craft", "O36": "act_place",
}  # fmt: skip
WORK = {
    "act_repair": "occ_bike", "act_textile": "occ_tailor", "act_food": "occ_cook",
    "act_garden": "occ_garden", "act_retail": "occ_sales", "act_logistics": "occ_drive",
    "act_craft": "occ_wood", "act_health": "occ_care", "act_child": "occ_childcare",
    "act_it": "occ_it", "act_housing": "occ_build",
}  # fmt: skip
UNNAMED = "O21"  # asked not to be named
LONG = 5  # the short version asks about so many partners


def table(name: str) -> list[Row]:
    """Read a table of the demo."""
    text = resources.files("demo").joinpath("data", f"{name}.csv").read_text("utf-8")
    return list(csv.DictReader(text.splitlines()))


def ties_of(rows: Sequence[Row], wave: int) -> Ties:
    """Return whom each organisation names in a wave; the second has lost and won some."""
    told: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for number, row in enumerate(rows):
        if wave == 2 and number % 12 == 7:
            continue
        _tell(told, row["source"], row["target"], row["kind"], row["strength"])
        if row["reciprocated"] == "1":
            _tell(told, row["target"], row["source"], row["kind"], row["strength"])
    if wave == 2:
        known = {frozenset((row["source"], row["target"])) for row in rows}
        codes = [f"O{number:02}" for number in range(1, 41)]
        fresh = [pair for pair in combinations(codes, 2) if frozenset(pair) not in known]
        for one, other in Random("second wave").sample(fresh, 7):  # noqa: S311 - a demo
            _tell(told, one, other, "exchange", "1")
            _tell(told, other, one, "exchange", "1")
    return told


def answers_of(row: Row, ties: Ties, text: Row | None, wave: int) -> dict[str, Any]:
    """Compose all answers of an organisation to the enterprise survey."""
    code = row["id"]
    chance = Random(f"{code} {wave}")  # noqa: S311 - a demo
    named = ties.get(code, [])
    needs = row["needs"].split()
    answers: dict[str, Any] = {
        "consent": "yes",
        "length": "long" if len(named) > LONG else "short",
        "org": code,
        "org_type": row["org_type"],
        "legal_form": row["legal_form"],
        "activity": _activity(row),
        "offers": row["offers"].split(),
        "free_places": chance.randint(0, 12),
        "org_needs": needs,
        "org_need_first": needs[0] if len(needs) > 1 else None,
        "naming": "team" if code == UNNAMED else chance.choice(["network", "public", "public"]),
        "quote": "no" if int(code[1:]) % 4 == 0 else "yes",
        "followup": chance.sample(["workshop", "interview", "network", "agency"], 2),
        "audit_interest": chance.choice("23445"),
    }
    answers |= _figures(row) | _employing(row, answers["activity"], chance)
    answers |= _partners(named, code, chance) | _idea(text)
    answers["email"] = f"kontakt@{code.lower()}.example.org"
    return {name: value for name, value in answers.items() if value not in (None, "", [])}


def conversation(row: Row) -> dict[str, Any]:
    """Compose the answers of a conversation from its row."""
    needs = row["needs"].split()
    single = (
        "conv_language",
        "german",
        "course",
        "age",
        "gender",
        "school",
        "situation",
        "kids",
    )
    lists = {name: row[name].split() for name in ("languages", "skills", "wishes")}
    return {name: row[name] for name in ("provider", *single)} | lists | {
        "consent": "yes",
        "mode": "interpreter",
        "needs": needs,
        "need_first": needs[0],
        "feedback_ok": "yes",
    }  # fmt: skip


def _tell(told: dict[str, list[Any]], who: str, whom: str, kind: str, strength: str) -> None:
    told[who].append({"partner": whom, "kind": kind, "strength": strength})


def _activity(row: Row) -> str:
    offered = (ACTIVITIES[term] for term in row["offers"].split() if term in ACTIVITIES)
    if row["sector"] == "politics":
        return OWN_ACTIVITIES.get(row["id"], "act_admin")
    return OWN_ACTIVITIES.get(row["id"]) or next(offered, "act_other")


def _figures(row: Row) -> dict[str, Any]:
    counts = ("headcount", "volunteers", "refugees_employed")
    figures = {name: int(row[name]) for name in counts if row[name]}
    kinds = ("public", "fee", "market", "donation", "member", "other")
    figures |= {f"inc_{kind}": int(row[f"inc_{kind}"]) for kind in kinds if row[f"inc_{kind}"]}
    ends = row["inc_expiring_pct"]
    classes = ((0, "0"), (25, "1_25"), (50, "26_50"), (75, "51_75"), (100, "76_100"))
    expiring = next((name for most, name in classes if ends and int(ends) <= most), "dk")
    return figures | {"inc_expiring": expiring}


def _employing(row: Row, activity: str, chance: Random) -> dict[str, Any]:
    keen = "staff" in row["needs"].split() or row["sector"] == "economy"
    willing = chance.choice("4455" if keen else "12334")
    barriers = {
        name: str(min(3, max(0, round(chance.gauss(mean, 0.9)))))
        for name, mean in BARRIERS.items()
    }
    helps = ["h_coach", "h_lang", "h_legal", "h_wage", "h_trial", "h_match", "h_child"]
    return barriers | {
        "willing": willing,
        "places_12m": chance.randint(1, 6),
        "occ_wanted": [WORK.get(activity, "occ_office")],
        "min_german": chance.choice(["a1", "a2", "a2", "b1"]),
        "helps": chance.sample(helps, 3),
    }


def _partners(named: Sequence[Mapping[str, Any]], code: str, chance: Random) -> dict[str, Any]:
    partners = [tie["partner"] for tie in named]
    turns = [{"tie_kind": [tie["kind"]], "tie_strength": tie["strength"]} for tie in named]
    others = [f"O{n:02}" for n in range(1, 41) if f"O{n:02}" not in {code, *partners}]
    return {"partners": partners, "tie": turns, "wished": chance.sample(others, 2)}


def _idea(text: Row | None) -> dict[str, Any]:
    if not text:
        return {}
    return {"idea": text["idea"], "idea_board": "yes", "wished_why": text["wished_why"]}
