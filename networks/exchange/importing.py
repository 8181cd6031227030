"""A network out of a file into a project: draft, who is who, taking over, taking back."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Update, delete, select, update
from sqlalchemy.orm import Session

from core.errors import FormUsedTwice, Refusal, message
from core.models import insert_once, insert_unless_there
from networks.exchange.matching import Preview
from networks.exchange.plain import PlainNetwork, PlainNode, PlainTie
from networks.models import NetworkImport, RecordedTie, Source
from people.columns import Words
from people.models import Organisation, Project, Sector
from people.naming import registered
from people.register import Entry, add_organisations, remove_all
from surveys.models import Invitation, Response

MOST = 1_000  # organisations in one import
KEPT = timedelta(hours=24)
OUT, NEW = "", "new"  # what may become of a node, beside the code of an organisation


class TooMany(Refusal):
    reason = message("At most 1,000 organisations can be taken over from one file.")


class NoTies(Refusal):
    reason = message("There are no ties in this file.")


class NoSector(Refusal):
    reason = message(
        "Please choose a sector for the new organisations of which it is not known."
    )


class Expired(Refusal):
    reason = message("This file was uploaded more than a day ago. Please choose it again.")


def begin(
    session: Session,
    project: Project,
    network: PlainNetwork,
    filename: str,
    seen: date,
    by: str,
    form_key: str,
    now: datetime,
) -> NetworkImport:
    """Keep a network for a day, until somebody says who is who.

    :raise NoTies: when nothing is in it
    :raise TooMany: when it is too large for a register
    :raise FormUsedTwice: when the same form brings another file
    """
    if not network.ties:
        raise NoTies
    if len(network.nodes) > MOST:
        raise TooMany
    forget_old(session, now)
    draft = insert_once(
        session, NetworkImport, project_id=project.id, filename=filename, form_key=form_key,
        seen=seen, by=by, created=now, network=asdict(network), added={},
    )  # fmt: skip
    if draft is None:
        earlier = select(NetworkImport).filter_by(project_id=project.id, form_key=form_key)
        draft = session.scalars(earlier).one()
        if draft.filename != filename or (not draft.taken and draft.network != asdict(network)):
            raise FormUsedTwice
    return draft


def forget_old(session: Session, now: datetime) -> None:
    """Forget the files of more than a day ago that nobody has taken over."""
    old = NetworkImport.created < now - KEPT
    session.execute(delete(NetworkImport).where(old, NetworkImport.taken.is_(None)))


def preview(session: Session, project: Project, draft: NetworkImport) -> Preview:
    """Say of every node of the file who it is; nothing is written.

    :raise Expired: when the file is not kept any more
    """
    if not draft.network:
        raise Expired
    return Preview(_network(draft.network), registered(session, project))


def take_over(
    session: Session,
    project: Project,
    draft: NetworkImport,
    chosen: Mapping[int, str],
    sector: str,
    words: Words,
    now: datetime,
) -> None:
    """Record the ties between those who are known or *chosen*; asking twice does it once.

    *chosen* says by the number of a node which organisation it is, or that it is new.

    :raise NoSector: when a new organisation has none, in the file or in *sector*
    :raise Expired: when the file is not kept any more
    """
    first = update(NetworkImport).filter_by(id=draft.id, taken=None).values(taken=now)
    if not session.scalar(first.returning(NetworkImport.id)):
        session.refresh(draft)
        return
    shown = preview(session, project, draft)
    organisations = {each.code: each.id for each in registered(session, project)}
    known = {line.node.id: line.organisation.id for line in shown.same if line.organisation}
    fresh = []
    for line in shown.open:
        choice = chosen.get(line.number, OUT)
        if choice == NEW and line.fits:
            fresh.append(line.node)
        elif choice in organisations:
            known[line.node.id] = organisations[choice]
    entries = [_entry(node, sector, words) for node in fresh]
    added = add_organisations(session, project, entries, now)
    known |= {node.id: each.id for node, each in zip(fresh, added, strict=True)}
    rows = _rows(shown, draft, known)
    ties = insert_unless_there(session, RecordedTie, rows)
    back = _brought_back(session, draft, rows)
    draft.taken, draft.network = now, {}
    draft.added = {
        "ties": [each.id for each in ties],
        "back": back,
        "organisations": [each.id for each in added],
        "out": len(shown.lines) - len(known),
        "there": len(rows) - len(ties) - len(back),
    }


def undo(session: Session, draft: NetworkImport, now: datetime) -> list[str]:
    """Take back exactly what an import added; return the codes of those who stay.

    An organisation stays when it was changed since, was asked or tied to others.
    """
    first = update(NetworkImport).filter_by(id=draft.id, undone=None)
    first = first.where(NetworkImport.taken.is_not(None)).values(undone=now)
    if not session.scalar(first.returning(NetworkImport.id)):
        return []
    ties, organisations = draft.added["ties"], draft.added["organisations"]
    for start in range(0, len(ties), 500):
        some = RecordedTie.id.in_(ties[start : start + 500])
        session.execute(delete(RecordedTie).where(some))
    session.execute(_ties_with(draft.added.get("back", [])).values(removed=now))
    staying = _in_use(session, organisations)
    remove_all(session, [each for each in organisations if each not in staying], now)
    session.refresh(draft)
    return sorted(staying.values())


def imports(session: Session, project: Project) -> list[NetworkImport]:
    """List what was taken over into the project, the latest first."""
    query = select(NetworkImport).filter_by(project_id=project.id)
    query = query.where(NetworkImport.taken.is_not(None))
    return list(session.scalars(query.order_by(NetworkImport.id.desc())))


def _rows(
    shown: Preview, draft: NetworkImport, known: Mapping[str, int]
) -> list[dict[str, object]]:
    """Return the ties to be recorded, one for each kind; between the same two, each once."""
    found: dict[tuple[object, ...], dict[str, object]] = {}
    for tie in shown.network.ties:
        ends = known.get(tie.source), known.get(tie.target)
        if None in ends or ends[0] == ends[1]:
            continue
        a, b = ends if tie.directed else sorted(ends)  # type: ignore[type-var]  # no None
        for kind in tie.kinds or ("",):
            row: dict[str, object] = {
                "project_id": draft.project_id, "source": Source.IMPORT, "a_id": a, "b_id": b,
                "about": draft.filename, "kind": kind[:60], "strength": shown.strength(tie),
                "is_directed": tie.directed, "seen": draft.seen, "by": draft.by,
            }  # fmt: skip
            found.setdefault((a, b, kind[:60]), row)
    return [*found.values()]


def _brought_back(
    session: Session, draft: NetworkImport, rows: Sequence[Mapping[str, object]]
) -> list[int]:
    """Let ties count again that an earlier import had brought and somebody removed."""
    query = select(RecordedTie).filter_by(
        project_id=draft.project_id, source=Source.IMPORT, about=draft.filename
    )
    wanted = {(row["a_id"], row["b_id"], row["kind"]) for row in rows}
    gone = session.scalars(query.where(RecordedTie.removed.is_not(None)))
    back = [each.id for each in gone if (each.a_id, each.b_id, each.kind) in wanted]
    session.execute(_ties_with(back).values(removed=None))
    return back


def _ties_with(numbers: Sequence[int]) -> Update:
    return update(RecordedTie).where(RecordedTie.id.in_(numbers))


def _entry(node: PlainNode, sector: str, words: Words) -> Entry:
    known = words.code("sector", node.sector) or sector
    if known not in [*Sector]:
        raise NoSector
    kind, locality = words.code("kind", node.kind), words.code("locality", node.locality)
    return Entry(node.name, Sector(known), kind=kind, locality=locality)


def _in_use(session: Session, organisations: Collection[int]) -> dict[int, str]:
    """Return those of whom there is more by now than an import said, with their codes."""
    found: dict[int, str] = {}
    numbers = [*organisations]
    for start in range(0, len(numbers), 500):
        some = numbers[start : start + 500]
        asked = select(Invitation.organisation_id)
        answered = select(Response.organisation_id).where(Response.organisation_id.is_not(None))
        tied = select(RecordedTie.a_id).union(select(RecordedTie.b_id))
        used = (
            (Organisation.version > 1)
            | Organisation.id.in_(asked)
            | Organisation.id.in_(answered)
            | Organisation.id.in_(tied)
        )
        query = select(Organisation.id, Organisation.code).where(
            Organisation.id.in_(some), Organisation.deleted.is_(None), used
        )
        found |= {each.id: each.code for each in session.execute(query)}
    return found


def _network(plain: Mapping[str, Any]) -> PlainNetwork:
    """Return what JSON made of a network."""
    return PlainNetwork(
        nodes=tuple(PlainNode(**each) for each in plain["nodes"]),
        ties=tuple(
            PlainTie(
                **{**each, **{name: tuple(each.get(name, ())) for name in ("kinds", "seen")}}
            )
            for each in plain["ties"]
        ),
        notes=tuple(plain["notes"]),
    )
