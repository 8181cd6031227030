"""Composing the minutes: all that is in them, once, in no language and no format.

They leave the team, so organisations bear their names only where they agreed to it, people
stand in them where the board shows names, and small groups are not told of.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from people.models import Organisation
from workshop.counting import outcome
from workshop.following.deciding import decisions
from workshop.following.following import notes, outlook_of
from workshop.following.models import Decision
from workshop.models import Board, Channel, Cluster, Idea, Participant, Workshop
from workshop.posting import ideas_on
from workshop.rules.coverage import FEWEST
from workshop.voting.models import Round
from workshop.voting.opening import counted_rounds, key_of
from workshop.voting.results import Place
from workshop.voting.saying import Said, rule_of

Called = Callable[[Organisation], str]


@dataclass(frozen=True)
class Note:
    state: str
    text: str
    day: date


@dataclass(frozen=True)
class Decided:
    """What is decided on an idea, and what has become of it; the newest note first."""

    outcome: str
    reason: str
    partner: str
    owner: str
    due: date | None
    notes: Sequence[Note]


@dataclass(frozen=True)
class Card:
    """An idea as it hangs in the end; those merged into it belong to it."""

    key: str
    title: str
    text: str
    author: str
    source: str
    cluster: str
    merged: Sequence[str]
    decided: Decided | None


@dataclass(frozen=True)
class Question:
    """A question with the cards for it, cluster by cluster."""

    text: str
    colour: int  # 0 to 3
    cards: Sequence[Card]


@dataclass(frozen=True)
class Vote:
    """A counted round with what anyone needs to count it again."""

    number: int
    rule: Said
    opened: datetime
    is_secret: bool
    method: str
    people: int
    channels: Mapping[str, int]
    coverage: tuple[int, int]  # people with at least one of their choices, and people
    sectors: Mapping[str, tuple[int, int]]
    lots: Sequence[Sequence[str]]  # groups of equals, by their titles
    places: Sequence[Place]
    checksums: Mapping[str, str]


@dataclass(frozen=True)
class Wall:
    """A board with its questions and its votes."""

    title: str
    questions: Sequence[Question]
    votes: Sequence[Vote]

    @property
    def called(self) -> str:
        """Its title, or else its first question."""
        return self.title or (self.questions[0].text if self.questions else "")

    @property
    def cards(self) -> list[Card]:
        """All cards in the order of the last result, then as they hang."""
        hanging = {c.key: c for question in self.questions for c in question.cards}
        voted = [p.option.key for p in self.votes[-1].places] if self.votes else []
        order = [key for key in voted if key in hanging]
        return [hanging[key] for key in dict.fromkeys([*order, *hanging])]


@dataclass(frozen=True)
class Minutes:
    """All that is in the minutes of a workshop."""

    title: str
    slug: str
    project: str
    day: datetime
    people: int
    channels: Mapping[str, int]
    sectors: Mapping[str, int]  # of five people or more
    walls: Sequence[Wall]
    ahead: str
    contact: str
    open_questions: Sequence[str]
    funding: str

    @property
    def decided(self) -> list[Card]:
        """The cards on which something is decided: what is done first, refused last."""
        order = ("adopted", "merged", "later", "no")
        cards = [c for wall in self.walls for c in wall.cards if c.decided]
        return sorted(cards, key=lambda c: order.index(c.decided.outcome) if c.decided else 9)


def compose(
    session: Session, workshop: Workshop, project: str, called: Called, funding: str = ""
) -> Minutes:
    """Compose the minutes of *workshop*; *called* names organisations for everyone."""
    outlook, channels = outlook_of(session, workshop), _channels(session, workshop)
    return Minutes(
        title=workshop.title,
        slug=workshop.slug,
        project=project,
        day=_held(session, workshop),
        people=sum(channels.values()),
        channels=channels,
        sectors=attendance(session, workshop),
        walls=[_wall(session, board, called) for board in workshop.boards],
        ahead=outlook.ahead,
        contact=outlook.contact,
        open_questions=outlook.questions.splitlines(),
        funding=funding,
    )


def attendance(session: Session, workshop: Workshop) -> dict[str, int]:
    """Count who came by sector; groups of fewer than five are not told of.

    Nor is one more of them, where the rest of all could be worked out to be so few.
    """
    here = select(Participant.sector, func.count()).filter_by(workshop_id=workshop.id)
    sizes = {str(s or ""): n for s, n in session.execute(here.group_by(Participant.sector))}
    return hide_few(Counter({s: n for s, n in sizes.items() if s}), sum(sizes.values()))


def hide_few(sizes: Counter[str], people: int) -> dict[str, int]:
    """Leave out groups of fewer than five, and the smallest other one where few are left."""
    shown = [group for group, size in sizes.most_common() if size >= FEWEST]
    if shown and 0 < people - sum(sizes[group] for group in shown) < FEWEST:
        shown.pop()
    return {group: sizes[group] for group in sorted(shown)}


def _held(session: Session, workshop: Workshop) -> datetime:
    """Return when the last of all came in, or when it was prepared if nobody has yet."""
    last = select(Participant.joined).filter_by(workshop_id=workshop.id)
    return session.scalar(last.order_by(Participant.joined.desc()).limit(1)) or workshop.created


def _channels(session: Session, workshop: Workshop) -> dict[str, int]:
    """Count who came by which way: paper and walls tell of those who have no seat."""
    ways = select(Participant.channel, func.count()).filter_by(workshop_id=workshop.id)
    found = dict(session.execute(ways.group_by(Participant.channel)).all())
    rounds = [r for board in workshop.boards for r in counted_rounds(session, board)]
    for channel in (Channel.PAPER, Channel.COUNTED):
        voted = [r.result["channels"].get(channel, 0) for r in rounds if r.result]
        if most := max(voted, default=0):
            found[channel] = most
    return {str(channel): found[channel] for channel in Channel if channel in found}


def _wall(session: Session, board: Board, called: Called) -> Wall:
    ideas = ideas_on(session, board)
    decided = _decided(session, ideas, called)
    clusters = _clusters(session, board)
    places = {number: place for place, number in enumerate(clusters)}
    merged = _merged(session, board)
    questions = []
    for challenge in board.challenges:
        own = [idea for idea in ideas if idea.challenge_id == challenge.id]
        own.sort(key=lambda idea: (places.get(idea.cluster_id or 0, len(places)), idea.id))
        cards = [
            Card(
                key=key_of(idea),
                title=idea.title,
                text=idea.text,
                author=idea.signature,
                source=idea.source,
                cluster=clusters.get(idea.cluster_id or 0, ""),
                merged=merged.get(idea.id, []),
                decided=decided.get(idea.id),
            )
            for idea in own
        ]
        questions.append(Question(challenge.question, challenge.position % 4, cards))
    votes = [_vote(session, board, each) for each in counted_rounds(session, board)]
    return Wall(board.title, questions, votes)


def _clusters(session: Session, board: Board) -> dict[int, str]:
    """Return the titles of the clusters of *board* by their numbers, in their order."""
    found = select(Cluster.id, Cluster.title).filter_by(board_id=board.id)
    return dict(session.execute(found.order_by(Cluster.position, Cluster.id)).all())


def _merged(session: Session, board: Board) -> dict[int, list[str]]:
    """Return the titles of what was merged into ideas, by their numbers."""
    found = select(Idea).filter_by(board_id=board.id, taken_down=False).order_by(Idea.id)
    ideas = {idea.id: idea for idea in session.scalars(found)}
    titles: dict[int, list[str]] = {}
    for idea in ideas.values():
        into = idea.merged_into_id
        while into and ideas.get(into) and ideas[into].merged_into_id:
            into = ideas[into].merged_into_id
        if into:
            titles.setdefault(into, []).append(idea.title)
    return titles


def _decided(session: Session, ideas: Sequence[Idea], called: Called) -> dict[int, Decided]:
    numbers = [idea.id for idea in ideas]
    told = notes(session, numbers)

    def said(decision: Decision) -> Decided:
        return Decided(
            outcome=str(decision.outcome),
            reason=decision.reason,
            partner=decision.partner.title if decision.partner else "",
            owner=called(decision.owner) if decision.owner else "",
            due=decision.due,
            notes=[
                Note(str(each.state), each.text, each.day)
                for each in told.get(decision.idea_id, [])
            ],
        )

    return {number: said(each) for number, each in decisions(session, numbers).items()}


def _vote(session: Session, board: Board, round: Round) -> Vote:
    result: Mapping[str, Any] = round.result or {}
    titles = {option["key"]: option["title"] for option in round.options}
    covered, counted = result["coverage"]["all"]
    sectors = result["coverage"]["sectors"]
    return Vote(
        number=round.number,
        rule=rule_of(round),
        opened=round.opened,
        is_secret=round.is_secret,
        method=str(round.method),
        people=result["people"],
        channels=result["channels"],
        coverage=(covered, counted),
        sectors={sector: (some, all_) for sector, (some, all_) in sectors.items()},
        lots=[[titles[key] for key in equals] for equals in result["lots"]],
        places=outcome(session, board, round),
        checksums={
            "options": round.options_hash,
            "papers": result["papers_hash"],
            "result": round.result_hash or "",
        },
    )
