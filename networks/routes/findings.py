"""Findings: drafts for the facilitators, and what they released for everyone."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from core import clock, web
from core.db import db
from networks import introducing, releasing, saying
from networks.models import Fate
from networks.releasing import RATE, Told
from networks.routes.introductions import suggestions
from networks.routes.showing import Shown, desk, wave
from networks.routes.speaking import Spoken, in_each
from networks.wording import pieces, plain
from people.current import current_staff
from people.models import Naming, Sector
from surveys.models import Survey

if TYPE_CHECKING:
    from networks.finding import Found

SMALL = 100  # organisations of whose silence it is quick to say what it could change


@dataclass(frozen=True)
class Read:
    """A finding as it is read: its words, how it was found, and where to look."""

    told: Told
    first: str  # with places for names, as the rest
    rest: str
    method: str
    limit: str
    rate: tuple[int, int]
    look: str = ""  # the address of the part of the picture it is about


@desk.get("/<slug>/findings")
def findings(slug: str) -> ResponseReturnValue:
    """All findings, to be released or dropped."""
    shown = Shown(wave(slug))
    if not shown.network.answered:
        return render_template("networks/empty.html", **shown.frame())
    read = findings_read(shown, with_ranges=True)
    return render_template("networks/findings.html", **read, **shown.frame())


@desk.post("/<slug>/findings")
def decide_findings(slug: str) -> ResponseReturnValue:
    """Release the findings that were ticked, in the words of today, or drop them."""
    shown = Shown(wave(slug))
    wanted = {*request.form.getlist("key")}
    fate = next((each for each in Fate if each == request.form.get("fate")), None)
    if fate is None:
        return web.refuse(422)
    drafts = {each.key: each for each in _found(shown, True) if each.key in wanted}
    if not drafts:
        page = url_for(".findings", slug=slug)
        return web.back(page, gettext("Please tick what you mean first."))

    told = {
        key: (in_each(_sentence(each), shown.terms), _figures(each, shown))
        for key, each in drafts.items()
    }
    releasing.decide(db.session, shown.survey, fate, told, current_staff().called, clock.now())
    db.session.commit()
    released = ngettext("%(num)d finding released.", "%(num)d findings released.", len(drafts))
    dropped = ngettext("%(num)d finding dropped.", "%(num)d findings dropped.", len(drafts))
    undo = url_for(".take_back_findings", slug=slug, key=sorted(drafts))
    said = released if fate == Fate.RELEASED else dropped
    return web.back(url_for(".findings", slug=slug), said, undo=undo)


@desk.post("/<slug>/findings/removal")
def take_back_findings(slug: str) -> ResponseReturnValue:
    """Make drafts again of findings that were released or dropped."""
    survey, keys = wave(slug), request.values.getlist("key")

    releasing.take_back(db.session, survey, keys)
    db.session.commit()
    page = url_for(".findings", slug=survey.slug)
    return web.back(page, gettext("Taken back. Only the team sees it now."))


def findings_read(shown: Shown, *, with_ranges: bool = False) -> dict[str, Any]:
    """Return the findings as the person asking may read them, the released ones first.

    Drafts of a small network have their ranges anyway; those of a large one make one wait.
    """
    is_team = shown.audience == Naming.TEAM
    is_small = len(shown.network.nodes) + len(shown.network.silent) <= SMALL
    told = _told(shown, with_ranges or (is_team and is_small))
    read = [_read(each, shown) for each in told]
    listed = [each for each in read if each.told.fate != Fate.DROPPED]
    return {
        "findings": listed if is_team else [e for e in listed if _is_read(e.told, shown)],
        "dropped": [each for each in read if each.told.fate == Fate.DROPPED] if is_team else [],
        "everyone": shown.network.circle,
        "pieces": pieces,
    }


def figures_today(survey: Survey) -> dict[str, dict[str, Any]]:
    """Return the figures of all findings of a network as the team finds them now, by key."""
    shown = Shown(survey, Naming.TEAM)
    return {each.key: _figures(each, shown) for each in _found(shown, False)}


def released_lines(shown: Shown, audience: Naming) -> list[str]:
    """Return the released findings as lines of text, with names that *audience* may see.

    They stand only as long as their figures are those that the audience finds, too: what
    somebody hides later is in none of them.
    """
    everyone, unknown = shown.network.circle, gettext("an organisation")

    def called(code: str) -> str:
        node = everyone.get(code)
        return node.called(audience, shown.language) if node else unknown

    released = [e for e in _told(shown, False) if e.fate == Fate.RELEASED and not e.has_changed]
    return [plain(each.words.replace("\n", " "), called) for each in released]


def _is_read(told: Told, shown: Shown) -> bool:
    """Tell whether others read a finding; with other figures only where no tie is hidden."""
    return told.fate == Fate.RELEASED and not (told.has_changed and shown.hides)


def _found(shown: Shown, with_ranges: bool) -> "Sequence[Found]":
    from networks.finding import find  # noqa: PLC0415 - heavy

    terms = introducing.terms_of(db.session, shown.project)

    def make() -> "Sequence[Found]":
        suggested = suggestions(shown, terms)
        return find(shown.analysis(), suggested, terms, with_ranges=with_ranges)

    found: Sequence[Found] = shown.kept(make, "found", tuple(terms.items()), with_ranges)
    return found


def _told(shown: Shown, with_ranges: bool) -> list[Told]:
    """Return the findings of today and what became of them."""
    drafts = [
        Told(each.key, _sentence(each)(Spoken(shown.terms)), _figures(each, shown))
        for each in _found(shown, with_ranges)
    ]
    decided = releasing.findings_of(db.session, shown.survey)
    joined = releasing.joined(drafts, decided, shown.language)
    return sorted(joined, key=lambda each: each.fate != Fate.RELEASED)


def _sentence(found: "Found") -> Any:
    return lambda tongue: saying.sentence(found.kind, found.about, found.figures, tongue)


def _figures(found: "Found", shown: Shown) -> dict[str, Any]:
    return {**found.figures, RATE: [shown.network.answered, shown.network.asked]}


def _read(told: Told, shown: Shown) -> Read:
    kind, _, about = told.key.partition(":")
    first, _, rest = told.words.partition("\n")
    tongue = Spoken()
    figures = told.row.figures if told.row and told.fate == Fate.RELEASED else told.figures
    answered, asked = figures[RATE]
    how, limit = saying.method(kind, tongue), saying.limit(kind, tongue)
    return Read(told, first, rest, how, limit, (answered, asked), _look(kind, about, shown))


def _look(kind: str, about: str, shown: Shown) -> str:
    """Return the address of the part of the picture that a finding is about."""
    slug = shown.survey.slug
    if about in shown.network.circle:
        return url_for(".organisation", slug=slug, code=about)
    sectors = [each for each in Sector if kind == "room" and each in about.split("-")]
    if sectors:
        return url_for(".network", slug=slug, sector=sectors)
    return url_for(".introductions", slug=slug) if kind in {"open", "mutual", "need"} else ""
