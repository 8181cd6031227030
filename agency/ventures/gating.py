"""Gates: what a venture must show to come a stage further, and who let it pass."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import update
from sqlalchemy.orm import Session

from agency.evidence.references import from_json
from agency.ventures.canvassing import FIELDS
from agency.ventures.keeping import note
from agency.ventures.models import Act, BackingKind, Job, Stage, Venture
from agency.ventures.reading import Dossier
from core.errors import ChangedMeanwhile, Refusal, message

DAY = timedelta(days=1)
WORDS = 20  # of a paragraph, at least
CITED = 3  # fields of the canvas with evidence
ASKED, MONTHS, HELD = 5, 3, 6  # customers, months of a pilot, months of a paid job


class NotYet(Refusal):
    """A gate was to be passed though something is missing, without a reason."""

    reason = message(
        "Something is missing. Please give a reason to pass the gate all the same."
    )


class NoGate(Refusal):
    """There is nothing before the first stage, and nothing after the last."""

    reason = message("There is no gate here.")


@dataclass(frozen=True)
class Condition:
    """Something that a gate asks for, and how much of it there is."""

    code: str
    have: int
    need: int = 1

    @property
    def is_met(self) -> bool:
        return self.have >= self.need


@dataclass(frozen=True)
class Gate:
    """The way into a stage."""

    stage: Stage
    conditions: Sequence[Condition]

    @property
    def missing(self) -> list[Condition]:
        return [each for each in self.conditions if not each.is_met]


def gate(dossier: Dossier, today: date) -> Gate | None:
    """Return the gate that a venture stands before; an enterprise stands before none."""
    stage = dossier.venture.stage.next
    return Gate(stage, conditions(dossier, stage, today)) if stage else None


def conditions(dossier: Dossier, stage: Stage, today: date) -> list[Condition]:
    """List what the gate into *stage* asks for, and what is there."""
    codes = ASKS[stage]
    found = _found(dossier, today)
    return [Condition(code, found[code], need) for code, need in codes.items()]


ASKS: Mapping[Stage, Mapping[str, int]] = {
    Stage.SPARK: {},
    Stage.SKETCH: {"paragraph": WORDS, "team": 2, "experience": 1},
    Stage.CANVAS: {"canvas": len(FIELDS), "evidence": CITED},
    Stage.CONCEPT: {"asked": ASKED, "letter": 1, "jobs": 1, "milestones": 1},
    Stage.PILOT: {"months": MONTHS},
    Stage.FOUNDING: {"legal_form": 1, "liquidity": 1},
    Stage.ENTERPRISE: {"paid_job": HELD},
}


def _found(dossier: Dossier, today: date) -> Mapping[str, int]:
    venture, canvas = dossier.venture, dossier.canvas.values()
    kinds = [each.kind for each in dossier.backing if each.day <= today]
    return {
        "paragraph": len(venture.text.split()),
        "team": len(dossier.team),
        "experience": sum(each.has_experience for each in dossier.team),
        "canvas": sum(bool(each.text) for each in canvas),
        "evidence": sum(bool(each.text and from_json(each.evidence)) for each in canvas),
        "asked": kinds.count(BackingKind.ASKED),
        "letter": kinds.count(BackingKind.LETTER),
        "jobs": len(dossier.jobs),
        "milestones": len(dossier.milestones),
        "months": len({each.month for each in dossier.months if each.month <= today}),
        "legal_form": int(venture.legal_form not in ("", "none")),
        "liquidity": int(dossier.has_money_plan and not dossier.liquidity().missing),
        "paid_job": max((months_held(each, today) for each in dossier.jobs), default=0),
    }


def months_held(job: Job, today: date) -> int:
    """Count the whole months that somebody has held a paid job without a break."""
    if not job.filled or not job.wage_cents:
        return 0
    until = min(job.ended + DAY, today) if job.ended else today  # the last day counts, too
    months = (until.year - job.filled.year) * 12 + until.month - job.filled.month
    return max(0, months - (until.day < job.filled.day))


def pass_gate(
    session: Session, dossier: Dossier, stage: Stage, reason: str, by: str, now: datetime,
    today: date,
) -> None:  # fmt: skip
    """Let a venture into *stage*, the one after where it stands.

    :raise ChangedMeanwhile: when it stands elsewhere by now
    :raise NotYet: when something is missing and no reason is given
    """
    venture, before = dossier.venture, stage.before
    if before is None:
        raise NoGate
    missing = [each.code for each in conditions(dossier, stage, today) if not each.is_met]
    if missing and not reason:
        raise NotYet
    _move(session, venture, before, stage)
    act = Act.PASSED_ANYWAY if missing else Act.PASSED
    said = {"stage": stage, "missing": missing, "reason": reason}
    note(session, venture, act, by, now, **said)


def go_back(
    session: Session, venture: Venture, stage: Stage, reason: str, by: str, now: datetime
) -> None:
    """Let a venture stand one stage before *stage* again, for a reason.

    :raise ChangedMeanwhile: when it stands elsewhere by now
    """
    before = stage.before
    if before is None:
        raise NoGate
    _move(session, venture, stage, before)
    note(session, venture, Act.WENT_BACK, by, now, stage=before, reason=reason)


def _move(session: Session, venture: Venture, origin: Stage, to: Stage) -> None:
    there = update(Venture).filter_by(id=venture.id, stage=origin)
    values = {"stage": to, "version": Venture.version + 1}
    if session.scalar(there.values(values).returning(Venture.id)) is None:
        raise ChangedMeanwhile
    session.refresh(venture)
