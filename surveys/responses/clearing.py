"""Clearing names: somebody says whom the written names mean, one case after the other."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Update, select, update
from sqlalchemy.orm import Session

from core.errors import Refusal, message
from people.models import Alias, Organisation, Project
from people.names.likeness import words_of
from people.naming import Known, registered, same_in
from people.register import remove
from surveys.models import Mention, Response, Subject, Survey
from surveys.responses.models import NameDecision


class DecidedAlready(Refusal):
    reason = message("Somebody else has said already who is meant.")


@dataclass(frozen=True)
class Context:
    """Who wrote a name, where, and what they said of its sector."""

    survey: Survey
    organisation: Organisation | None
    sector: str


@dataclass
class Case:
    """A written name that waits, with everyone who wrote it."""

    name: str
    mentions: list[Mention]
    contexts: list[Context]
    is_left: bool = False

    @property
    def id(self) -> int:
        """The number by which the case is asked for."""
        return self.mentions[0].id

    @property
    def sector(self) -> str:
        """What was said of its sector first."""
        return next((each.sector for each in self.contexts if each.sector), "")


def waiting(session: Session, project: Project) -> list[Case]:
    """List the names that wait, those of most people first, and last what was left."""
    query = (
        select(Mention, Survey, Organisation)
        .join(Survey, Mention.survey_id == Survey.id)
        .join(Response, Mention.response_id == Response.id)
        .outerjoin(Organisation, Response.organisation_id == Organisation.id)
        .where(Mention.project_id == project.id, Mention.organisation_id.is_(None))
        .where(~Mention.is_none)
        .where(Survey.subject == Subject.ORGANISATIONS, Survey.deleted.is_(None))
        .where(Mention.instance > 0)
        .order_by(Mention.id)
    )
    left = {
        number for each in standing(session, project, left=True) for number in each.mentions
    }
    cases: dict[tuple[str, ...], Case] = {}
    for mention, survey, organisation in session.execute(query):
        case = cases.setdefault(key_of(mention.name), Case(mention.name, [], []))
        case.mentions.append(mention)
        case.contexts.append(Context(survey, organisation, mention.sector))
        case.is_left = mention.id in left
    return sorted(cases.values(), key=lambda each: (each.is_left, -len(each.mentions), each.id))


def decide(
    session: Session,
    project: Project,
    mention: Mention,
    organisation: Organisation,
    *,
    by: str,
    now: datetime,
    remember: bool = False,
    added: bool = False,
) -> NameDecision:
    """Say whom a name means, wherever it was written; with *remember* also in future.

    :raise DecidedAlready: when another organisation was said meanwhile
    """
    numbers = _alike(session, project, mention)
    session.execute(assigning(numbers, None, organisation.id))
    session.refresh(mention)
    if mention.organisation_id != organisation.id:
        raise DecidedAlready
    if not numbers:  # the same form once more
        return _of(session, project, mention) or _note(
            session, project, [], organisation, by, now
        )
    alias = _learn(session, organisation, mention.name, project) if remember else None
    if remember:
        numbers += _settle(session, project, organisation)
    done = _note(session, project, numbers, organisation, by, now)
    done.has_added, done.alias_id = added, alias.id if alias else None
    session.flush()
    return done


def leave(
    session: Session, project: Project, mention: Mention, *, by: str, now: datetime
) -> NameDecision:
    """Put a name to the end of the queue."""
    numbers = _alike(session, project, mention)
    return _note(session, project, numbers, None, by, now)


def dismiss(
    session: Session, project: Project, mention: Mention, *, by: str, now: datetime
) -> NameDecision:
    """Say that a name means no organisation: no tie comes of it, wherever it was written.

    :raise DecidedAlready: when an organisation was said meanwhile
    """
    numbers = _alike(session, project, mention)
    waits = update(Mention).where(Mention.id.in_(numbers), Mention.organisation_id.is_(None))
    session.execute(waits.values(is_none=True))
    session.refresh(mention)
    if not mention.is_none:
        raise DecidedAlready
    done = None if numbers else _of(session, project, mention)  # the same form once more
    done = done or _note(session, project, numbers, None, by, now)
    done.is_none = True
    session.flush()
    return done


def undo(session: Session, done: NameDecision, *, now: datetime) -> None:
    """Let everything wait again that a decision settled, and forget what it taught."""
    taken_back = session.scalar(
        update(NameDecision)
        .where(NameDecision.id == done.id, NameDecision.undone.is_(None))
        .values(undone=now)
        .returning(NameDecision.id)
        .execution_options(synchronize_session=False)
    )
    session.expire(done)
    if taken_back is not None and done.is_none:
        waits = update(Mention).where(Mention.id.in_(done.mentions))
        session.execute(waits.values(is_none=False))
    if taken_back is None or done.organisation_id is None:
        return
    session.execute(assigning(done.mentions, done.organisation_id, None))
    organisation = session.get_one(Organisation, done.organisation_id)
    if done.alias_id and (alias := session.get(Alias, done.alias_id)):
        later = [each.id for each in _meant(session, organisation) if _is(each, alias.name)]
        session.execute(assigning(later, organisation.id, None))
        organisation.aliases.remove(alias)
        organisation.changed()
    if done.has_added:
        later = [each.id for each in _meant(session, organisation)]
        session.execute(assigning(later, organisation.id, None))
        remove(organisation, now)
    session.flush()


def _meant(session: Session, organisation: Organisation) -> Sequence[Mention]:
    """List the names that mean an organisation, also those that came after a decision."""
    return session.scalars(select(Mention).filter_by(organisation_id=organisation.id)).all()


def _is(mention: Mention, name: str) -> bool:
    return key_of(mention.name) == key_of(name)


def last_decision(session: Session, project: Project, by: str) -> NameDecision | None:
    """Return what somebody decided last and has not taken back."""
    query = select(NameDecision).filter_by(project_id=project.id, by=by, undone=None)
    return session.scalars(query.order_by(NameDecision.id.desc())).first()


def standing(session: Session, project: Project, *, left: bool) -> Sequence[NameDecision]:
    query = select(NameDecision).filter_by(project_id=project.id, undone=None)
    is_left = NameDecision.organisation_id.is_(None) & ~NameDecision.is_none
    query = query.where(is_left if left else ~is_left).order_by(NameDecision.id)
    return session.scalars(query).all()


def _of(session: Session, project: Project, mention: Mention) -> NameDecision | None:
    decided = standing(session, project, left=False)
    return next((each for each in reversed(decided) if mention.id in each.mentions), None)


def _alike(session: Session, project: Project, mention: Mention) -> list[int]:
    """Return the numbers of all mentions that wait and are written like this one."""
    cases = waiting(session, project)
    case = next((each for each in cases if mention in each.mentions), None)
    return [each.id for each in case.mentions] if case else []


def assigning(numbers: Sequence[int], before: int | None, after: int | None) -> Update:
    query = update(Mention).where(Mention.id.in_(numbers))
    query = query.where(
        Mention.organisation_id.is_(None) & ~Mention.is_none
        if before is None
        else Mention.organisation_id == before
    )
    return query.values(organisation_id=after)


def _note(
    session: Session, project: Project, numbers: list[int],
    organisation: Organisation | None, by: str, now: datetime,
) -> NameDecision:  # fmt: skip
    whose = organisation.id if organisation else None
    done = NameDecision(
        project_id=project.id, mentions=numbers, organisation_id=whose, by=by, at=now
    )
    session.add(done)
    session.flush()
    return done


def _learn(
    session: Session, organisation: Organisation, name: str, project: Project
) -> Alias | None:
    """Let the register know another name, unless somebody goes by it already."""
    if Known(registered(session, project)).called(name):
        return None
    alias = Alias(project_id=project.id, name=name)
    organisation.aliases.append(alias)
    organisation.changed()
    session.flush()
    return alias


def _settle(session: Session, project: Project, organisation: Organisation) -> list[int]:
    """Assign what else is clear, now that the register knows another name."""
    known = Known(registered(session, project))
    cases = waiting(session, project)
    clear = [each for each in cases if same_in(known, each.name) is organisation]
    numbers = [mention.id for case in clear for mention in case.mentions]
    session.execute(assigning(numbers, None, organisation.id))
    return numbers


def key_of(name: str) -> tuple[str, ...]:
    return words_of(name) or (name,)
