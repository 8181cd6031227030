"""Who should meet whom: suggestions, the agenda of the next meeting, and what came of it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from werkzeug.datastructures import MultiDict

from core import clock, web
from core.db import db
from core.forms import tidy
from networks import introducing, reasoning
from networks.models import Introduction, Stage
from networks.network import Node
from networks.roster import roster_of
from networks.routes.showing import Shown, desk, wave
from networks.routes.speaking import Spoken
from networks.staff_words import GROUNDS, STAGES
from networks.suggestion import Ground, Suggestion, Terms
from networks.wording import pieces
from people.current import current_project, current_staff, find, open_to
from people.models import Role, Sector
from people.naming import fold
from people.words import LOCALITIES
from surveys.models import Survey

FIRST, LONGEST = 10, 500
TASK_FORCE = open_to(Role.TASK_FORCE)


@dataclass(frozen=True)
class Pair:
    """Two who should meet, as the person asking may see them."""

    suggestion: Suggestion
    one: Node
    other: Node
    why: str  # with places for names, as what follows
    introducer: str
    introduction: Introduction | None = None


@dataclass(frozen=True)
class Wanted:
    """Which suggestions someone looks for."""

    q: str = ""
    sector: str = ""
    locality: str = ""
    ground: int = 0
    all: bool = False

    @classmethod
    def of(cls, args: MultiDict[str, str]) -> "Wanted":
        """Read an address; what means nothing is left out."""
        ground = args.get("ground", 0, int)
        return cls(
            q=tidy(args.get("q"))[:80],
            sector=next((each for each in Sector if each == args.get("sector")), ""),
            locality=next((each for each in LOCALITIES if each == args.get("locality")), ""),
            ground=ground if ground in [*Ground] else 0,
            all="all" in args,
        )

    def __bool__(self) -> bool:
        return bool(self.q or self.sector or self.locality or self.ground)

    def matches(self, suggestion: Suggestion, both: Iterable[Node], shown: Shown) -> bool:
        """Tell whether a pair is looked for; what the reader may not know finds nothing."""
        nodes = list(both)
        places = [node.locality for node in nodes if node.is_named_for(shown.audience)]
        return (
            self.ground in (0, suggestion.ground)
            and (not self.sector or any(node.sector == self.sector for node in nodes))
            and (not self.locality or self.locality in places)
            and any(fold(self.q) in fold(shown.called(node)) for node in nodes)
        )


@desk.get("/<slug>/introductions")
@TASK_FORCE
def introductions(slug: str) -> ResponseReturnValue:
    """The pairs that should meet, each with its reason."""
    shown, wanted = Shown(wave(slug)), Wanted.of(request.args)
    everyone, decided = shown.network.circle, _decided()
    found = [
        each
        for each in _suggested(shown, decided)
        if wanted.matches(each, (everyone[each.a], everyone[each.b]), shown)
    ]
    listed = found if wanted.all else found[:FIRST]
    aside = [each for each in decided if each.stage == Stage.NO]
    return render_template(
        "networks/introductions.html",
        wanted=wanted,
        pairs=[_pair(each, shown, everyone) for each in listed],
        matching=len(found),
        planned=sum(each.stage == Stage.PLANNED for each in decided),
        aside=_entries(shown, aside) if shown.frame()["is_team"] else [],
        localities=sorted({node.locality for node in everyone.values()} & {*LOCALITIES}),
        **_words(everyone),
        **shown.frame(),
    )


@desk.get("/<slug>/introductions/agenda")
@TASK_FORCE
def agenda(slug: str) -> ResponseReturnValue:
    """Who is to meet at the next network meeting, to print; and what came of it."""
    shown = Shown(wave(slug))
    entries = _entries(shown, [each for each in _decided() if each.stage != Stage.NO])
    return render_template(
        "networks/agenda.html",
        planned=[each for each in entries if _stage(each) == Stage.PLANNED],
        past=[each for each in entries if _stage(each) != Stage.PLANNED],
        longest=LONGEST,
        **_words(shown.network.circle),
        **shown.frame(),
    )


@desk.post("/<slug>/introductions")
def plan_introduction(slug: str) -> ResponseReturnValue:
    """Put a pair on the agenda of the next network meeting."""
    return _begin(wave(slug), Stage.PLANNED, gettext("This pair is on the agenda now."))


@desk.post("/<slug>/introductions/refusals")
def refuse_introduction(slug: str) -> ResponseReturnValue:
    """Set a pair aside: it is not suggested any more."""
    return _begin(wave(slug), Stage.NO, gettext("This pair is not suggested any more."))


@desk.post("/<slug>/introductions/<id:number>/removal")
def take_back_introduction(slug: str, number: int) -> ResponseReturnValue:
    """Take back that a pair was put on the agenda, or set aside."""
    survey, introduction = wave(slug), find(Introduction, id=number)

    introducing.take_back(db.session, introduction, clock.now())
    db.session.commit()
    page = url_for(".introductions", slug=survey.slug)
    return web.back(page, gettext("Taken back. This pair is suggested as before."))


@desk.post("/<slug>/introductions/<id:number>/outcome")
def note_outcome(slug: str, number: int) -> ResponseReturnValue:
    """Say what came of an introduction."""
    survey, introduction = wave(slug), find(Introduction, id=number)
    stage = next((each for each in Stage if each == request.form.get("stage")), None)
    if stage not in (*introducing.OUTCOMES, Stage.PLANNED):
        return web.refuse(422)

    outcome = tidy(request.form.get("outcome"))[:LONGEST]
    values = outcome, current_staff().called, clock.now()
    introducing.note_outcome(db.session, introduction, stage, *values)
    db.session.commit()
    page = url_for(".agenda", slug=survey.slug)
    undo = url_for(".take_back_outcome", slug=survey.slug, number=number)
    return web.back(page, gettext("Noted."), undo=undo)


@desk.post("/<slug>/introductions/<id:number>/outcome/removal")
def take_back_outcome(slug: str, number: int) -> ResponseReturnValue:
    """Put a pair back on the agenda, as if nothing had come of it yet."""
    survey, introduction = wave(slug), find(Introduction, id=number)

    values = Stage.PLANNED, "", current_staff().called, clock.now()
    introducing.note_outcome(db.session, introduction, *values)
    db.session.commit()
    page = url_for(".agenda", slug=survey.slug)
    return web.back(page, gettext("Taken back. The pair is on the agenda again."))


def first_pairs(shown: Shown) -> dict[str, Any]:
    """Return what the page of the network shows of all this."""
    everyone = shown.network.circle
    found = _suggested(shown, _decided())
    return {
        "first_pairs": [_pair(each, shown, everyone) for each in found[:3]],
        "suggested": len(found),
        **_words(everyone),
    }


def _begin(survey: Survey, stage: Stage, said: str) -> ResponseReturnValue:
    pair = request.form.get("a", ""), request.form.get("b", "")
    found = (each for each in _suggested(Shown(survey), []) if each.pair == pair)
    suggestion = next(found, None)
    if suggestion is None:
        raise introducing.NotSuggested

    values = suggestion, stage, current_staff().called, clock.now()
    made = introducing.begin(db.session, survey, *values)
    db.session.commit()
    undo = url_for(".take_back_introduction", slug=survey.slug, number=made.id)
    return web.back(url_for(".introductions", slug=survey.slug), said, undo=undo)


def suggestions(shown: Shown, terms: Terms) -> list[Suggestion]:
    """List all that is suggested in a network, whatever was decided of it."""
    from networks.suggesting import suggest  # noqa: PLC0415 - heavy

    told = tuple(terms.items())
    found: list[Suggestion] = shown.kept(
        lambda: suggest(shown.network, terms), "suggested", told
    )
    return found


def _suggested(shown: Shown, decided: Collection[Introduction]) -> list[Suggestion]:
    """List the suggestions of which nobody has decided yet."""
    terms = introducing.terms_of(db.session, current_project())
    code_of = roster_of(db.session, current_project()).code_of  # also of those merged since
    known = {frozenset(map(code_of.get, (each.a_id, each.b_id))) for each in decided}
    return [each for each in suggestions(shown, terms) if frozenset(each.pair) not in known]


def _decided() -> list[Introduction]:
    return introducing.introductions(db.session, current_project())


def _pair(
    suggestion: Suggestion,
    shown: Shown,
    nodes: dict[str, Node],
    introduction: Introduction | None = None,
) -> Pair:
    """Tell a pair to the person asking."""
    tongue, one, other = Spoken(shown.terms), nodes[suggestion.a], nodes[suggestion.b]
    sectors = {node.code: node.sector for node in (one, other)}

    def may(code: str) -> bool:
        return nodes[code].is_named_for(shown.audience)

    why = reasoning.reasons(suggestion, sectors, tongue, may)
    introducer = reasoning.introducer(suggestion, tongue)
    return Pair(suggestion, one, other, why, introducer, introduction)


def _entries(shown: Shown, introductions: list[Introduction]) -> list[Pair]:
    told = [reasoning.from_json(each.reason) for each in introductions]
    codes = {code for each in told for code in each.pair}
    everyone = shown.network.circle
    nodes = introducing.nodes_of(db.session, current_project(), codes - {*everyone}) | everyone
    tied = {tie.pair for tie in shown.network.ties}
    return [
        _pair(_as_tied(suggestion, tied), shown, nodes, introduction)
        for suggestion, introduction in zip(told, introductions, strict=True)
        if {*suggestion.pair} <= nodes.keys()
    ]


def _as_tied(suggestion: Suggestion, tied: Collection[tuple[str, str]]) -> Suggestion:
    """Leave out partners whose ties to both are not there any more, or not for this reader."""
    both = [
        code
        for code in suggestion.common
        if all((min(code, end), max(code, end)) in tied for end in suggestion.pair)
    ]
    return replace(suggestion, common=tuple(both))


def _stage(pair: Pair) -> Stage | None:
    return pair.introduction.stage if pair.introduction else None


def _words(everyone: dict[str, Node]) -> dict[str, Any]:
    return {"everyone": everyone, "pieces": pieces, "GROUNDS": GROUNDS, "STAGES": STAGES}
