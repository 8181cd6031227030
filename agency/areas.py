"""The areas of the agency's desk: each opens a page, and appears when its pages are loaded."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from people.models import Project


@dataclass(frozen=True)
class Area:
    """A part of the agency's work: where it stands, what it opens, and what it is for."""

    order: int
    endpoint: str
    label: str  # a message
    purpose: str  # a message: one sentence
    used: Callable[[Session, Project], bool]

    @property
    def blueprint(self) -> str:
        return self.endpoint.partition(".")[0]


AREAS: list[Area] = []


def add_area(area: Area) -> None:
    """Let the agency's desk offer *area*; its routes call this when they are loaded."""
    if area.endpoint not in {other.endpoint for other in AREAS}:
        AREAS.append(area)
        AREAS.sort(key=lambda each: each.order)


def any_used(session: Session, project: Project) -> bool:
    """Tell whether *project* uses any area of the agency."""
    return any(area.used(session, project) for area in AREAS)
