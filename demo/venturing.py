"""The ventures of the demo: one that became an enterprise, one on its way, one just begun."""

import json
from collections.abc import Mapping
from datetime import date, datetime, time
from importlib import resources
from typing import Any

from sqlalchemy.orm import Session

from agency.evidence.citing import marked
from agency.evidence.collecting import Reader
from agency.evidence.references import Reference
from agency.ventures import beginning, canvassing, gating, keeping
from agency.ventures.models import Stage, Venture
from agency.ventures.reading import dossier
from core.clock import ZONE
from demo.needing import BY
from people.models import Naming, Organisation, Project

DAYS = {"day", "month", "starts", "ends", "due", "done", "filled", "ended", "paid", "begins"}
Day = Mapping[str, Any]


def load_ventures(
    session: Session, project: Project, entries: Mapping[str, Organisation]
) -> None:
    """Do with each venture, day by day, what is written down."""
    text = resources.files("demo").joinpath("data", "ventures.json").read_text("utf-8")
    for told in json.loads(text):
        origins = beginning.origins(session, project)
        start = next(each for each in reversed(origins) if each.title == told["idea"])
        first = _moment(told["days"][0])
        venture = beginning.begin(session, project, start, BY, first)
        for day in told["days"]:
            _enter(session, venture, entries, day)
            _set(session, venture, day)
            _write(session, project, venture, day)
            if stage := day.get("pass"):
                session.flush()
                found, now = dossier(session, project, venture), _moment(day)
                gating.pass_gate(session, found, Stage(stage), "", BY, now, now.date())


def _enter(
    session: Session, venture: Venture, entries: Mapping[str, Organisation], day: Day
) -> None:
    """Add the lines of a day, by the day and their number."""
    now = _moment(day)
    for kind in keeping.KINDS:
        for number, row in enumerate(day.get(kind, ())):
            values = _dated(row)
            if "organisation" in values:
                owner = entries.get(values.pop("organisation"))
                values["organisation_id"] = owner.id if owner else None
            if kind == "months":
                values["title"] = f"{values['month']:%m/%Y}"
            key = f"demo {kind} {day['on']} {number}"
            keeping.add(session, kind, venture, key, values, BY, now)


def _set(session: Session, venture: Venture, day: Day) -> None:
    """Change what a day says of the venture, and which milestones and jobs came about."""
    now = _moment(day)
    values = {name: day[name] for name in ("text", "legal_form") if name in day}
    values |= _dated(day.get("account", {}))
    if values:
        keeping.change(session, venture, venture, venture.version, values, BY, now)
    for kind, name in (("milestones", "done"), ("jobs", "filled")):
        for title, when in day.get(name, {}).items():
            row = keeping.titled(session, venture, kind, title)
            said = {name: date.fromisoformat(when)}
            keeping.change(session, venture, row, row.version, said, BY, now, kind=kind)


def _write(session: Session, project: Project, venture: Venture, day: Day) -> None:
    """Fill fields of the canvas, with what they rest on."""
    reader = Reader(session, project, Naming.TEAM)
    for code, (text, names) in day.get("canvas", {}).items():
        own = f"idea:{venture.idea_id}"
        cited = [Reference.of(own if name == "idea" else name) for name in names]
        evidence = marked(reader, cited)
        canvassing.write(session, venture, code, 0, text, evidence, BY, _moment(day))


def _dated(row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: date.fromisoformat(value) if name in DAYS and value else value
        for name, value in row.items()
    }


def _moment(day: Day) -> datetime:
    return datetime.combine(date.fromisoformat(day["on"]), time(10), ZONE)
