"""Citing: what a project can rest a claim on, and what has become of what was cited."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from urllib.parse import urlsplit

from sqlalchemy import select
from sqlalchemy.orm import Session

from agency.evidence.collecting import COLLECT, Reader
from agency.evidence.models import OwnSource
from agency.evidence.references import Evidence, Kind, Reference, State, compared
from core.errors import FormUsedTwice
from core.models import insert_once
from people.models import Project
from people.naming import fold


def citable(reader: Reader, words: str = "", kinds: Collection[Kind] = ()) -> list[Evidence]:
    """List all that *reader* can cite in which all *words* stand, kind by kind."""
    sought = fold(words).split()
    return [
        each
        for kind in Kind
        if not kinds or kind in kinds
        for each in COLLECT[kind](reader, None)
        if each.state == State.THERE and all(word in fold(each.label) for word in sought)
    ]


def resolved(reader: Reader, references: Iterable[Reference]) -> Mapping[Reference, Evidence]:
    """Return what each reference is to *reader*, and what has become of it since."""
    cited = list(dict.fromkeys(references))
    found: dict[Reference, Evidence] = {}
    for kind in {each.kind for each in cited}:
        keys = {each.key for each in cited if each.kind == kind}
        found |= {each.reference: each for each in COLLECT[kind](reader, keys)}
    return {each: compared(each, found.get(each)) for each in cited}


def marked(
    reader: Reader, picked: Iterable[Reference], before: Iterable[Reference] = ()
) -> tuple[Reference, ...]:
    """Return what was picked as it is to be kept.

    What was cited *before* keeps how it was then; of the rest what is not there stays out.
    """
    earlier = {each: each for each in before}
    wanted = list(dict.fromkeys(picked))
    today = resolved(reader, (each for each in wanted if each not in earlier))
    return tuple(
        earlier.get(each) or today[each].reference
        for each in wanted
        if each in earlier or today[each].is_sound
    )


def add_source(
    session: Session,
    project: Project,
    form_key: str,
    title: str,
    link: str,
    text: str,
    by: str,
    now: datetime,
) -> OwnSource:
    """Keep a source of one's own, once for each form.

    :raise FormUsedTwice: when the same form brings another
    """
    said = {"title": title, "link": link, "text": text}
    key = {"project_id": project.id, "form_key": form_key}
    if made := insert_once(session, OwnSource, **key, **said, by=by, at=now):
        return made
    earlier = session.scalars(select(OwnSource).filter_by(**key)).one()
    if any(getattr(earlier, name) != value for name, value in said.items()):
        raise FormUsedTwice
    return earlier


def is_link(text: str) -> bool:
    """Tell whether *text* is an address that a browser opens and a document may link."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and " " not in text
