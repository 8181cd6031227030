"""The desk for invitations: who is invited, letters, mails, and a file for a mail merge."""

from collections.abc import Iterator, Sequence

from flask import Response, abort, current_app, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale, gettext, ngettext

from core import clock, qr, sheets, web
from core.db import db
from core.keys import Keyring
from people.contacts import Person, contacts_of
from people.current import current_staff, find, staff_blueprint
from people.models import Organisation
from surveys.fieldwork import inviting
from surveys.fieldwork.inviting import Invited, Step
from surveys.models import Kind, Subject, Survey
from surveys.responses import anonymising
from surveys.routes import mailing
from surveys.routes.mailing import Draft
from surveys.routes.rosters import SECTORS

bp = staff_blueprint("invitations", __name__, "/surveys/<slug>/invitations")
KINDS = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@bp.get("")
def index(slug: str) -> ResponseReturnValue:
    """Who is invited, and who could be."""
    survey = _survey(slug)
    invited = inviting.invited(db.session, survey)
    waiting = _filtered(inviting.not_invited(db.session, survey))
    everyone = [each.organisation for each in invited] + waiting
    return render_template(
        "surveys/invitations.html",
        survey=survey,
        invited=invited,
        waiting=waiting,
        counts=inviting.counts(invited),
        people=contacts_of(db.session, _keys(), everyone),
        SECTORS=SECTORS,
        Step=Step,
        unreachable=web.only_here(),
        writable=mailing.writable(invited),
    )


@bp.post("")
def invite(slug: str) -> ResponseReturnValue:
    """Invite those ticked, or everyone on the list; who is invited stays invited."""
    survey = _survey(slug)
    waiting = _filtered(inviting.not_invited(db.session, survey))
    ticked = set(request.form.getlist("organisation"))
    chosen = [each for each in waiting if "all" in request.form or str(each.id) in ticked]

    inviting.invite(db.session, _keys(), survey, chosen, clock.now())
    db.session.commit()
    notice = ngettext("%(num)s organisation is invited.", "%(num)s are invited.", len(chosen))
    return web.back(url_for(".index", slug=slug), notice)


@bp.get("/letters")
def letters(slug: str) -> ResponseReturnValue:
    """A letter per organisation, to be printed; a page each."""
    survey = _survey(slug)
    invited = _wished(survey)
    language = _language()
    people = contacts_of(db.session, _keys(), [each.organisation for each in invited])
    with force_locale(language):
        return render_template(
            "surveys/letters.html",
            survey=survey,
            title=survey.title.get(language) or next(iter(survey.title.values()), ""),
            language=language,
            letters=[_letter(each, people, language) for each in invited],
            unreachable=web.only_here(),
            today=clock.now(),
        )


@bp.get("/mail-merge.<any(csv, xlsx):kind>")
def mail_merge(slug: str, kind: str) -> ResponseReturnValue:
    """Salutation, name, address and link of everyone, for a word processor."""
    survey = _survey(slug)
    rows = [*_merge_rows(_wished(survey))]
    content = sheets.write_csv(rows) if kind == "csv" else sheets.write_xlsx({slug: rows})
    answer = Response(content, mimetype=KINDS[kind])
    answer.headers["Content-Disposition"] = f"attachment; filename={slug}-invitations.{kind}"
    return answer


@bp.get("/mail")
def write(slug: str) -> ResponseReturnValue:
    """The words of the mail, and how the first one will look."""
    survey = _survey(slug)
    return _mail_page(survey, mailing.proposal(survey, _language()))


@bp.post("/mail")
def send(slug: str) -> ResponseReturnValue:
    """Show, try, or send the mail."""
    survey, draft = _survey(slug), Draft.sent(request.form)
    if faults := draft.faults:
        return _mail_page(survey, draft, faults), 422
    if "preview" in request.form:
        return _mail_page(survey, draft)
    anonymising.count_in(db.session, _keys(), survey)
    due = _with_address(survey)
    if "test" in request.form:
        return _try(survey, due, draft)

    ids = [each.invitation.id for each in due]
    words = (draft.subject, draft.text, draft.language)
    mailing.send_all.later(survey.id, ids, *words, clock.now().isoformat())
    db.session.commit()
    return web.back(url_for(".index", slug=slug), _on_their_way(len(ids)))


