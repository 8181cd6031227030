"""Keeping terms: adding, renaming, letting rest, putting together; all of it can be undone."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.errors import FormUsedTwice, Refusal, message
from core.models import change_as_seen, insert_once
from core.slugs import slugs
from people.models import Project
from people.naming import fold
from people.taxonomy import TERMS, Taxonomy, Term
from people.terms.models import ProjectTerm


class CalledSoAlready(Refusal):
    reason = message("Another term is called like that already.")


class NotTogether(Refusal):
    reason = message(
        "These two cannot be put together: one of them was put together with another term."
    )


@dataclass(frozen=True)
class Words:
    """What somebody says of a term."""

    de: str
    en: str
    side: str
    top: str = ""


def taxonomy_of(session: Session, project_id: int) -> Taxonomy:
    """Return the terms of a project: the shipped ones as it calls them, then its own."""
    made = {each.code: _term(each) for each in _rows(session, project_id)}
    return Taxonomy((TERMS | made).values())


def versions(session: Session, project: Project) -> dict[str, int]:
    """Return how often each term was changed; a shipped one that nobody touched has none."""
    return {each.code: each.version for each in _rows(session, project.id)}


def add(
    session: Session, project: Project, group: str, words: Words, form_key: str, by: str,
    now: datetime,
) -> ProjectTerm:  # fmt: skip
    """Add a term of the project's own, once per form.

    :raise CalledSoAlready: when another term has this name
    :raise FormUsedTwice: when the same form brings something else
    """
    key = {"project_id": project.id, "form_key": form_key}
    if earlier := session.scalar(select(ProjectTerm).filter_by(**key)):
        if (earlier.group, _words(earlier)) != (group, words):
            raise FormUsedTwice
        return earlier
    terms = taxonomy_of(session, project.id)
    _refuse_double(terms, words, "")
    values = {"group": group, **vars(words), "by": by, "at": now}
    for slug in slugs(words.de, "term"):
        code = f"{group}.{slug}"
        if code not in terms and (
            added := insert_once(session, ProjectTerm, **key, **values, code=code)
        ):
            return added
    raise AssertionError  # slugs do not end


def change(
    session: Session, project: Project, code: str, words: Words, version: int, by: str,
    now: datetime,
) -> None:  # fmt: skip
    """Call a term otherwise, if nobody has changed it since *version* was shown.

    :raise CalledSoAlready: when another term has this name
    :raise ChangedMeanwhile: when somebody has
    """
    _refuse_double(taxonomy_of(session, project.id), words, code)
    said = {**vars(words), "by": by, "at": now}
    change_as_seen(session, _row(session, project, code, by, now), version, **said)


def rest(
    session: Session, project: Project, code: str, rests: bool, by: str, now: datetime
) -> None:
    """Offer a term no more, or again; entries that have it keep it."""
    row = _row(session, project, code, by, now)
    row.rests, row.by, row.at = rests, by, now
    row.changed()
    session.flush()


def merge(
    session: Session, project: Project, code: str, into: str, by: str, now: datetime
) -> None:
    """Let one term stand for another, too; without *into* it stands for itself again.

    No entry is rewritten, so undoing brings back exactly what was.

    :raise NotTogether: when one of the two cannot be put together
    """
    terms = taxonomy_of(session, project.id)
    if into and (into not in terms or terms[into].into or terms.resolve(into) == code):
        raise NotTogether
    if into and terms.merged_into(code):
        raise NotTogether
    row = _row(session, project, code, by, now)
    row.into, row.by, row.at = into, by, now
    row.changed()
    session.flush()


def _rows(session: Session, project_id: int) -> Sequence[ProjectTerm]:
    query = select(ProjectTerm).filter_by(project_id=project_id).order_by(ProjectTerm.id)
    return session.scalars(query).all()


def _row(session: Session, project: Project, code: str, by: str, now: datetime) -> ProjectTerm:
    """Return what the project made of a term; a shipped one is noted as it is, version 1."""
    key = {"project_id": project.id, "code": code}
    if code in TERMS:
        plain = vars(replace(TERMS[code], rests=False))
        insert_once(session, ProjectTerm, **(plain | key), by=by, at=now)
    return session.scalars(select(ProjectTerm).filter_by(**key)).one()


def _term(row: ProjectTerm) -> Term:
    words = row.de, row.en, row.side, row.top
    return Term(row.code, row.group, *words, rests=row.rests, into=row.into)


def _words(row: ProjectTerm) -> Words:
    return Words(row.de, row.en, row.side, row.top)


def _refuse_double(terms: Taxonomy, words: Words, but: str) -> None:
    """Refuse a name that another term has: entries would be torn between the two."""
    wanted = {fold(words.de), fold(words.en)}
    for term in terms:
        if term.code != but and not term.into and wanted & {fold(term.de), fold(term.en)}:
            raise CalledSoAlready
