"""Telling the minutes in a language: headings, paragraphs and tables, for any format."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from core.errors import message
from people.words import SECTORS
from workshop.following.saying import OUTCOMES, STATES
from workshop.minutes.composing import Card, Decided, Minutes, Question, Vote, Wall
from workshop.models import Channel, Method
from workshop.voting.results import Place

CHANNELS: Mapping[str, str] = {
    Channel.OWN: message("on a device of their own"),
    Channel.HOSTED: message("at a table, through the device of its host"),
    Channel.PAPER: message("on paper ballots, typed by two people"),
    Channel.COUNTED: message("with dots on a paper wall, counted by hand"),
}
HASHES: Mapping[str, str] = {
    "options": message("Options"),
    "papers": message("Ballots"),
    "result": message("Result"),
}


class Tongue(Protocol):
    """A language in which the minutes are told."""

    def gettext(self, text: str, /, **values: object) -> str: ...
    def ngettext(self, one: str, many: str, number: int, /) -> str: ...
    def day(self, day: date | datetime, /) -> str: ...
    def share(self, share: float, /) -> str: ...


@dataclass(frozen=True)
class Heading:
    text: str
    level: int  # 1 to 3; the title is none of them


@dataclass(frozen=True)
class Paragraph:
    text: str
    is_quiet: bool = False


@dataclass(frozen=True)
class Points:
    """A list; each point has something strong, and more."""

    points: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Table:
    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    numbers: frozenset[int] = frozenset()  # the columns with figures
    name: str = ""


@dataclass(frozen=True)
class Picture:
    """The wall, drawn; its words for those who do not see it."""

    wall: Wall
    words: str


Block = Heading | Paragraph | Points | Table | Picture


def tell(minutes: Minutes, tongue: Tongue) -> Iterator[Block]:
    """Tell the minutes: decisions first, then results, all ideas, who came, what is open."""
    yield Paragraph(f"{tongue.day(minutes.day)} · {minutes.project}")
    yield Heading(tongue.gettext("Decisions"), 1)
    yield from _decisions(minutes, tongue)
    several = len(minutes.walls) > 1
    yield Heading(tongue.gettext("Results"), 1)
    for wall in minutes.walls:
        if several:
            yield Heading(wall.called, 2)
        if not wall.votes:
            yield Paragraph(tongue.gettext("There was no vote."))
        for vote in wall.votes:
            yield from _vote(vote, wall, tongue)
    yield Heading(tongue.gettext("All ideas"), 1)
    for wall in minutes.walls:
        for question in wall.questions:
            yield Heading(question.text, 2)
            yield from _question(question, tongue)
    yield Heading(tongue.gettext("Who took part"), 1)
    yield from _attendance(minutes, tongue)
    yield Heading(tongue.gettext("Open questions"), 1)
    if minutes.open_questions:
        yield Points([(question, "") for question in minutes.open_questions])
    else:
        yield Paragraph(tongue.gettext("No open questions were noted."))
    if minutes.ahead or minutes.contact:
        yield Heading(tongue.gettext("How it goes on"), 1)
        yield from (Paragraph(line) for line in minutes.ahead.splitlines())
        if minutes.contact:
            yield Paragraph(tongue.gettext("Ask: %(contact)s", contact=minutes.contact))
    yield Heading(tongue.gettext("The wall"), 1)
    for wall in minutes.walls:
        cards = tongue.ngettext("%(num)s card", "%(num)s cards", len(wall.cards))
        words = tongue.gettext("The wall as it hung in the end: %(cards)s.", cards=cards)
        yield Picture(wall, words)
    if any(wall.votes for wall in minutes.walls):
        yield Heading(tongue.gettext("To count again"), 1)
        yield from _checksums(minutes, tongue)
    if minutes.funding:
        yield Paragraph(minutes.funding, is_quiet=True)


def _decisions(minutes: Minutes, tongue: Tongue) -> Iterator[Block]:
    if not minutes.decided:
        yield Paragraph(tongue.gettext("Nothing has been decided yet."))
        return
    head = (
        tongue.gettext("Idea"),
        tongue.gettext("Decision"),
        tongue.gettext("Taken on by"),
        tongue.gettext("What has become of it"),
    )
    rows = [
        (card.title, *_decision(card.decided, tongue))
        for card in minutes.decided
        if card.decided
    ]
    used = [n for n in range(len(head)) if n < 2 or any(row[n] for row in rows)]
    yield Table(
        [head[n] for n in used],
        [[row[n] for n in used] for row in rows],
        name=tongue.gettext("Decisions"),
    )


def _decision(decided: Decided, tongue: Tongue) -> tuple[str, str, str]:
    outcome = tongue.gettext(OUTCOMES[decided.outcome])
    said = f"{outcome}: {decided.partner}" if decided.partner else outcome
    due = tongue.gettext("by %(day)s", day=tongue.day(decided.due)) if decided.due else ""
    state = ""
    if decided.notes:
        newest = decided.notes[0]
        step = tongue.gettext(STATES[newest.state])
        state = f"{step}, {tongue.day(newest.day)}: {newest.text}"
    return (
        f"{said}. {decided.reason}" if decided.reason else said,
        ", ".join(part for part in (decided.owner, due) if part),
        state,
    )


def _vote(vote: Vote, wall: Wall, tongue: Tongue) -> Iterator[Block]:
    if len(wall.votes) > 1:
        yield Heading(tongue.gettext("Vote %(number)s", number=vote.number), 2)
    yield Paragraph(tongue.gettext(vote.rule.text, **vote.rule.values))
    people = tongue.ngettext("%(num)s person voted.", "%(num)s people voted.", vote.people)
    ways = "; ".join(
        f"{number} {tongue.gettext(CHANNELS[channel])}"
        for channel, number in vote.channels.items()
    )
    hidden = tongue.gettext("Nobody saw before the count what others chose.")
    secret = tongue.gettext("The vote was secret.") if vote.is_secret else ""
    said = f"{people} ({ways}.) {hidden} {secret}" if ways else f"{people} {hidden} {secret}"
    yield Paragraph(said.strip())
    covered, counted = vote.coverage
    if counted:
        share = tongue.share(covered / counted)
        text = tongue.gettext(
            "%(share)s have at least one of their ideas among the chosen ones.", share=share
        )
        by_sector = "; ".join(
            f"{tongue.gettext(SECTORS[sector])}: {tongue.share(some / every)}"
            for sector, (some, every) in vote.sectors.items()
        )
        yield Paragraph(f"{text} {by_sector}".strip())
    for equals in vote.lots:
        text = tongue.gettext(
            "These were equal, so the lot decided, drawn from the checksum of all ballots: "
            "%(ideas)s.",
            ideas=", ".join(equals),
        )
        yield Paragraph(text)
    yield _result(vote, tongue)


def _result(vote: Vote, tongue: Tongue) -> Table:
    is_opinion = vote.method == Method.OPINION
    head = [tongue.gettext("Rank"), tongue.gettext("Idea")]
    if is_opinion:
        head += [tongue.gettext("Agree"), tongue.gettext("Disagree")]
    else:
        head += [tongue.gettext("Points"), tongue.gettext("People")]
    chosen = tongue.gettext("chosen")

    def row(place: Place) -> list[str]:
        figures = (place.voters, place.against) if is_opinion else (place.points, place.voters)
        last = chosen if place.wins else ""
        return [str(place.rank), place.option.title, *map(str, figures), last]

    rows = [row(place) for place in vote.places]
    name = tongue.gettext("Result")
    return Table([*head, name], rows, frozenset({0, 2, 3}), name)


def _question(question: Question, tongue: Tongue) -> Iterator[Block]:
    if not question.cards:
        yield Paragraph(tongue.gettext("No cards."))
    clusters = list(dict.fromkeys(card.cluster for card in question.cards))
    for cluster in clusters:
        if cluster:
            yield Heading(cluster, 3)
        elif len(clusters) > 1:
            yield Heading(tongue.gettext("In no cluster"), 3)
        own = [card for card in question.cards if card.cluster == cluster]
        yield Points([(card.title, _more(card, tongue)) for card in own])


def _more(card: Card, tongue: Tongue) -> str:
    merged = tongue.gettext("merged with: %(titles)s", titles=", ".join(card.merged))
    source = tongue.gettext("Source: %(source)s", source=card.source)
    parts = [card.text, card.author and f"({card.author})"]
    parts += [f"[{merged}]"] if card.merged else []
    parts += [f"[{source}]"] if card.source else []
    return " ".join(part for part in parts if part)


def _attendance(minutes: Minutes, tongue: Tongue) -> Iterator[Block]:
    people = tongue.ngettext(
        "%(num)s person took part.", "%(num)s people took part.", minutes.people
    )
    ways = "; ".join(
        f"{number} {tongue.gettext(CHANNELS[channel])}"
        for channel, number in minutes.channels.items()
    )
    yield Paragraph(f"{people} {ways}" + ("." if ways else ""))
    if minutes.sectors:
        rows = [
            (tongue.gettext(SECTORS[sector]), str(number))
            for sector, number in minutes.sectors.items()
        ]
        head = tongue.gettext("Sector"), tongue.gettext("People")
        yield Table(head, rows, frozenset({1}), tongue.gettext("Sector"))
        yield Paragraph(
            tongue.gettext("Groups of fewer than five people are not listed."), True
        )


def _checksums(minutes: Minutes, tongue: Tongue) -> Iterator[Block]:
    yield Paragraph(
        tongue.gettext(
            "Options, ballots and result of each vote have a checksum (SHA-256). Whoever has "
            "the list of ballots can count again with docs/recount.py and compare."
        )
    )
    several = len(minutes.walls) > 1
    rows = [
        (
            f"{wall.called if several else ''} {vote.number}".strip(),
            tongue.gettext(HASHES[name]),
            checksum,
        )
        for wall in minutes.walls
        for vote in wall.votes
        for name, checksum in vote.checksums.items()
    ]
    head = tongue.gettext("Vote"), tongue.gettext("Of what"), tongue.gettext("Checksum")
    yield Table(head, rows, name=tongue.gettext("Checksum"))
