"""Findings become words of the project: a facilitator releases or drops them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from core.models import insert_once
from networks.models import Fate, Finding
from surveys.models import Survey

RATE = "rate"  # how many had answered, and of how many


@dataclass(frozen=True)
class Told:
    """A finding in words, with codes for names, and what became of it."""

    key: str
    words: str
    figures: Mapping[str, Any]
    row: Finding | None = None
    holds: bool = True  # it is still found

    @property
    def fate(self) -> str:
        """Return "draft", "released" or "dropped"."""
        return self.row.fate.value if self.row else "draft"

    @property
    def has_changed(self) -> bool:
        """Tell whether it was released with other figures than those of today."""
        was = self.row if self.row and self.row.fate == Fate.RELEASED else None
        return was is not None and not (self.holds and _same(was.figures, self.figures))


def findings_of(session: Session, survey: Survey) -> dict[str, Finding]:
    """Return what facilitators decided of findings, by key."""
    query = select(Finding).filter_by(survey_id=survey.id).order_by(Finding.id)
    return {each.key: each for each in session.scalars(query)}


def joined(drafts: Sequence[Told], decided: Mapping[str, Finding], language: str) -> list[Told]:
    """Return the drafts with what became of them; what was released speaks as it did."""
    told = []
    for each in drafts:
        row = decided.get(each.key)
        is_out = row is not None and row.fate == Fate.RELEASED
        words = _words(row, language) if row and is_out else each.words
        told.append(Told(each.key, words, each.figures, row))
    gone = decided.keys() - {each.key for each in drafts}
    over = [decided[key] for key in decided if key in gone]
    released = [row for row in over if row.fate == Fate.RELEASED]
    return told + [
        Told(row.key, _words(row, language), row.figures, row, holds=False) for row in released
    ]


def decide(
    session: Session,
    survey: Survey,
    fate: Fate,
    drafts: Mapping[str, tuple[Mapping[str, str], Mapping[str, Any]]],
    by: str,
    now: datetime,
) -> None:
    """Release or drop findings, given by key with their words and figures of today."""
    for key, (words, figures) in drafts.items():
        values: dict[str, Any] = {
            "fate": fate, "words": dict(words), "figures": dict(figures), "by": by, "at": now,
        }  # fmt: skip
        place = {"survey_id": survey.id, "key": key}
        if not insert_once(session, Finding, project_id=survey.project_id, **place, **values):
            session.execute(update(Finding).filter_by(**place).values(values))


def take_back(session: Session, survey: Survey, keys: Collection[str]) -> None:
    """Make drafts of findings again."""
    rows = delete(Finding).where(Finding.survey_id == survey.id, Finding.key.in_(keys))
    session.execute(rows)


def has_moved(row: Finding, today: Mapping[str, Mapping[str, Any]]) -> bool:
    """Tell whether a finding does not hold any more with the figures of today, by key."""
    return row.key not in today or not _same(row.figures, today[row.key])


def _same(some: Mapping[str, Any], others: Mapping[str, Any]) -> bool:
    """Tell whether figures are the same, however many have answered since.

    What the others could change is another with every answer; that alone changes nothing.
    """
    return all(
        some.get(name) == others.get(name)
        for name in some.keys() | others.keys()
        if name not in (RATE, "low", "high")
    )


def _words(row: Finding, language: str) -> str:
    found: str = row.words.get(language) or row.words["de"]
    return found
