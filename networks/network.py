"""The network of one survey: its organisations, their ties and wishes, and who answered.

In the network stands who answered or was named. Who was asked, keeps silent and is named
by nobody is listed apart: nothing is known of them, not even that they stand alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import String, cast, exists, select
from sqlalchemy.orm import Session

from core.keys import Keyring
from core.languages import chain
from networks.gathering import beside
from networks.nominations import Stranger, told_in
from networks.roster import Roster, roster_of
from networks.settling import counts, heed, settle, veiled
from networks.tying import State, Tie, Voice, Wish, tie
from people.models import Naming, Organisation, Project, Sector
from people.naming import AUDIENCES, display_name
from people.words import NAMELESS
from surveys.definition import Texts
from surveys.models import Invitation, Subject, Survey, SurveyVersion

ANSWERS, RECORDED, WISHES = "answers", "recorded", "wishes"  # the layers of a network
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
    layers: tuple[str, ...] = (ANSWERS,)

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
    """What the responses to one survey add up to.

    *ties* are what counts. *recorded* ties and wishes are layers of their own; *apart* are
    ties that count no more or not yet: rejected, denied, or named by an answer only that
    does not speak for its organisation.
    """

    nodes: dict[str, Node]
    ties: list[Tie]
    wishes: list[Wish] = field(default_factory=list)
    silent: dict[str, Node] = field(default_factory=dict)
    asked: int = 0
    answered: int = 0
    kinds: Mapping[str, Texts] = field(default_factory=dict)
    recorded: list[Tie] = field(default_factory=list)
    apart: list[Tie] = field(default_factory=list)
    others: dict[str, Node] = field(default_factory=dict)  # only in the other layers
    voices: Mapping[str, Voice] = field(default_factory=dict)
    roll: frozenset[str] = frozenset()  # who was asked
    unseen: frozenset[tuple[str, str]] = frozenset()  # whose tie is there, but not shown
    doubted: frozenset[str] = frozenset()  # whose tie does not count, and is not shown

    @property
    def circle(self) -> dict[str, Node]:
        """Who is in the picture, or was asked and keeps silent."""
        return self.nodes | self.silent

    @property
    def everyone(self) -> dict[str, Node]:
        """All that a page may tell of, also those in no tie that counts."""
        return self.others | self.circle

    @property
    def beside(self) -> set[tuple[str, str]]:
        """Return the pairs with a tie that stands in no graph: recorded, or not shown."""
        return {each.pair for each in self.recorded} | self.unseen

    def narrowed(self, selection: Selection) -> "Network":
        """Return the part that *selection* shows."""
        ties = self._layered(selection.layers)
        ends = sorted(code for each in ties for code in each.pair)
        present = self.nodes | {code: self.everyone[code] for code in ends}
        wanted = selection.sectors or tuple({node.sector for node in present.values()})
        nodes = {code: node for code, node in present.items() if node.sector in wanted}
        inside = [each for each in ties if each.a in nodes and each.b in nodes]
        return replace(
            self, nodes=nodes, ties=[each for each in inside if selection.shows(each)]
        )

    def for_audience(self, audience: str) -> "Network":
        """Return what *audience* may know: all of it for the team, others no hidden tie.

        Who is known by hidden ties only is not in the picture either. Figures of what is
        left go together.
        """
        if audience == Naming.TEAM:
            return self
        ties = [veiled(each, self.voices) for each in self.ties if not each.is_hidden]
        recorded = [veiled(each, self.voices) for each in self.recorded if not each.is_hidden]
        unseen = frozenset(e.pair for e in (*self.ties, *self.recorded) if e.is_hidden)
        doubted = frozenset(code for each in self.apart for code in each.pair)
        seen = {code for each in ties for code in each.pair}
        nodes = {c: node for c, node in self.nodes.items() if node.answered or c in seen}
        gone = {c: self.nodes[c] for c in self.nodes if c not in nodes}
        beyond = {code for each in recorded for code in each.pair}
        beyond |= {code for each in self.wishes for code in (each.source, each.target)}
        others = {c: node for c, node in (self.others | gone).items() if c in beyond}
        silent = self.silent | {c: node for c, node in gone.items() if c in self.roll}
        return replace(
            self, nodes=nodes, ties=ties, recorded=recorded, apart=[], others=others,
            silent=dict(sorted(silent.items())), voices={}, unseen=unseen, doubted=doubted,
        )  # fmt: skip

    def between(self, one: str, other: str) -> Tie | None:
        """Return the tie between two, if anybody ever spoke of one."""
        pair = min(one, other), max(one, other)
        known = (*self.ties, *self.apart, *self.recorded)
        return next((each for each in known if each.pair == pair), None)

    @property
    def doubtful(self) -> list[Tie]:
        """List the contradicted ties that wait for a facilitator, also those apart."""
        waiting = [e for e in (*self.ties, *self.apart) if e.state == State.CONTRADICTED]
        return sorted(waiting, key=lambda each: each.pair)

    def _layered(self, layers: tuple[str, ...]) -> list[Tie]:
        """Return the ties of some layers, of each pair the one of the first layer."""
        found: dict[tuple[str, str], Tie] = {}
        wished = (min((w.source, w.target), (w.target, w.source)) for w in self.wishes)
        offered = {
            ANSWERS: self.ties,
            RECORDED: self.recorded,
            WISHES: [Tie(a, b, State.WISHED) for a, b in sorted(set(wished))],
        }
        for layer, ties in offered.items():
            for each in ties if layer in layers else ():
                found.setdefault(each.pair, each)
        return list(found.values())

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


def network_of(session: Session, keys: Keyring, survey: Survey) -> Network:
    """Read the network out of the responses to *survey* and what is said beside them."""
    project = _project_of(session, survey)
    roster = roster_of(session, project)
    told = told_in(session, keys, survey, roster)
    extra = beside(session, survey, project, roster)
    known = {each.code: _node(each, told.respondents) for each in roster.organisations}
    everyone = known | _strangers(told.strangers)
    said = tie(told.nominations, told.respondents, everyone, told.voices)
    judged = heed(settle(said, extra.rulings), extra.words)
    seen = heed(extra.recorded, extra.words)
    ties = [each for each in judged if counts(each)]
    recorded = [each for each in seen if counts(each)]
    wishes = [
        w for w in told.wishes if {w.source, w.target} <= {*everyone} and w.source != w.target
    ]
    present = told.respondents | {code for each in ties for code in each.pair}
    roll = _asked(session, survey, roster) | told.respondents
    apart = [each for each in (*judged, *seen) if not counts(each)]
    beyond = {code for each in (*recorded, *apart) for code in each.pair}
    beyond |= {each.target for each in wishes}
    return Network(
        nodes={code: node for code, node in everyone.items() if code in present},
        ties=ties,
        wishes=wishes,
        silent={code: known[code] for code in sorted(roll - present)},
        asked=len(roll),
        answered=len(told.respondents),
        kinds=told.kinds,
        recorded=recorded,
        apart=apart,
        others={code: everyone[code] for code in sorted(beyond - present)},
        voices=told.voices,
        roll=frozenset(roll),
    )


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


def _asked(session: Session, survey: Survey, roster: Roster) -> set[str]:
    """Return the codes of those invited, or of the whole register when nobody was."""
    query = select(Invitation.organisation_id).filter_by(survey_id=survey.id)
    invited = {
        roster.code_of[each] for each in session.scalars(query) if each in roster.code_of
    }
    return invited or set(roster.kept)


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


def _strangers(named: Mapping[str, Stranger]) -> dict[str, Node]:
    """Count those who are not in the register, as they have no number of their own."""
    found = {}
    for number, (code, each) in enumerate(sorted(named.items()), 1):
        sector = each.sector if each.sector in [*Sector] else ""
        veils = {language: f"{word} {number}" for language, word in UNREGISTERED.items()}
        found[code] = Node(code, each.name, each.name, sector, veils=veils, registered=False)
    return found


def _project_of(session: Session, survey: Survey) -> Project:
    return session.get_one(Project, survey.project_id)
