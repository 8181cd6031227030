"""Keeping what a check said, as evidence: with its day, its answers and its sentences."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from agency.funding.checking import Answers, Reason, State
from agency.funding.models import Check
from core.errors import FormUsedTwice
from core.models import insert_once
from people.models import Project


@dataclass(frozen=True)
class Subject:
    """What a check is about: a name, and the organisation or venture behind it."""

    name: str
    kind: str = ""  # such as venture, with its key
    key: str = ""
    organisation_id: int | None = None


def keep(
    session: Session,
    project: Project,
    subject: Subject,
    answers: Answers,
    results: list[dict[str, Any]],
    language: str,
    form_key: str,
    by: str,
    now: datetime,
) -> Check:
    """Keep a check with its sentences; the same form keeps it once.

    :raise FormUsedTwice: when the same form brings something else
    """
    known = {"project_id": project.id, "form_key": form_key}
    about = {"subject": subject.name, "kind": subject.kind, "key": subject.key}
    about |= {"organisation_id": subject.organisation_id}  # type: ignore[dict-item]
    told: dict[str, Any] = {**about, "answers": to_json(answers), "results": results}
    made = insert_once(session, Check, **known, **told, language=language, by=by, at=now)
    if made:
        return made
    earlier = session.scalars(select(Check).filter_by(**known)).one()
    if any(getattr(earlier, name) != value for name, value in {**told}.items()):
        raise FormUsedTwice
    return earlier


def kept(session: Session, project: Project, kind: str = "", key: str = "") -> Sequence[Check]:
    """List the checks that were kept, the newest first; with a *kind*, of one thing only."""
    query = select(Check).filter_by(project_id=project.id, deleted=None)
    if kind:
        query = query.filter_by(kind=kind, key=key)
    return session.scalars(query.order_by(Check.at.desc(), Check.id.desc())).all()


def counted(check: Check) -> dict[str, int]:
    """Return how many programmes fit, fit if, or do not."""
    states = [each["state"] for each in check.results]
    return {state: states.count(state) for state in ("yes", "open", "no")}


def to_plain(reason: Reason) -> dict[str, Any]:
    """Return a reason as JSON can hold it, to be said later in any language."""
    values = {name: _packed(value) for name, value in reason.values.items()}
    said = {"state": str(reason.state), "source": reason.source}
    return {**said, "text": reason.text, "values": values}


def reason_of(kept: Mapping[str, Any]) -> Reason | None:
    """Return the reason that :func:`to_plain` has made plain; older ones are sentences."""
    if "text" not in kept:
        return None
    values = {name: _unpacked(value) for name, value in kept["values"].items()}
    return Reason(State(kept["state"]), kept["text"], values, kept["source"])


def remove(check: Check, now: datetime) -> None:
    check.deleted = now


def bring_back(check: Check) -> None:
    check.deleted = None


def to_json(answers: Answers) -> dict[str, Any]:
    """Return what was answered as JSON can hold it."""
    values = asdict(answers) | {"met": sorted(answers.met), "people": dict(answers.people)}
    return {name: _plain(value) for name, value in values.items()}


def from_json(values: dict[str, Any]) -> Answers:
    """Return answers that JSON has held."""
    known = {each.name for each in fields(Answers)}
    read = {name: value for name, value in values.items() if name in known}
    for name in ("amount", "own"):
        read[name] = Decimal(read[name]) if read.get(name) is not None else None
    read["start"] = date.fromisoformat(read["start"]) if read.get("start") else None
    read["themes"], read["met"] = tuple(read.get("themes", ())), frozenset(read.get("met", ()))
    read["gets"] = None if read.get("gets") is None else tuple(read["gets"])
    return Answers(**read)


def _packed(value: object) -> object:
    match value:
        case Decimal():
            return {"decimal": str(value)}
        case date():
            return {"date": value.isoformat()}
        case tuple():
            return {"words": [*value]}
        case Mapping():
            return {"texts": dict(value)}
    return value


def _unpacked(value: object) -> object:
    match value:
        case {"decimal": str(number)}:
            return Decimal(number)
        case {"date": str(day)}:
            return date.fromisoformat(day)
        case {"words": [*words]}:
            return tuple(words)
        case {"texts": dict(texts)}:
            return texts
    return value


def _plain(value: object) -> object:
    if isinstance(value, tuple):
        return [*value]
    return str(value) if isinstance(value, Decimal | date) else value
