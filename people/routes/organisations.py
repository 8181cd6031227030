"""The register of organisations: find, read, enter, change, remove and bring back."""

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from core import clock, web
from core.db import db
from core.downloading import download
from core.errors import ChangedMeanwhile
from core.i18n import language
from core.sheets import Cell, write_csv, write_xlsx
from people import exporting, naming
from people import register as acts
from people.contacts import contact_of, contacts_of, keep_contact
from people.current import (
    current_membership,
    current_project,
    current_staff,
    current_terms,
    find,
    open_to,
)
from people.forms import ContactForm, NamingForm, OrganisationForm
from people.models import Naming, Organisation, Role, Side
from people.register import Filter
from people.routes.area import READERS, audience, heads, keys, register, translations

ON_A_PAGE = 100


@register.get("")
@open_to(*READERS)
def organisations() -> ResponseReturnValue:
    """The register, as far as it fits what is looked for."""
    wanted = Filter.of(request.args)
    found = acts.search(db.session, current_project(), wanted, audience())
    page = max(1, request.args.get("page", 1, int))
    return render_template(
        "people/organisations.html",
        wanted=wanted,
        found=found[(page - 1) * ON_A_PAGE : page * ON_A_PAGE],
        count=len(found),
        all=len(naming.registered(db.session, current_project())),
        gone=len(acts.removed(db.session, current_project())),
        page=page,
        pages=max(1, -(-len(found) // ON_A_PAGE)),
        needs_of=lambda organisation: acts.terms_of(organisation, Side.NEED),
        offers_of=lambda organisation: acts.terms_of(organisation, Side.OFFER),
    )


@register.get("/deleted")
def deleted() -> ResponseReturnValue:
    """What was removed and can be brought back."""
    gone = acts.removed(db.session, current_project())
    return render_template("people/deleted.html", gone=gone)


@register.get("/new")
def new_organisation() -> ResponseReturnValue:
    return render_template("people/organisation_form.html", form=OrganisationForm())


@register.post("")
def add_organisation() -> ResponseReturnValue:
    form = OrganisationForm()
    if not form.validate():
        return render_template("people/organisation_form.html", form=form), 422

    added = acts.add_organisation(
        db.session, current_project(), form.entry(), clock.now(), form_key=form.key.data
    )
    db.session.commit()
    notice = gettext("%(name)s has the code %(code)s.", name=added.name, code=added.code)
    return web.back(url_for(".organisation", code=added.code), notice)


@register.get("/organisations/<code>")
@open_to(*READERS)
def organisation(code: str) -> ResponseReturnValue:
    """All that is known of an organisation; whom to write to is for facilitators."""
    it = find(Organisation, code=code)
    if it.deleted and audience() != Naming.TEAM:
        abort(404)
    facilitates = current_membership().role == Role.FACILITATOR
    return render_template(
        "people/organisation.html",
        it=it,
        into=find(Organisation, id=it.merged_into_id) if it.merged_into_id else None,
        needs=acts.terms_of(it, Side.NEED),
        offers=acts.terms_of(it, Side.OFFER),
        person=contact_of(db.session, keys(), it) if facilitates else None,
        form=NamingForm(naming=it.naming),
        nameless=naming.display_name(it, Naming.PUBLIC, language()),
        decisions=naming.naming_decisions(db.session, it),
    )


@register.get("/organisations/<code>/edit")
def edit_organisation(code: str) -> ResponseReturnValue:
    it = find(Organisation, code=code)
    form = OrganisationForm(data=vars(acts.entry_of(it)) | {"version": it.version})
    return render_template("people/organisation_form.html", form=form, it=it)


@register.post("/organisations/<code>")
def change_organisation(code: str) -> ResponseReturnValue:
    it, form = find(Organisation, code=code), OrganisationForm()
    if not form.validate():
        return render_template("people/organisation_form.html", form=form, it=it), 422

    try:
        acts.change_organisation(db.session, it, form.entry(), form.version.data or 0)
    except ChangedMeanwhile:
        return _changed_meanwhile(it, form)
    db.session.commit()
    return web.back(url_for(".organisation", code=code), gettext("The entry is changed."))


@register.post("/organisations/<code>/removal")
def remove_organisation(code: str) -> ResponseReturnValue:
    it = find(Organisation, code=code)

    acts.remove(it, clock.now())
    db.session.commit()
    return web.back(
        url_for(".organisations"),
        gettext("%(name)s is deleted.", name=it.name),
        undo=url_for(".bring_back", code=code),
    )


@register.post("/organisations/<code>/return")
def bring_back(code: str) -> ResponseReturnValue:
    it = find(Organisation, code=code)

    acts.bring_back(it)
    db.session.commit()
    notice = gettext("%(name)s is in the register again.", name=it.name)
    return web.back(url_for(".organisation", code=code), notice)


@register.post("/organisations/<code>/naming")
def decide_naming(code: str) -> ResponseReturnValue:
    it, form = find(Organisation, code=code), NamingForm()
    if not form.validate():
        return web.refuse(422)

    who = current_staff().called
    wish = Naming(form.naming.data)
    naming.decide_naming(db.session, it, wish, who, clock.now())
    db.session.commit()
    notice = gettext("Noted, with your name and today's date.")
    return web.back(url_for(".organisation", code=code), notice)


@register.get("/organisations/<code>/contact")
def contact(code: str) -> ResponseReturnValue:
    """Whom to write to, to be changed."""
    it = find(Organisation, code=code)
    form = ContactForm(data=vars(contact_of(db.session, keys(), it)))
    return render_template("people/contact.html", it=it, form=form)


@register.post("/organisations/<code>/contact")
def keep_person(code: str) -> ResponseReturnValue:
    it, form = find(Organisation, code=code), ContactForm()
    if not form.validate():
        return render_template("people/contact.html", it=it, form=form), 422

    keep_contact(db.session, keys(), it, form.person())
    db.session.commit()
    return web.back(url_for(".organisation", code=code), gettext("The contact is saved."))


@register.get("/export.<any(csv, xlsx):kind>")
def export(kind: str) -> ResponseReturnValue:
    """The register as a file; contact persons only for those who ask for them."""
    listed = acts.choices_for_roster(db.session, current_project())
    rows = exporting.rows_of(listed, translations(), language(), current_terms())
    names = list(exporting.HEADS)
    if request.args.get("contacts") == "yes":
        people = contacts_of(db.session, keys(), listed)
        rows = exporting.with_contacts(rows, listed, people)
        names += exporting.CONTACT_HEADS
    table: list[list[Cell]] = [[*heads(names)], *rows]
    content = write_csv(table) if kind == "csv" else write_xlsx({gettext("Register"): table})
    return download(content, kind, f"register-{current_project().slug}")


def _changed_meanwhile(it: Organisation, form: OrganisationForm) -> ResponseReturnValue:
    """Show the form again, with all that was typed and what somebody else has saved."""
    db.session.rollback()
    db.session.refresh(it)
    form.version.data = it.version
    form.version.raw_data = None
    now = acts.entry_of(it)
    return render_template("people/organisation_form.html", form=form, it=it, now=now), 409
