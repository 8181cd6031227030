"""Where a project stands: what is there, what is under way, and what to do next."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from agency.cases import queueing
from agency.concepts.models import Concept
from agency.concepts.writing import concepts_of
from agency.funding import keeping as directory
from agency.funding import reminding
from agency.funding.reminding import Deadline
from agency.meetings import holding, noting
from agency.meetings.models import Kind, Meeting
from agency.ventures.reading import Dossier, dossiers
from core.keys import Keyring
from networks.network import Network, network_of, waves
from people import balancing
from people.balancing import Share
from people.listings.models import Listing
from people.models import Membership, Naming, Organisation, Project, Side
from surveys.fieldwork import inviting
from surveys.fieldwork.inviting import Step
from surveys.models import State, Subject, Survey
from surveys.responses import clearing
from workshop.models import Idea, Workshop
from workshop.moving import AFTER

AHEAD = timedelta(days=21)  # so far the overview looks


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
    def listings(self) -> Mapping[Side, int]:
        """How many needs are in the register, and how many offers."""
        query = select(Listing.side, func.count()).group_by(Listing.side)
        query = query.filter_by(project_id=self._project.id, deleted=None)
        counted = dict.fromkeys(Side, 0)
        for side, number in self._session.execute(query):
            counted[side] = number
        return counted

    @cached_property
    def concept(self) -> Concept | None:
        """The newest concept."""
        return next(iter(concepts_of(self._session, self._project)), None)

    @cached_property
    def ventures(self) -> Sequence[Dossier]:
        return dossiers(self._session, self._project)

    def jobs_filled(self, today: date) -> int:
        """Return how many jobs of ventures somebody holds on a day."""
        return sum(len(each.filled(today)) for each in self.ventures)

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

    def cases_for(self, member: Membership, now: datetime) -> int:
        """Return how many advice cases wait for the yes of *member*."""
        lines = queueing.queue(self._session, self._project, member, now)
        return len(queueing.for_me(lines, member))

    def overdue(self, today: date) -> int:
        """Return how many resolutions of meetings should be done by now."""
        found = noting.open_resolutions(self._session, self._project)
        return sum(each.due is not None and each.due < today for each in found)

    def next_meeting(self, now: datetime, kind: Kind | None = None) -> Meeting | None:
        """Return the next meeting of the days ahead, of one kind or of all."""
        found = holding.meetings(self._session, self._project, kind)
        ahead = [each for each in found if now <= holding.ends(each) < now + AHEAD]
        return ahead[-1] if ahead else None

    def deadlines(self, today: date) -> Sequence[Deadline]:
        """Return by when to apply for money during the days ahead."""
        known = directory.listed(self._session, self._project)
        return [e for e in reminding.deadlines(known, today) if e.day < today + AHEAD]

    @property
    def now(self) -> int:
        """The number of the step that is next, from 1; 8 when all have been taken."""
        held = self.workshop and self.workshop.board.phase in AFTER
        needs = self.listings[Side.NEED]
        asked = (self.organisations, self.turnout.answered, self.network, needs)
        done = (*asked, held, self.concept, self.ventures)
        return next((number for number, each in enumerate(done, 1) if not each), 8)

    def _count(self, query: Select[int]) -> int:
        return self._session.scalar(query) or 0
