"""Names that wait no more: whom they mean, who said so, and waiting again."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from people.models import Organisation, Project
from people.naming import fold
from surveys.models import Mention, Subject, Survey
from surveys.responses.clearing import assigning, key_of, standing
from surveys.responses.models import NameDecision


@dataclass
class Settled:
    """A written name of which is known whom it means, if anybody."""

    name: str
    organisation: Organisation | None
    decision: NameDecision | None  # none: it was clear by itself
    mentions: list[Mention]

    @property
    def id(self) -> int:
        return self.mentions[0].id


def settled(session: Session, project: Project, words: str = "") -> list[Settled]:
    """List the names that wait no more, by name; with *words* those that hold all of them."""
    query = (
        select(Mention, Organisation)
        .join(Survey, Mention.survey_id == Survey.id)
        .outerjoin(Organisation, Mention.organisation_id == Organisation.id)
        .where(Mention.project_id == project.id, Mention.instance > 0)
        .where(Mention.organisation_id.is_not(None) | Mention.is_none)
        .where(Survey.subject == Subject.ORGANISATIONS, Survey.deleted.is_(None))
        .order_by(Mention.id)
    )
    decided = {
        number: each
        for each in standing(session, project, left=False)
        for number in each.mentions
    }
    found: dict[tuple[object, ...], Settled] = {}
    for mention, organisation in session.execute(query):
        decision = decided.get(mention.id)
        key = key_of(mention.name), mention.organisation_id, decision.id if decision else None
        one = found.setdefault(key, Settled(mention.name, organisation, decision, []))
        one.mentions.append(mention)
    wanted = fold(words).split()
    return sorted(
        (each for each in found.values() if all(word in _text(each) for word in wanted)),
        key=lambda each: (fold(each.name), each.id),
    )


def reopen(session: Session, project: Project, mention: Mention) -> None:
    """Let a name wait again that was clear by itself, wherever it is written like this."""
    same = (each for each in settled(session, project) if mention in each.mentions)
    found = next(same, None)
    if found and found.organisation and not found.decision:
        numbers = [each.id for each in found.mentions]
        session.execute(assigning(numbers, found.organisation.id, None))


def _text(settled: Settled) -> str:
    whose = settled.organisation
    return fold(f"{settled.name} {whose.name} {whose.code}" if whose else settled.name)
