"""The canvas: thirteen questions, answered one by one; every earlier answer stays."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from agency.evidence.references import Reference, from_json, to_json
from agency.ventures.keeping import note
from agency.ventures.models import Act, CanvasText, Venture
from core.errors import ChangedMeanwhile, message
from core.models import insert_once


@dataclass(frozen=True)
class Field:
    """A field of the canvas: what it is called, and what it asks."""

    code: str
    label: str
    question: str


FIELDS: tuple[Field, ...] = (
    Field(
        "problem",
        message("Problem"),
        message("What is missing here, for whom, and how do you know?"),
    ),
    Field(
        "beneficiaries",
        message("Who gains"),
        message("Whose life gets better, and how many people are they?"),
    ),
    Field(
        "customers",
        message("Who pays"),
        message("Who buys or pays, and why from you? These may be other people."),
    ),
    Field(
        "offer",
        message("Offer"),
        message("What exactly do you make or do? What does somebody get for their money?"),
    ),
    Field(
        "difference",
        message("What is different"),
        message("Who does something like it today, and what do you do better?"),
    ),
    Field(
        "ways",
        message("Ways to people"),
        message("How do those who gain and those who pay hear of you, and come to you?"),
    ),
    Field(
        "activities",
        message("Regular work"),
        message("What has to be done every week so that the offer is there?"),
    ),
    Field(
        "resources",
        message("Rooms, tools, skills"),
        message("What do you need for it? What is there, and what is missing?"),
    ),
    Field(
        "partners",
        message("Partners"),
        message("Without whom does it not work? What do they bring, what do they get?"),
    ),
    Field(
        "income",
        message("Income"),
        message("What is paid, by whom, how much and how often?"),
    ),
    Field(
        "costs",
        message("Costs"),
        message("What do wages, rooms and material cost in a month?"),
    ),
    Field(
        "impact",
        message("Impact and measure"),
        message("What is different after a year, and by which number do you see it?"),
    ),
    Field(
        "surplus",
        message("Surplus"),
        message("What happens with money that is left over, and who decides it?"),
    ),
)
BY_CODE: Mapping[str, Field] = {each.code: each for each in FIELDS}


def canvas_of(session: Session, venture: Venture) -> Mapping[str, CanvasText]:
    """Return what counts in each field in which something was written."""
    query = select(CanvasText).filter_by(venture_id=venture.id).order_by(CanvasText.number)
    return {each.field: each for each in session.scalars(query)}


def earlier(session: Session, venture: Venture, code: str) -> list[CanvasText]:
    """List all that was ever written in a field, the latest first."""
    query = select(CanvasText).filter_by(venture_id=venture.id, field=code)
    return list(session.scalars(query.order_by(CanvasText.number.desc())))


def write(
    session: Session,
    venture: Venture,
    code: str,
    number: int,
    text: str,
    evidence: tuple[Reference, ...],
    by: str,
    now: datetime,
) -> None:
    """Write into a field after the text with *number*; of the same words nothing is kept.

    :raise ChangedMeanwhile: when somebody has written there since
    """
    last = canvas_of(session, venture).get(code)
    if last and (last.text, from_json(last.evidence)) == (text, evidence):
        return
    if number != (last.number if last else 0):
        raise ChangedMeanwhile
    owner = {"project_id": venture.project_id, "venture_id": venture.id, "field": code}
    said = {"text": text, "evidence": to_json(evidence), "by": by, "at": now}
    if not insert_once(session, CanvasText, **owner, number=number + 1, **said):
        raise ChangedMeanwhile
    before = last.text if last else ""
    changes = [["text", before, text]] if before != text else []
    note(session, venture, Act.CHANGED, by, now, kind="canvas", subject=code, changes=changes)
