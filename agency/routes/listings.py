"""The register of needs and offers: find, enter, change, remove and bring back."""

import json
from collections.abc import Mapping, Set

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from agency import deciding, planning
from agency.forms import ListingForm
from agency.gathering import sifting, sourcing
from agency.routes import proposals
from agency.routes.area import needs
from agency.words import LEVELS, PEOPLE, TIMES
from core import clock, web
from core.db import db
from core.downloading import download
from core.errors import ChangedMeanwhile
from core.i18n import language
from people.current import current_project, current_staff, current_terms, find
from people.listings import keeping, publishing, seeking
from people.listings.models import Listing
from people.listings.seeking import Wanted
from people.naming import registered
from people.taxonomy import Term
from people.words import LOCALITIES

ON_A_PAGE = 50


@needs.get("/register")
def listings() -> ResponseReturnValue:
    """What is needed and offered, as far as it fits what is looked for, page by page."""
    project, terms, said = current_project(), current_terms(), proposals.finds()
    asked = {name: request.args.get(name, "")[:100] for name in ("q", *seeking.CHOICES)}
    wanted = Wanted(**asked | {"term": terms.resolve(asked["term"])})
    found = seeking.search(db.session, project, wanted, terms)
    page, pages = _page_of(len(found.ids))
    shown = seeking.listings(db.session, found.ids[(page - 1) * ON_A_PAGE : page * ON_A_PAGE])
    return render_template(
        "agency/listings.html",
        found=found,
        shown=shown,
        page=page,
        pages=pages,
        first=(page - 1) * ON_A_PAGE + 1,
        roots=sourcing.roots_of(db.session, project, shown, said),
        waiting=len(sifting.undecided(db.session, project, said)),
        wanted=wanted,
        groups=_counted(found.counts["term"].keys() | {wanted.term}),
        gone=seeking.number_removed(db.session, project),
    )


@needs.get("/register/deleted")
def removed_listings() -> ResponseReturnValue:
    """What was removed and can be brought back, the newest first."""
    number = seeking.number_removed(db.session, current_project())
    page, pages = _page_of(number)
    first = (page - 1) * ON_A_PAGE
    gone = seeking.removed(db.session, current_project(), first, ON_A_PAGE)
    return render_template(
        "agency/listings_removed.html", gone=gone, number=number, page=page, pages=pages
    )


@needs.get("/register/offers.json")
def open_data() -> ResponseReturnValue:
    """The offers of those who agreed to be named publicly, as open data (HSDS)."""
    project, today = current_project(), clock.today()
    plans = planning.plans_of(db.session, project, today).values()
    offers = [(each, plan.owner(each)) for plan in plans for each in plan.offers]
    found = publishing.published(offers, project.slug, _words(), today)
    body = json.dumps(found, ensure_ascii=False, indent=2)
    return download(body, "json", f"{project.slug}-offers-hsds")


@needs.get("/register/new")
def new_listing() -> ResponseReturnValue:
    form = _form(side=request.args.get("side"), people=request.args.get("people"))
    return render_template("agency/listing_form.html", form=form, it=None)


@needs.post("/register")
def add_listing() -> ResponseReturnValue:
    form = _form()
    if not form.validate():
        return render_template("agency/listing_form.html", form=form, it=None), 422

    who, key = current_staff().called, form.key.data
    added = keeping.add(
        db.session, current_project(), form.entry(), who, clock.now(), form_key=key
    )
    db.session.commit()
    said = gettext("%(code)s is in the register now.", code=added.code)
    return web.back(url_for(".listings"), said)


@needs.get("/register/<id:listing_id>")
def edit_listing(listing_id: int) -> ResponseReturnValue:
    it = find(Listing, id=listing_id, deleted=None)
    return render_template(
        "agency/listing_form.html", form=_filled(it), it=it, roots=proposals.roots_of(it)
    )


@needs.post("/register/<id:listing_id>")
def change_listing(listing_id: int) -> ResponseReturnValue:
    it = find(Listing, id=listing_id, deleted=None)
    form = _form(it)
    if not form.validate():
        return render_template("agency/listing_form.html", form=form, it=it), 422

    version, who = form.version.data or 0, current_staff().called
    try:
        keeping.change(db.session, it, form.entry(), version, who, clock.now())
    except ChangedMeanwhile as refusal:
        db.session.rollback()
        db.session.refresh(it)
        form.version.data, form.version.raw_data = it.version, None
        form.form_errors = [gettext(refusal.reason)]
        return render_template("agency/listing_form.html", form=form, it=it, now=it), 409
    db.session.commit()
    return web.back(url_for(".listings"), gettext("%(code)s is changed.", code=it.code))


@needs.post("/register/<id:listing_id>/removal")
def remove_listing(listing_id: int) -> ResponseReturnValue:
    it = find(Listing, id=listing_id)

    keeping.remove(it, clock.now())
    db.session.commit()
    undo = url_for(".bring_back", listing_id=it.id)
    said = gettext("%(code)s is deleted.", code=it.code)
    return web.back(url_for(".listings"), said, undo=undo)


@needs.post("/register/<id:listing_id>/return")
def bring_back(listing_id: int) -> ResponseReturnValue:
    it = find(Listing, id=listing_id)

    keeping.bring_back(it)
    db.session.commit()
    said = gettext("%(code)s is in the register again.", code=it.code)
    return web.back(url_for(".listings"), said)


def _page_of(number: int) -> tuple[int, int]:
    """Return which page is asked for, the last one at most, and how many there are."""
    pages = max(1, -(-number // ON_A_PAGE))
    return min(max(1, request.args.get("page", 1, int)), pages), pages


def _counted(codes: Set[str]) -> list[tuple[str, list[Term]]]:
    """Return the groups of terms, with those that there are entries of."""
    groups = current_terms().grouped(language(), codes)
    return [(name, [each for each in terms if each.code in codes]) for name, terms in groups]


def _words() -> publishing.Words:
    """Return how codes are said in the language of the reader."""

    def said(words: Mapping[str, str]) -> dict[str, str]:
        return {code: str(gettext(text)) for code, text in words.items()}

    from_ = {
        code: str(gettext("German: %(level)s", level=text))
        for code, text in said(LEVELS).items()
        if code != "none"
    }
    return publishing.Words(
        language(),
        said(PEOPLE),
        said(LOCALITIES),
        from_,
        said(TIMES),
        gettext("Place"),
        current_terms(),
    )


def _form(it: Listing | None = None, **data: object) -> ListingForm:
    known = registered(db.session, current_project())
    is_decided = bool(it and deciding.is_decided(db.session, it))
    terms = current_terms()
    return ListingForm(known, language(), it, terms=terms, is_decided=is_decided, data=data)


def _filled(it: Listing) -> ListingForm:
    owner = it.organisation.name if it.organisation else ""
    values = vars(keeping.entry_of(it)) | {"organisation": owner, "version": it.version}
    return _form(it, **values)
