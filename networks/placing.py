"""Keeping where organisations stand in the picture of a wave."""

from collections.abc import Mapping
from hashlib import sha256

import networkx as nx
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from core.models import insert_once
from networks.layout import Place, layout
from networks.models import Placement
from networks.moving import settle
from surveys.models import Survey


def places_in(
    session: Session, survey: Survey, graph: "nx.Graph[str]"
) -> dict[str, Place] | None:
    """Return where everyone stands, if just these ties were laid out already."""
    row = _kept(session, survey)
    return _read(row) if row and row.graph == _digest(graph) else None


def place(session: Session, survey: Survey, graph: "nx.Graph[str]") -> dict[str, Place]:
    """Let everyone stand somewhere, and keep it.

    Who stood already stays near their place; a new wave begins with those of the one before.
    """
    row = _kept(session, survey)
    before = _read(row or _earlier(session, survey))
    places = settle(graph, before) if before else layout(graph)
    kept = {code: list(at) for code, at in (before | places).items()}
    values = {"graph": _digest(graph), "places": kept}
    if row:  # of several that ask at once, one is first
        ours = Placement.survey_id == survey.id, Placement.graph == row.graph
        session.execute(update(Placement).where(*ours).values(values))
    else:
        known = {"project_id": survey.project_id, "survey_id": survey.id}
        insert_once(session, Placement, **known, **values)
    return places


def order_anew(session: Session, survey: Survey, graph: "nx.Graph[str]") -> None:
    """Forget where everyone stood, and lay out the picture from nothing."""
    places = {code: list(at) for code, at in layout(graph).items()}
    values = {"graph": _digest(graph), "places": places}
    known = {"project_id": survey.project_id, "survey_id": survey.id}
    if not insert_once(session, Placement, **known, **values):
        ours = Placement.survey_id == survey.id
        session.execute(update(Placement).where(ours).values(values))


def _kept(session: Session, survey: Survey) -> Placement | None:
    return session.scalar(select(Placement).filter_by(survey_id=survey.id))


def _earlier(session: Session, survey: Survey) -> Placement | None:
    """Return the places of the wave before."""
    query = select(Placement).join(Survey).filter(Survey.project_id == survey.project_id)
    query = query.where(Survey.created < survey.created, Survey.deleted.is_(None))
    return session.scalar(query.order_by(Survey.created.desc(), Survey.id.desc()).limit(1))


def _read(row: Placement | None) -> dict[str, Place]:
    found: Mapping[str, list[float]] = row.places if row else {}
    return {code: (x, y) for code, (x, y) in found.items()}


def _digest(graph: "nx.Graph[str]") -> str:
    ties = sorted(tuple(sorted(tie)) for tie in graph.edges)
    return sha256(repr((sorted(graph), ties)).encode()).hexdigest()
