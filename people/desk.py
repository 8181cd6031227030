"""The tabs of a project's pages; they appear as the project uses them."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from people.models import Project


@dataclass(frozen=True)
class Tab:
    """A tab: where it stands, what it opens, and whether the project uses it yet."""

    order: int
    endpoint: str
    label: str  # a message
    used: Callable[[Session, Project], bool] = lambda _session, _project: True


TABS: list[Tab] = []


def add_tab(tab: Tab) -> None:
    """Let the desk offer *tab*; contexts call this when their routes are loaded."""
    if tab.endpoint not in {other.endpoint for other in TABS}:
        TABS.append(tab)
        TABS.sort(key=lambda each: each.order)


def tabs_of(session: Session, project: Project) -> list[Tab]:
    """List the tabs that *project* uses."""
    return [tab for tab in TABS if tab.used(session, project)]
