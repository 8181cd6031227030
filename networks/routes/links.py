from collections.abc import Iterator

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from core import clock, i18n, sheets, web
from core.db import db
from core.downloading import download
from core.languages import name_in
from networks import replying
from networks.models import NamedLink
from networks.roster import Roster, roster_of
from networks.routes.showing import Shown, desk, wave
from people.contacts import Person, contacts_of
from people.current import current_project, current_staff, find
from people.models import Organisation
from people.naming import fold
from surveys.exporting import recording
from surveys.models import Survey
from surveys.routes.visiting import keys


@desk.get("/<slug>/named")
def named_links(slug: str) -> ResponseReturnValue:
    """Who was named and has agreed to nothing, and the links for them."""
    shown = Shown(wave(slug))
    roster = roster_of(db.session, current_project())
    links = _links(shown.survey, roster)
    have = {organisation.id for organisation, _ in links}
    waiting = [e for e in replying.waiting(shown.network, roster) if e.id not in have]
    return render_template(
        "networks/named_links.html",
        waiting=waiting,
        links=[(organisation, link, _address(link)) for organisation, link in links],
        unreachable=web.only_here(),
        **shown.frame(),
    )


@desk.post("/<slug>/named")
def make_named_links(slug: str) -> ResponseReturnValue:
    """Make links for those ticked, or for all; who has one keeps it."""
    shown = Shown(wave(slug))
    waiting = replying.waiting(shown.network, roster_of(db.session, current_project()))
    ticked = set(request.form.getlist("organisation"))
    chosen = [each for each in waiting if "all" in request.form or each.code in ticked]
    page = url_for(".named_links", slug=slug)
    if not chosen:
        return web.back(page, gettext("Nobody is ticked. Tick for whom you want a link."))

    made = replying.make_links(db.session, keys(), shown.survey, chosen, clock.now())
    db.session.commit()
    return web.back(page, ngettext("%(num)s link is made.", "%(num)s links are made.", made))


@desk.post("/<slug>/named/mail-merge.<any(csv, xlsx):kind>")
def take_named_links(slug: str, kind: str) -> ResponseReturnValue:
    """Salutation, name, address and link of everyone; who takes it along is noted."""
    survey = wave(slug)
    rows = [*_merge_rows(survey, roster_of(db.session, current_project()))]
    content = sheets.write_csv(rows) if kind == "csv" else sheets.write_xlsx({slug: rows})

    by, number = current_staff().called, len(rows) - 1
    recording.note_mail_merge(db.session, survey, number, i18n.language(), by, clock.now())
    db.session.commit()
    return download(content, kind, f"{slug}-named")


@desk.post("/<slug>/named/<code>/removal")
def withdraw_named_link(slug: str, code: str) -> ResponseReturnValue:
    """Let a link lead nowhere."""
    survey = wave(slug)
    organisation = find(Organisation, code=code)
    page = url_for(".named_links", slug=slug)
    link = replying.links_of(db.session, survey).get(organisation.id)
    if link is None:
        return web.back(page, gettext("There is no link for this organisation."))

    replying.withdraw(db.session, link)
    db.session.commit()
    return web.back(page, gettext("The link leads nowhere now."))


def _links(survey: Survey, roster: Roster) -> list[tuple[Organisation, NamedLink]]:
    links = replying.links_of(db.session, survey)
    found = [(each, links[each.id]) for each in roster.organisations if each.id in links]
    return sorted(found, key=lambda line: (fold(line[0].name), line[0].id))


def _address(link: NamedLink) -> str:
    return web.public(url_for("named.page", key=replying.key_of(keys(), link)))


def _merge_rows(survey: Survey, roster: Roster) -> Iterator[list[str]]:
    yield [
        gettext("Salutation"), gettext("Name"), gettext("Organisation"), gettext("Address"),
        gettext("E-mail"), gettext("Link"), gettext("Language"),
    ]  # fmt: skip
    links = _links(survey, roster)
    people = contacts_of(db.session, keys(), [organisation for organisation, _ in links])
    for organisation, link in links:
        person = people.get(organisation.id, Person())
        language = name_in(person.language, i18n.language()) if person.language else ""
        yield [
            person.salutation, person.name, organisation.name, person.address, person.email,
            _address(link), language,
        ]  # fmt: skip
