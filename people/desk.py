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
    also: tuple[str, ...] = ()  # blueprints whose pages lie behind this tab, too

    @property
    def blueprints(self) -> tuple[str, ...]:
        return (self.endpoint.partition(".")[0], *self.also)


@dataclass(frozen=True)
class Step:
    """What a project does once its address list is in, such as a first test invitation."""

    order: int
    label: str  # a message
    address: Callable[[], str]  # nothing: not yet possible here


TABS: list[Tab] = []
AFTER_IMPORT: list[Step] = []


def add_tab(tab: Tab) -> None:
    """Let the desk offer *tab*; contexts call this when their routes are loaded."""
    if tab.endpoint not in {other.endpoint for other in TABS}:
        TABS.append(tab)
        TABS.sort(key=lambda each: each.order)


def add_step_after_import(step: Step) -> None:
    """Let the end of an import lead on to *step*; contexts call this like :func:`add_tab`."""
    if step not in AFTER_IMPORT:
        AFTER_IMPORT.append(step)
        AFTER_IMPORT.sort(key=lambda each: each.order)


def steps_after_import() -> list[tuple[str, str]]:
    """List address and label of what comes next for the project under way."""
    steps = [(step.address(), step.label) for step in AFTER_IMPORT]
    return [step for step in steps if step[0]]


def tabs_of(session: Session, project: Project) -> list[Tab]:
    """List the tabs that *project* uses."""
    return [tab for tab in TABS if tab.used(session, project)]
