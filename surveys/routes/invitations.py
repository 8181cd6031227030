"""The desk for invitations: who is invited, letters, and a file for a mail merge."""

from collections.abc import Iterator, Sequence

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale, format_date, gettext, ngettext

from core import clock, i18n, qr, sheets, web
from core.db import db
from core.downloading import download
from people.contacts import Person, contacts_of
from people.current import current_staff, find, staff_blueprint
from people.models import Organisation
from surveys.exporting import recording
from surveys.fieldwork import inviting, writing
from surveys.fieldwork.inviting import Invited, Step
from surveys.fieldwork.writing import Occasion
from surveys.models import Kind, Subject, Survey
from surveys.questionnaires.tongues import spoken
from surveys.routes import mailing, phrasing, standard_words
from surveys.routes.phrasing import Draft
from surveys.routes.rosters import SECTORS
from surveys.routes.visiting import keys
from surveys.routes.wording import STEPS, language_name

bp = staff_blueprint("invitations", __name__, "/surveys/<slug>/invitations")


@bp.get("")
def index(slug: str) -> ResponseReturnValue:
    """Who is invited, and who could be."""
    survey = survey_with_links(slug)
    everybody = inviting.invited(db.session, survey)
    step = request.args.get("step", "")
    wanted = {each.id for each in _filtered([each.organisation for each in everybody])}
    invited = [
        each for each in everybody if each.organisation.id in wanted and step in ("", each.step)
    ]
    waiting = _filtered(inviting.not_invited(db.session, survey))
    everyone = [each.organisation for each in invited] + waiting
    return render_template(
        "surveys/invitations.html",
        survey=survey,
        invited=invited,
        everybody=everybody,
        waiting=waiting,
        counts=inviting.counts(everybody),
        people=contacts_of(db.session, keys(), everyone),
        SECTORS=SECTORS,
        STEPS=STEPS,
        Step=Step,
        unreachable=web.only_here(),
    )


@bp.post("")
def invite(slug: str) -> ResponseReturnValue:
    """Invite those ticked, or everyone on the list; who is invited stays invited."""
    survey = survey_with_links(slug)
    waiting = _filtered(inviting.not_invited(db.session, survey))
    ticked = set(request.form.getlist("organisation"))
    chosen = [each for each in waiting if "all" in request.form or str(each.id) in ticked]
    if not chosen:
        again = url_for(".index", slug=slug, q=request.form.get("q"))
        return web.back(again, gettext("Nobody is ticked. Tick whom you want to invite."))

    inviting.invite(db.session, keys(), survey, chosen, clock.now())
    db.session.commit()
    notice = ngettext("%(num)s organisation is invited.", "%(num)s are invited.", len(chosen))
    return web.back(url_for(".index", slug=slug), notice)


@bp.get("/letters")
def letters(slug: str) -> ResponseReturnValue:
    """A letter per organisation, to be printed; a page each, each in their language."""
    survey = survey_with_links(slug)
    invited, all_in = _wished(survey), request.args.get("language", "")
    people = contacts_of(db.session, keys(), [each.organisation for each in invited])
    otherwise, drafts, found = phrasing.language_of(survey), dict[str, Draft](), []
    for each in invited:
        person = people.get(each.organisation.id, Person())
        known = phrasing.language_for(person, otherwise)
        language = all_in if all_in in phrasing.LANGUAGES else known
        if language not in drafts:
            drafts[language] = phrasing.chosen(survey, Occasion.LETTER, language)
        found.append(_letter(each, person, drafts[language]))
    return render_template(
        "surveys/letters.html",
        survey=survey,
        faults={name: each.faults(survey).get("text") for name, each in drafts.items()},
        all_in=all_in,
        letters=found,
        language_name=language_name,
        languages_of_mail=phrasing.LANGUAGES,
        unreachable=web.only_here(),
    )


@bp.post("/mail-merge.<any(csv, xlsx):kind>")
def take_mail_merge(slug: str, kind: str) -> ResponseReturnValue:
    """Salutation, name, address and link of everyone; who takes it along is noted."""
    survey, by = survey_with_links(slug), current_staff().called
    head, *rows = _merge_rows(survey, _wished(survey))
    table = [head, *rows]
    content = sheets.write_csv(table) if kind == "csv" else sheets.write_xlsx({slug: table})

    recording.note_mail_merge(db.session, survey, len(rows), i18n.language(), by, clock.now())
    db.session.commit()
    return download(content, kind, f"{slug}-invitations")


def survey_with_links(slug: str) -> Survey:
    """Return a survey with personal links; persons get none that tells who they are."""
    survey = find(Survey, slug=slug)
    is_anonymous = survey.kind == Kind.ANONYMOUS
    if survey.kind == Kind.OPEN or (survey.subject == Subject.PERSONS and not is_anonymous):
        abort(404)
    return survey


def _wished(survey: Survey) -> list[Invited]:
    """Return the invitations named in the address, or all that are still open."""
    invited = inviting.invited(db.session, survey)
    codes = set(request.args.getlist("code"))
    if codes:
        return [each for each in invited if each.organisation.code in codes]
    return [each for each in invited if each.step in {*writing.OPEN, Step.BOUNCED}]


def _filtered(organisations: list[Organisation]) -> list[Organisation]:
    sector, words = request.values.get("sector", ""), request.values.get("q", "").casefold()
    return [
        each
        for each in organisations
        if sector in ("", each.sector) and words in f"{each.name} {each.short_name}".casefold()
    ]


def _letter(each: Invited, person: Person, draft: Draft) -> dict[str, object]:
    link = mailing.link_of(keys(), each.invitation)
    with force_locale(spoken(draft.language)):
        beside = {
            "date": format_date(clock.now().astimezone(clock.ZONE), "long"),
            "way_in": standard_words.way_in(),
        }
    return beside | {
        "subject": draft.subject,
        "language": draft.language,
        "organisation": each.organisation,
        "person": person,
        "parts": phrasing.parts_of(draft.text, each.invitation, person, draft.language),
        "link": link.partition("://")[2],
        "square": qr.square(link),
    }


def _merge_rows(survey: Survey, invited: Sequence[Invited]) -> Iterator[list[str]]:
    yield [
        gettext("Salutation"), gettext("Name"), gettext("Organisation"), gettext("Address"),
        gettext("E-mail"), gettext("Link"), gettext("Language"),
    ]  # fmt: skip
    people = contacts_of(db.session, keys(), [each.organisation for each in invited])
    otherwise = phrasing.language_of(survey)
    for each in invited:
        person = people.get(each.organisation.id, Person())
        link = mailing.link_of(keys(), each.invitation)
        yield [
            person.salutation, person.name, each.organisation.name, person.address,
            person.email, link, language_name(phrasing.language_for(person, otherwise)),
        ]  # fmt: skip
