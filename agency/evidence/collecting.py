"""What there is to cite, kind by kind, in words that the audience may read.

Nothing is copied: who takes a name, a quote or an answer back takes it out of every
document that cites it. So of what is gone no word is left.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from agency import planning
from agency.evidence.models import OwnSource
from agency.evidence.references import Evidence, Kind, Reference, State
from core.clock import ZONE
from networks.models import Fate, Finding, Reply, Say
from networks.releasing import has_moved
from networks.wording import plain
from people.listings.models import Listing
from people.models import Naming, Organisation, Project, Side
from people.naming import display_name, is_named_for
from people.terms.keeping import taxonomy_of
from surveys.interviews.listing import Marked, passages
from surveys.interviews.quoting import Quotable
from surveys.models import Survey
from surveys.reporting.models import Frozen
from workshop.counting import outcome
from workshop.following.deciding import decisions
from workshop.models import Board, Idea
from workshop.voting.models import Round
from workshop.voting.results import FEWEST

AHEAD = 3  # so many options of a vote are told
LONGEST = 240  # characters of a quote in a list
Keys = Collection[str] | None  # those wanted, or all
FiguresToday = Callable[[Survey], Mapping[str, Mapping[str, Any]]]


@dataclass(frozen=True)
class Reader:
    """Who reads, of which project: the team, the network around it, or everyone."""

    session: Session
    project: Project
    audience: Naming
    language: str = "de"
    today: date | None = None  # for who asks what is open now
    figures: FiguresToday | None = None  # of a network, for who asks what has moved since

    @property
    def is_team(self) -> bool:
        return self.audience == Naming.TEAM

    def term(self, code: str) -> str:
        """Return what a term is called."""
        return taxonomy_of(self.session, self.project.id).label(code, self.language)

    def called(self, organisation: Organisation) -> str:
        return display_name(organisation, self.audience, self.language)


def _gaps(reader: Reader, keys: Keys) -> Iterator[Evidence]:
    query = select(Listing).filter_by(
        project_id=reader.project.id, side=Side.NEED, deleted=None
    )
    query = query.options(joinedload(Listing.organisation)).order_by(Listing.number)
    keys = _open(reader) if keys is None else keys
    for each in reader.session.scalars(query):
        if keys is None or each.code in keys:
            said = each.title, each.term, each.quantity, each.german, each.locality
            yield Evidence(
                _reference(Kind.GAP, each.code, *said),
                f"{each.code} {_need(reader, each)}",
                each.at.astimezone(ZONE).date(),
                ("needs.gap", {"need_id": each.id}),
            )


def _open(reader: Reader) -> Keys:
    """Return the needs of which some find nothing; all where nobody asks for a day."""
    if reader.today is None:
        return None
    plans = planning.plans_of(reader.session, reader.project, reader.today).values()
    unmet = {gap.need.code for plan in plans if plan.found for gap in plan.gaps}
    return unmet | {need.code for plan in plans if not plan.found for need in plan.needs}


def _need(reader: Reader, need: Listing) -> str:
    """Return what a need is called; the words of an organisation may give it away."""
    owner = need.organisation
    if owner and not is_named_for(owner, reader.audience):
        return reader.term(need.term)
    return need.title


def _figures(reader: Reader, keys: Keys) -> Iterator[Evidence]:
    query = select(Frozen).filter_by(project_id=reader.project.id, withdrawn=None)
    query = query if keys is None else query.where(Frozen.code.in_(keys))
    for each in reader.session.scalars(query.order_by(Frozen.at.desc(), Frozen.id.desc())):
        yield Evidence(
            _reference(Kind.FIGURE, each.code, each.digest),
            f"{each.title} ({each.code})",
            each.at.astimezone(ZONE).date(),
            ("frozen.one", {"code": each.code}),
            ("cited.cited", {"code": each.code}) if each.is_public else None,
        )


def _findings(reader: Reader, keys: Keys) -> Iterator[Evidence]:
    query = select(Finding, Survey).join(Survey, Finding.survey_id == Survey.id)
    query = query.where(Finding.project_id == reader.project.id, Finding.fate == Fate.RELEASED)
    found = reader.session.execute(query.order_by(Finding.at.desc(), Finding.id)).all()
    everyone = select(Organisation).filter_by(project_id=reader.project.id)
    names = {each.code: reader.called(each) for each in reader.session.scalars(everyone)}
    today: dict[int, Mapping[str, Mapping[str, Any]]] = {}  # by survey
    for finding, survey in found:
        key = f"{survey.slug}/{finding.key}"
        if keys is not None and key not in keys:
            continue
        reference = _reference(Kind.FINDING, key, finding.words)
        if not reader.is_team and _is_hidden_since(reader.session, finding):
            yield Evidence(reference, state=State.HIDDEN)
            continue
        words = finding.words.get(reader.language) or finding.words["de"]
        place = ("networks.network", {"slug": survey.slug})
        if survey.id not in today and reader.figures:
            today[survey.id] = reader.figures(survey)
        moved = survey.id in today and has_moved(finding, today[survey.id])
        yield Evidence(
            reference,
            plain(words.partition("\n")[0], lambda code: names.get(code, code)),
            finding.at.astimezone(ZONE).date(),
            place,
            state=State.CHANGED if moved else State.THERE,
        )


def _is_hidden_since(session: Session, finding: Finding) -> bool:
    """Tell whether somebody has hidden a tie of that network after the finding was released."""
    hidden = select(Reply.id).where(
        Reply.survey_id == finding.survey_id, Reply.says != Say.SHOW, Reply.at > finding.at
    )
    return session.scalar(hidden.limit(1)) is not None


def _votes(reader: Reader, keys: Keys) -> Iterator[Evidence]:
    query = select(Round).filter_by(project_id=reader.project.id)
    query = query.where(Round.closed.is_not(None), Round.papers.is_not(None))
    query = query.options(joinedload(Round.board).joinedload(Board.workshop))
    for each in reader.session.scalars(query.order_by(Round.closed.desc(), Round.id)).unique():
        if each.closed is None or (keys is not None and str(each.id) not in keys):
            continue
        place = ("workshops.minutes", {"slug": each.board.workshop.slug})
        yield Evidence(
            _reference(Kind.VOTE, str(each.id), each.result_hash, each.options_hash),
            f"{each.board.called}: {_outcome(reader.session, each)}",
            each.closed.astimezone(ZONE).date(),
            place,
        )


def _outcome(session: Session, round: Round) -> str:
    """Return what is ahead, with its points unless so few voted that they could be known."""
    first = [each for each in outcome(session, round.board, round) if each.option.title]
    few = sum(paper["people"] for paper in round.papers or ()) < FEWEST
    return ", ".join(
        each.option.title if few else f"{each.option.title} ({each.points})"
        for each in first[:AHEAD]
    )


def _ideas(reader: Reader, keys: Keys) -> Iterator[Evidence]:
    query = select(Idea).filter_by(
        project_id=reader.project.id, taken_down=False, is_waiting=False
    )
    if keys is not None:
        query = query.where(Idea.id.in_([int(key) for key in keys if key.isdecimal()]))
    query = query.options(joinedload(Idea.board).joinedload(Board.workshop))
    found = list(reader.session.scalars(query.order_by(Idea.id)).unique())
    decided = decisions(reader.session, (idea.id for idea in found))
    for each in sorted(found, key=lambda idea: idea.id not in decided):
        decision, slug = decided.get(each.id), each.board.workshop.slug
        place = ("workshops.course", {"slug": slug, "idea_id": each.id})
        yield Evidence(
            _reference(Kind.IDEA, str(each.id), each.title, each.text),
            each.title,
            decision.at.astimezone(ZONE).date() if decision else None,
            place,
        )


def _quotes(reader: Reader, keys: Keys) -> Iterator[Evidence]:
    told: set[tuple[str, int | None]] = set()  # a stretch marked as two things, once
    for each in passages(reader.session, reader.project.id):
        key, owner = str(each.passage.id), each.organisation
        whose = owner.id if owner else None
        if each.quotable != Quotable.YES or (keys is not None and key not in keys):
            continue
        if keys is None and (each.words, whose) in told:
            continue
        told.add((each.words, whose))
        yield Evidence(
            _reference(Kind.PASSAGE, key, each.words),
            _quote(reader, each),
            each.passage.at.astimezone(ZONE).date(),
            ("passages.index", {"term": each.passage.term, "_anchor": f"passage-{key}"}),
        )


def _quote(reader: Reader, marked: Marked) -> str:
    words = " ".join(marked.words.split())
    short = words if len(words) <= LONGEST else f"{words[: LONGEST - 1].rstrip()}…"
    owner = marked.organisation
    said = f"„{short}“" if reader.language == "de" else f"“{short}”"
    return f"{said} – {reader.called(owner)}" if owner else said


def _sources(reader: Reader, keys: Keys) -> Iterator[Evidence]:
    query = select(OwnSource).filter_by(project_id=reader.project.id, deleted=None)
    for each in reader.session.scalars(query.order_by(OwnSource.id.desc())):
        if keys is None or str(each.id) in keys:
            yield Evidence(
                _reference(Kind.SOURCE, str(each.id), each.title, each.link, each.text),
                f"{each.title}: {each.text}" if each.text else each.title,
                each.at.astimezone(ZONE).date(),
                link=each.link,
            )


def _reference(kind: Kind, key: str, *content: object) -> Reference:
    return Reference(kind, key, sha256(repr(content).encode()).hexdigest()[:16])


COLLECT: Mapping[Kind, Callable[[Reader, Keys], Iterator[Evidence]]] = {
    Kind.GAP: _gaps,
    Kind.FIGURE: _figures,
    Kind.FINDING: _findings,
    Kind.VOTE: _votes,
    Kind.IDEA: _ideas,
    Kind.PASSAGE: _quotes,
    Kind.SOURCE: _sources,
}
