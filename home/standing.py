"""Where a project stands: what is there, what is under way, and what to do next."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from core.keys import Keyring
from networks.network import Network, network_of, waves
from people import balancing
from people.balancing import Share
from people.models import Naming, Organisation, Project
from surveys.fieldwork import inviting
from surveys.fieldwork.inviting import Step
from surveys.models import State, Subject, Survey
from surveys.responses import clearing
from workshop.models import Idea, Workshop
from workshop.moving import AFTER


@dataclass(frozen=True)
class Turnout:
    """How many were invited to a survey, and how many have answered it."""

    invited: int
    answered: int

    @property
    def missing(self) -> int:
        return self.invited - self.answered


class Standing:
    """A project at a moment; each figure is counted when it is first asked for."""

    def __init__(
        self,
        session: Session,
        keys: Keyring,
        project: Project,
        audience: Naming = Naming.TEAM,
    ) -> None:
        self._session, self._keys, self._project = session, keys, project
        self._audience = audience

    @cached_property
    def organisations(self) -> int:
        query = select(func.count(Organisation.id))
        return self._count(query.filter_by(project_id=self._project.id, deleted=None))

    @cached_property
    def survey(self) -> Survey | None:
        """The newest survey of organisations, an open one before all others."""
        query = select(Survey).filter_by(
            project_id=self._project.id, subject=Subject.ORGANISATIONS, deleted=None
        )
        found = self._session.scalars(query.order_by(Survey.created.desc(), Survey.id.desc()))
        return max(found.all(), key=lambda each: each.state == State.OPEN, default=None)

    @cached_property
    def turnout(self) -> Turnout:
        """How the survey is going; nobody is invited to none."""
        if not self.survey:
            return Turnout(0, 0)
        steps = [each.step for each in inviting.invited(self._session, self.survey)]
        return Turnout(len(steps), steps.count(Step.ANSWERED))

    @cached_property
    def network(self) -> Network | None:
        """The network of the newest wave that somebody has answered."""
        networks = (
            network_of(self._session, self._keys, each)
            for each in waves(self._session, self._project)
        )
        found = next((network for network in networks if network.answered), None)
        return found.for_audience(self._audience) if found else None

    @cached_property
    def workshop(self) -> Workshop | None:
        """The newest workshop."""
        query = select(Workshop).filter_by(project_id=self._project.id)
        return self._session.scalar(query.order_by(Workshop.created.desc()).limit(1))

    @cached_property
    def ideas(self) -> int:
        """How many cards hang in the newest workshop."""
        if not self.workshop:
            return 0
        query = select(func.count(Idea.id)).filter_by(taken_down=False)
        return self._count(query.filter_by(board_id=self.workshop.board.id))

    @cached_property
    def names_waiting(self) -> int:
        """How many names of partners wait for somebody to say who is meant."""
        return len(clearing.waiting(self._session, self._project))

    @cached_property
    def balance(self) -> Sequence[Share]:
        return balancing.balance(self._session, self._project)

    @property
    def now(self) -> int:
        """The number of the step that is next, from 1; 5 when all have been taken."""
        held = self.workshop and self.workshop.board.phase in AFTER
        done = (self.organisations, self.turnout.answered, self.network, held)
        return next((number for number, each in enumerate(done, 1) if not each), 5)

    def _count(self, query: Select[int]) -> int:
        return self._session.scalar(query) or 0
