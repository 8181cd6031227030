"""Gathering what stands beside the answers to a survey: verdicts, replies, recorded ties."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from networks.judging import TURNED
from networks.models import RecordedTie, Reply, Verdict
from networks.recording import decided, recorded
from networks.roster import Roster
from networks.tying import Pair, Ruling, Seen, State, Tie, Word
from people.models import Project
from surveys.models import Survey
from workshop.following.models import Decision
from workshop.models import Idea, Workshop


@dataclass(frozen=True)
class Beside:
    """What is said of ties beside the answers, by the codes of their ends in order."""

    rulings: dict[Pair, Ruling]
    words: dict[Pair, list[Word]]
    recorded: list[Tie]


def beside(session: Session, survey: Survey, project: Project, roster: Roster) -> Beside:
    """Read all that is said beside the answers to *survey*."""
    return Beside(
        dict(_rulings(session, survey, roster)),
        _words(session, survey, roster),
        _recorded(session, project, roster),
    )


def rows_beside(survey: Survey) -> "list[Select[Any]]":
    """List what to ask for to learn whether any of it has changed."""
    mine, ours = {"survey_id": survey.id}, {"project_id": survey.project_id}
    verdicts = select(*Verdict.__table__.c).filter_by(**mine).order_by(Verdict.id)
    replies = select(*Reply.__table__.c).filter_by(**mine).order_by(Reply.id)
    elsewhere = select(*RecordedTie.__table__.c).filter_by(**ours).order_by(RecordedTie.id)
    ends = Decision.id, Decision.outcome, Decision.partner_id, Decision.owner_id
    decisions = decided(survey.project_id).with_only_columns(*ends, Idea.title, Workshop.title)
    return [verdicts, replies, elsewhere, decisions]


def _rulings(session: Session, survey: Survey, roster: Roster) -> Iterator[tuple[Pair, Ruling]]:
    """Yield the verdicts in the order of time, so that the last word counts."""
    query = select(Verdict).filter_by(survey_id=survey.id).order_by(Verdict.at, Verdict.id)
    for row in session.scalars(query):
        if ends := _ends(roster, row.a_id, row.b_id):
            is_turned = ends[0] > ends[1]
            holds = TURNED.get(row.holds, row.holds) if is_turned else row.holds
            yield _in_order(ends), Ruling(holds, row.reason, row.by, row.at)


def _words(session: Session, survey: Survey, roster: Roster) -> dict[Pair, list[Word]]:
    query = select(Reply).filter_by(survey_id=survey.id).order_by(Reply.at, Reply.id)
    last: dict[Pair, Word] = {}
    for row in session.scalars(query):
        if ends := _ends(roster, row.organisation_id, row.other_id):
            last[ends] = Word(ends[0], row.says, row.confirms)
    found: dict[Pair, list[Word]] = defaultdict(list)
    for ends, word in sorted(last.items()):
        found[_in_order(ends)].append(word)
    return found


def _recorded(session: Session, project: Project, roster: Roster) -> list[Tie]:
    """Return one tie for every pair, with all the places where it was seen."""
    found: dict[Pair, Tie] = {}
    for each in recorded(session, project):
        if not (ends := _ends(roster, each.a_id, each.b_id)):
            continue
        pair = _in_order(ends)
        tie = found.setdefault(pair, Tie(*pair, State.RECORDED))
        kinds = (*tie.kinds, each.kind) if each.kind else tie.kinds
        found[pair] = replace(
            tie,
            strength=max(tie.strength, each.strength),
            kinds=tuple(dict.fromkeys(kinds)),
            seen=(*tie.seen, Seen(each.source, each.about, each.seen)),
        )
    return [found[pair] for pair in sorted(found)]


def _ends(roster: Roster, a_id: int, b_id: int) -> Pair | None:
    """Return the codes of both ends, unless one is gone or both were merged into one."""
    a, b = roster.code_of.get(a_id), roster.code_of.get(b_id)
    return (a, b) if a and b and a != b else None


def _in_order(ends: Pair) -> Pair:
    return min(ends), max(ends)
