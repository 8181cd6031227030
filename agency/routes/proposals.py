"""What people have said of needs and offers: confirmed, or set aside, by a person."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from flask import abort, current_app, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from agency.forms import SiftingForm
from agency.gathering import (
    finding,
    leaving,  # noqa: F401 - it listens
    rechecking,
    sifting,
    sourcing,
)
from agency.gathering.finding import Find
from agency.gathering.models import Sifted, Sifting
from agency.gathering.sifting import Wish
from agency.gathering.sourcing import Root
from agency.routes.area import needs
from core import clock, i18n, web
from core.db import db
from core.errors import ChangedMeanwhile, Refusal
from people.current import current_project, current_staff, current_terms, find
from people.listings import keeping
from people.listings.models import Listing, Origin
from people.naming import fold
from surveys.definition import text_in
from surveys.models import Survey
from surveys.routes import wording

if TYPE_CHECKING:
    from surveys.counting.shelf import Answers

wording.teach(needs)
MOST = 100_000
FIRST = 6  # organisations on a page, before all are asked for
Groups = Mapping[str, list[Find]]  # by the number of an organisation, or "" and TALKS


@needs.get("/proposals")
def proposals() -> ResponseReturnValue:
    """What was said and nobody has decided of yet."""
    return _page(SiftingForm(formdata=None))


@needs.post("/proposals")
def sift() -> ResponseReturnValue:
    """Confirm, or set aside, one find or all that are ticked."""
    form = SiftingForm()
    kind, _, one = request.form.get("act", "").partition(" ")
    chosen = [one] if one else request.form.getlist("chosen")
    if not form.validate() or kind not in ("confirm", "aside"):
        trouble = gettext(sifting.NothingChosen.reason)
        return _page(SiftingForm(formdata=None), trouble=trouble, chosen=chosen), 422
    wishes, wrong = _wishes(chosen)
    if wrong and kind == "confirm":
        return _page(form, wrong=wrong, chosen=chosen), 422

    decide = sifting.confirm if kind == "confirm" else sifting.dismiss
    who, now = current_staff().called, clock.now()
    try:
        done = decide(db.session, current_project(), wishes, form.key.data, who, now)
    except Refusal as refusal:
        db.session.rollback()
        return _page(form, trouble=gettext(refusal.reason), chosen=chosen), 409
    db.session.commit()
    undo = url_for(".undo_sifting", number=done.id)
    return web.back(url_for(".proposals", **_kept()), _said(done, kind), undo=undo)


@needs.post("/proposals/acts/<id:number>/removal")
def undo_sifting(number: int) -> ResponseReturnValue:
    """Take back what was decided with one press of a button."""
    sifting.undo(db.session, find(Sifting, id=number), clock.now())
    db.session.commit()
    return web.back(url_for(".proposals"), gettext("Open again."))


@needs.post("/proposals/aside/<id:number>/removal")
def propose_again(number: int) -> ResponseReturnValue:
    sifting.propose_again(db.session, find(Sifted, id=number, listing_id=None))
    db.session.commit()
    return web.back(url_for(".proposals"), gettext("Open again."))


@needs.post("/register/<id:listing_id>/number")
def take_number(listing_id: int) -> ResponseReturnValue:
    """Let a need of people count as many as the conversations say by now."""
    it = find(Listing, id=listing_id, deleted=None)
    roots = roots_of(it)
    number = next((each.number for each in roots if each.number), None) or abort(409)
    version = request.form.get("version", 0, web.row_id)
    try:
        sifting.take_number(
            db.session, it, number, version, current_staff().called, clock.now()
        )
    except ChangedMeanwhile as refusal:
        db.session.rollback()
        return web.back(url_for(".proposals"), gettext(refusal.reason))
    db.session.commit()
    said = gettext("%(code)s counts %(number)s people now.", code=it.code, number=number)
    return web.back(url_for(".proposals"), said)


def finds() -> list[Find]:
    """Return all that was said in the project and still stands."""
    return finding.finds(db.session, current_project(), counted)


def roots_of(it: Listing) -> list[Root]:
    """Return what one listing rests on."""
    found = sourcing.roots_of(db.session, current_project(), [it], finds())
    return found.get(it.id, [])


def counted(survey: Survey) -> "Answers | None":
    from surveys.counting.shelf import Shelf  # noqa: PLC0415 - heavy

    shelf: Shelf = current_app.extensions.setdefault("answers", Shelf())
    return shelf.answers(db.session, survey)


def title_of(each: Find) -> str:
    """Return what a find is called in the register: its term, and what choices are called."""
    language = i18n.language()
    title = current_terms().label(each.term, language)
    details = [text_in(label, language, "de")[0] for label in each.said.details]
    return f"{title}: {', '.join(details)}" if details else title


def _page(
    form: SiftingForm,
    *,
    wrong: Mapping[str, str] | None = None,
    chosen: list[str] | None = None,
    trouble: str = "",
) -> str:
    found, project = finds(), current_project()
    everything = keeping.listed(db.session, project)
    roots = sourcing.roots_of(db.session, project, everything, found)
    open_ = sifting.undecided(db.session, project, found)
    return render_template(
        "agency/proposals.html",
        form=form,
        groups=_grouped(_looked_for(open_)),
        first=None if "all" in request.args or wrong or trouble else FIRST,
        wanted={name: request.args.get(name, "")[:100] for name in ("q", "side")},
        kept=_kept(),
        number=len(open_),
        aside=sifting.set_aside(db.session, project, found),
        newer=_newer(everything, roots),
        questions=rechecking.questions(everything, roots),
        said_any=bool(found),
        wrong=wrong or {},
        chosen=set(chosen or ()),
        typed=_numbers(),
        trouble=trouble,
        title_of=title_of,
    )


def _grouped(found: list[Find]) -> Groups:
    """Return finds by whose they are, those of people first."""
    groups: dict[str, list[Find]] = {}
    for each in sorted(found, key=_place):
        owner = str(each.organisation.id) if each.organisation else ""
        whose = finding.TALKS if each.origin == Origin.CONVERSATIONS else owner
        groups.setdefault(whose, []).append(each)
    return groups


def _place(each: Find) -> tuple[object, ...]:
    name = each.organisation.name.casefold() if each.organisation else ""
    talked = each.origin == Origin.CONVERSATIONS
    return not talked, name, each.side, not each.said.first, each.term


def _looked_for(found: list[Find]) -> list[Find]:
    words, side = fold(request.args.get("q", "")[:100]).split(), request.args.get("side", "")
    return [
        each
        for each in found
        if side in ("", each.side) and all(word in _searched(each) for word in words)
    ]


def _searched(each: Find) -> str:
    owner, words = each.organisation, " ".join(one.words for one in each.sources)
    return fold(f"{owner.name if owner else ''} {title_of(each)} {words}")


def _kept() -> dict[str, Any]:
    """Return how the page was looked at, for the addresses that lead back to it."""
    names = ("q", "side", "all")
    return {name: request.args[name][:100] for name in names if request.args.get(name)}


def _newer(
    everything: Sequence[Listing], roots: Mapping[int, Sequence[Root]]
) -> list[tuple[Listing, int]]:
    """List the needs of people of whom the conversations count another number by now."""
    talked = [each for each in everything if each.origin == Origin.CONVERSATIONS]
    newer = ((it, root.number) for it in talked for root in roots.get(it.id, []))
    return [(it, number) for it, number in newer if number and number != it.quantity]


def _wishes(chosen: list[str]) -> tuple[list[Wish], dict[str, str]]:
    """Return what is wanted of what is still open, and what is wrong with its numbers.

    The number of an organisation stands for all that is open of it.
    """
    open_ = sifting.undecided(db.session, current_project(), finds())
    wishes, wrong = [], {}
    for each in open_:
        if each.key in chosen or each.key.partition(".")[0] in chosen:
            number = _typed(each)
            if not 1 <= number <= MOST:
                wrong[each.key] = gettext("Please give a whole number of people or places.")
            wishes.append(Wish(each, number, title_of(each)))
    return wishes, wrong


def _typed(each: Find) -> int:
    """Return the number beside a find; of people it is the one that was counted."""
    counted_ = each.said.quantity or 1
    typed = _numbers().get(each.key, "").strip()
    if not typed or each.origin == Origin.CONVERSATIONS:
        return counted_
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 10 else 0


def _numbers() -> dict[str, str]:
    """Return what was typed beside each find."""
    pairs = zip(request.form.getlist("of"), request.form.getlist("quantity"), strict=False)
    return dict(pairs)


def _said(done: Sifting, kind: str) -> str:
    number = len(done.sifted)
    if kind == "confirm":
        return str(
            ngettext(
                "%(num)d entry is in the register now, with where it comes from.",
                "%(num)d entries are in the register now, with where they come from.",
                number,
            )
        )
    return str(ngettext("%(num)d set aside.", "%(num)d set aside.", number))
