"""The network of one survey: its organisations, their ties and wishes, and who answered.

In the network stands who answered or was named. Who was asked, keeps silent and is named
by nobody is listed apart: nothing is known of them, not even that they stand alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Any

from sqlalchemy import String, cast, exists, select
from sqlalchemy.orm import Session

from core.languages import chain
from networks.nominations import Stranger, told_in
from networks.tying import State, Tie, Wish, tie
from people.models import Alias, Naming, Organisation, Project, Sector
from people.naming import AUDIENCES, display_name, entries_of, registered
from people.words import NAMELESS
from surveys.definition import Texts
from surveys.models import Invitation, Mention, Response, Subject, Survey, SurveyVersion

UNREGISTERED = {
    "de": "Weitere Organisation",
    "en": "Further organisation",
    "ar": "منظمة أخرى",
    "uk": "Інша організація",
    "ru": "Другая организация",
    "tr": "Diğer kuruluş",
    "prs": "سازمان دیگر",
}


@dataclass(frozen=True)
class Node:
    """What the network knows of an organisation."""

    code: str
    name: str
    short_name: str
    sector: str  # empty when nobody knows it
    kind: str = ""
    locality: str = ""
    naming: str = Naming.TEAM  # who may see its name
    veils: Mapping[str, str] = field(default_factory=dict)  # what others see, by language
    answered: bool = False
    registered: bool = True

    def is_named_for(self, audience: str) -> bool:
        """Tell whether *audience* may see its name, and what would give it away."""
        return AUDIENCES.index(Naming(audience)) <= AUDIENCES.index(Naming(self.naming))

    def called(self, audience: str, language: str) -> str:
        """Return the name, or "Organisation 17 (Träger)" for those who may not see it."""
        return self.name if self.is_named_for(audience) else self._veil(language)

    def called_shortly(self, audience: str, language: str) -> str:
        if self.is_named_for(audience):
            return self.short_name or self.name
        return self._veil(language).partition(" (")[0]

    def _veil(self, language: str) -> str:
        spoken = (language, *chain(language), "en")
        return next((self.veils[each] for each in spoken if each in self.veils), self.code)


@dataclass(frozen=True)
class Selection:
    """Which part of a network someone wants to see; empty means all."""

    sectors: tuple[str, ...] = ()
    kind: str = ""
    strength: int = 0  # at least
    confirmed: bool = False
    localities: tuple[str, ...] = ()  # see ``networks.egos.within``

    def __bool__(self) -> bool:
        return self != Selection()

    def shows(self, each: Tie) -> bool:
        """Tell whether a tie belongs to the selection, whatever its ends."""
        return (
            each.strength >= self.strength
            and (not self.kind or self.kind in each.kinds)
            and (not self.confirmed or each.state == State.CONFIRMED)
        )


@dataclass(frozen=True)
class Network:
    """What the responses to one survey add up to."""

    nodes: dict[str, Node]
    ties: list[Tie]
    wishes: list[Wish] = field(default_factory=list)
    silent: dict[str, Node] = field(default_factory=dict)
    asked: int = 0
    answered: int = 0
    kinds: Mapping[str, Texts] = field(default_factory=dict)

    def narrowed(self, selection: Selection) -> "Network":
        """Return the part that *selection* shows."""
        wanted = selection.sectors or tuple({node.sector for node in self.nodes.values()})
        nodes = {code: node for code, node in self.nodes.items() if node.sector in wanted}
        inside = [each for each in self.ties if each.a in nodes and each.b in nodes]
        return replace(
            self, nodes=nodes, ties=[each for each in inside if selection.shows(each)]
        )

    def ties_of(self, code: str) -> list[Tie]:
        """List the ties of one organisation, the strongest first."""
        ties = [each for each in self.ties if code in (each.a, each.b)]
        return sorted(ties, key=lambda each: (-each.strength, each.other(code)))


def waves(session: Session, project: Project) -> list[Survey]:
    """List the surveys of *project* that ask who works with whom, the newest first."""
    query = _asking_for_ties(project).order_by(Survey.created.desc(), Survey.id.desc())
    return list(session.scalars(query))


def has_waves(session: Session, project: Project) -> bool:
    """Tell whether the project has a survey that asks who works with whom."""
    return bool(session.scalar(select(_asking_for_ties(project).exists())))


def network_of(session: Session, survey: Survey) -> Network:
    """Read the network out of the leading responses to *survey*."""
    organisations = registered(session, _project_of(session, survey))
    told = told_in(session, survey, organisations)
    known = {each.code: _node(each, told.respondents) for each in organisations}
    strangers = {
        code: _stranger(stranger, number)
        for number, (code, stranger) in enumerate(sorted(told.strangers.items()), 1)
    }
    everyone = known | strangers
    ties = tie(told.nominations, told.respondents, everyone)
    present = told.respondents | {code for each in ties for code in (each.a, each.b)}
    asked = _asked(session, survey, organisations) | told.respondents
    return Network(
        nodes={code: node for code, node in everyone.items() if code in present},
        ties=ties,
        wishes=[w for w in told.wishes if w.target in everyone and w.source != w.target],
        silent={code: known[code] for code in sorted(asked - present)},
        asked=len(asked),
        answered=len(told.respondents),
        kinds=told.kinds,
    )


def state_of(session: Session, survey: Survey) -> str:
    """Return a digest of all that the network of *survey* is made of.

    Cheaper than reading the network, and independent of who remembers to count a version.
    """
    project, number = survey.project_id, survey.id
    columns = [c for c in Organisation.__table__.c if c.name not in ("details", "added")]
    responses = select(
        Response.id, Response.organisation_id, Response.submitted, Response.saved
    ).filter_by(survey_id=number, leading=True)
    asked = select(Invitation.organisation_id).filter_by(survey_id=number)
    versions = select(SurveyVersion.id, SurveyVersion.digest).filter_by(survey_id=number)
    aliases = select(Alias.id, Alias.organisation_id, Alias.name).filter_by(project_id=project)
    mentions = select(Mention.id, Mention.organisation_id).filter_by(survey_id=number)
    roster = select(*columns).where(Organisation.project_id == project)
    parts: list[Any] = [survey.id, survey.version]
    queries: list[Any] = [roster, aliases, responses, asked, versions, mentions]
    for query in queries:
        rows = session.execute(query.order_by(query.selected_columns[0]))
        parts.append([tuple(row) for row in rows])
    return sha256(repr(parts).encode()).hexdigest()


def _asking_for_ties(project: Project) -> Any:
    """Definitions are immutable JSON; looking for two words in them needs no reading."""
    text = cast(SurveyVersion.definition, String)
    asks = text.contains('"tie": "partner"') | text.contains('"register": "partners"')
    version = exists().where(SurveyVersion.survey_id == Survey.id, asks)
    return select(Survey).where(
        Survey.project_id == project.id,
        Survey.subject == Subject.ORGANISATIONS,
        Survey.deleted.is_(None),
        version,
    )


def _asked(session: Session, survey: Survey, organisations: list[Organisation]) -> set[str]:
    """Return the codes of those invited, or of the whole register when nobody was."""
    query = select(Invitation.organisation_id).filter_by(survey_id=survey.id)
    asked = set(session.scalars(query))
    everyone = {each.code for each in organisations}
    invited = {o.code for o in organisations if {e.id for e in entries_of(o)} & asked}
    return invited or everyone


def _node(organisation: Organisation, respondents: set[str]) -> Node:
    return Node(
        code=organisation.code,
        name=organisation.name,
        short_name=organisation.short_name,
        sector=organisation.sector,
        kind=organisation.kind,
        locality=organisation.locality,
        naming=organisation.naming,
        veils={code: display_name(organisation, Naming.PUBLIC, code) for code in NAMELESS},
        answered=organisation.code in respondents,
    )


def _stranger(stranger: Stranger, number: int) -> Node:
    name, sector = stranger.name, stranger.sector if stranger.sector in [*Sector] else ""
    veils = {code: f"{word} {number}" for code, word in UNREGISTERED.items()}
    return Node(stranger.code, name, name, sector, veils=veils, registered=False)


def _project_of(session: Session, survey: Survey) -> Project:
    return session.get_one(Project, survey.project_id)