def _survey(slug: str) -> Survey:
    """Return a survey with personal links; persons get none that tells who they are."""
    survey = find(Survey, slug=slug)
    is_anonymous = survey.kind == Kind.ANONYMOUS
    if survey.kind == Kind.OPEN or (survey.subject == Subject.PERSONS and not is_anonymous):
        abort(404)
    return survey


def _try(survey: Survey, due: Sequence[Invited], draft: Draft) -> ResponseReturnValue:
    tried = False
    if due:
        first = due[0].invitation
        person = contacts_of(db.session, _keys(), [first.organisation])[first.organisation_id]
        tried = mailing.send_test(current_staff().email, first, person, draft)
        db.session.commit()
    return _mail_page(survey, draft, tried=tried)


def _mail_page(
    survey: Survey, draft: Draft, faults: dict[str, str] | None = None, tried: bool = False
) -> str:
    due = _with_address(survey)
    example = ""
    if due:
        first = due[0].invitation
        person = contacts_of(db.session, _keys(), [first.organisation])[first.organisation_id]
        link = mailing.link_of(_keys(), first)
        example = mailing.filled(draft.text, first, person, link, draft.language)
    return render_template(
        "surveys/invitation_mail.html",
        survey=survey,
        draft=draft,
        faults=faults or {},
        due=due,
        example=example,
        tried=tried,
        me=current_staff(),
        languages_of_mail=mailing.LANGUAGES,
        unreachable=web.only_here(),
        resting=not current_app.config["SMTP_URL"],
    )


def _with_address(survey: Survey) -> list[Invited]:
    """Return those who can be written to and have not answered or declined."""
    due = mailing.writable(inviting.invited(db.session, survey))
    people = contacts_of(db.session, _keys(), [each.organisation for each in due])
    emails = {each: people.get(each.organisation.id, Person()).email for each in due}
    return [each for each in due if mailing.can_be_written_to(emails[each])]


def _wished(survey: Survey) -> list[Invited]:
    """Return the invitations named in the address, or all that are still open."""
    invited = inviting.invited(db.session, survey)
    codes = set(request.args.getlist("code"))
    if codes:
        return [each for each in invited if each.organisation.code in codes]
    return mailing.writable(invited)


def _filtered(organisations: list[Organisation]) -> list[Organisation]:
    sector, words = request.values.get("sector", ""), request.values.get("q", "").casefold()
    return [
        each
        for each in organisations
        if sector in ("", each.sector) and words in f"{each.name} {each.short_name}".casefold()
    ]


def _letter(each: Invited, people: dict[int, Person], language: str) -> dict[str, object]:
    person = people.get(each.organisation.id, Person())
    link = mailing.link_of(_keys(), each.invitation)
    return {
        "organisation": each.organisation,
        "person": person,
        "greeting": mailing.greeting(person, language),
        "link": link.partition("://")[2],
        "square": qr.square(link),
    }


def _on_their_way(mails: int) -> str:
    if current_app.config["SMTP_URL"]:
        way = ngettext("%(num)s mail is on its way.", "%(num)s mails are on their way.", mails)
    else:
        way = ngettext(
            "%(num)s mail waits in the outbox.", "%(num)s mails wait in the outbox.", mails
        )
    return str(way)


def _merge_rows(invited: Sequence[Invited]) -> Iterator[list[str]]:
    yield [
        gettext("Salutation"), gettext("Name"), gettext("Organisation"), gettext("Address"),
        gettext("E-mail"), gettext("Link"),
    ]  # fmt: skip
    people = contacts_of(db.session, _keys(), [each.organisation for each in invited])
    for each in invited:
        person = people.get(each.organisation.id, Person())
        link = mailing.link_of(_keys(), each.invitation)
        yield [
            person.salutation, person.name, each.organisation.name, person.address,
            person.email, link,
        ]  # fmt: skip


def _language() -> str:
    wished = request.args.get("language", "")
    return wished if wished in mailing.LANGUAGES else "de"


def _keys() -> Keyring:
    keys: Keyring = current_app.extensions["keys"]
    return keys
