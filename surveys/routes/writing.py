"""Writing to those invited: the words, a look at them, a try, and sending."""

from collections.abc import Mapping, Sequence

from flask import current_app, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from core import clock, web
from core.addresses import can_be_written_to
from core.db import db
from people.contacts import Person, contacts_of
from people.current import current_staff
from surveys.fieldwork import inviting, writing
from surveys.fieldwork.inviting import Invited
from surveys.fieldwork.writing import Audience, Occasion
from surveys.models import Kind, State, Survey
from surveys.responses import anonymising
from surveys.routes import mailing, phrasing
from surveys.routes.invitations import bp, survey_with_links
from surveys.routes.phrasing import Draft
from surveys.routes.rosters import SECTORS
from surveys.routes.visiting import keys
from surveys.routes.wording import OBSTACLES, language_name


@bp.get("/mail")
def write(slug: str) -> ResponseReturnValue:
    """The words of the mail, who gets it, and how the first one will look."""
    survey = survey_with_links(slug)
    language = phrasing.wished_language(request.args, survey)
    words = phrasing.standard if "standard" in request.args else phrasing.chosen
    return _page(survey, words(survey, _occasion(request.args), language))


@bp.post("/mail")
def send(slug: str) -> ResponseReturnValue:
    """Show the mail, keep its words, try it, or send it; what is sent is kept."""
    survey, occasion = survey_with_links(slug), _occasion(request.form)
    draft = Draft.sent(request.form, survey)
    if faults := draft.faults(survey):
        return _page(survey, draft, faults), 422
    if "preview" in request.form:
        return _page(survey, draft)
    if "keep" in request.form or occasion is Occasion.LETTER:
        phrasing.choose(survey, occasion, draft)
        db.session.commit()
        here = url_for(".write", slug=slug, to=occasion, language=draft.language)
        return web.back(here, gettext("The text is kept for this survey."))
    anonymising.count_in(db.session, keys(), survey)
    due = _audience(survey).due
    if "test" in request.form:
        return _try(survey, due, draft)

    if survey.state != State.OPEN:
        return _page(survey, draft, {"": gettext(writing.NotOpen.reason)}), 409
    groups = _by_language(survey, due)
    drafts = {each: phrasing.chosen(survey, occasion, each) for each in groups}
    drafts |= {draft.language: draft} if draft.language in groups else {}
    if faulty := [each for each in drafts.values() if each.faults(survey)]:
        return _page(survey, draft, {"others": _said_faulty(survey, faulty[0])}), 422
    phrasing.choose(survey, occasion, draft)
    before = clock.now() - (writing.AGAIN if _insists() else writing.PAUSE)
    for language, each in drafts.items():
        ids = [invited.invitation.id for invited in groups[language]]
        mailing.send_all.later(
            survey.id, ids, each.subject, each.text, language, before.isoformat()
        )
    db.session.commit()
    return web.back(url_for(".index", slug=slug), on_their_way(len(due)))


def _by_language(survey: Survey, due: Sequence[Invited]) -> dict[str, list[Invited]]:
    """Return who gets it in which language."""
    people = contacts_of(db.session, keys(), [each.organisation for each in due])
    otherwise, found = phrasing.language_of(survey), dict[str, list[Invited]]()
    for each in due:
        language = phrasing.language_for(people.get(each.organisation.id), otherwise)
        found.setdefault(language, []).append(each)
    return found


def _said_faulty(survey: Survey, draft: Draft) -> str:
    said = gettext(
        "In %(language)s: %(trouble)s",
        language=language_name(draft.language),
        trouble=next(iter(draft.faults(survey).values())),
    )
    return str(said)


def _occasion(sent: Mapping[str, str]) -> Occasion:
    wished = sent.get("to", "")
    return Occasion(wished) if wished in [*Occasion] else Occasion.INVITATION


def _insists() -> bool:
    """Whether those are wanted, too, who got a mail a short while ago."""
    return "soon" in request.values


def _audience(survey: Survey, occasion: Occasion | None = None) -> Audience:
    invited = inviting.invited(db.session, survey)
    people = contacts_of(db.session, keys(), [each.organisation for each in invited])
    reachable = {number: can_be_written_to(person.email) for number, person in people.items()}
    before = clock.now() - (writing.AGAIN if _insists() else writing.PAUSE)
    return writing.audience(invited, reachable, occasion or _occasion(request.values), before)


def _try(survey: Survey, due: Sequence[Invited], draft: Draft) -> ResponseReturnValue:
    tried = False
    if first := _first(_by_language(survey, due), draft):
        person = _person(first)
        tried = mailing.send_test(current_staff().email, first.invitation, person, draft)
        db.session.commit()
    return _page(survey, draft, tried=tried)


def _first(groups: dict[str, list[Invited]], draft: Draft) -> Invited | None:
    """Return who shall be the example: if possible somebody who reads this language."""
    mine = groups.get(draft.language) or next(iter(groups.values()), [])
    return next(iter(mine), None)


def _page(
    survey: Survey, draft: Draft, faults: dict[str, str] | None = None, tried: bool = False
) -> str:
    occasion = _occasion(request.values)
    here = _audience(survey)
    groups, example = _by_language(survey, here.due), ""
    if first := _first(groups, draft):
        link = mailing.link_of(keys(), first.invitation)
        example = phrasing.filled(
            draft.text, first.invitation, _person(first), link, draft.language
        )
    return render_template(
        "surveys/invitation_mail.html",
        survey=survey,
        occasion=occasion,
        numbers={each: len(_audience(survey, each).due) for each in Occasion},
        here=here,
        insists=_insists(),
        is_anonymous=survey.kind == Kind.ANONYMOUS,
        days=writing.PAUSE.days,
        draft=draft,
        faults=faults or {},
        example=example,
        tried=tried,
        me=current_staff(),
        language_name=language_name,
        languages_of_mail={each: len(groups.get(each, ())) for each in phrasing.LANGUAGES},
        otherwise=phrasing.language_of(survey),
        by_language=groups,
        is_own=phrasing.is_own(survey, occasion, draft.language),
        unreachable=web.only_here(),
        is_open=survey.state == State.OPEN,
        resting=not current_app.config["SMTP_URL"],
        OBSTACLES=OBSTACLES,
        SECTORS=SECTORS,
    )


def _person(each: Invited) -> Person:
    organisation = each.organisation
    return contacts_of(db.session, keys(), [organisation])[organisation.id]


def on_their_way(mails: int) -> str:
    """Say that so many mails leave, or wait to be copied."""
    if current_app.config["SMTP_URL"]:
        way = ngettext("%(num)s mail is on its way.", "%(num)s mails are on their way.", mails)
    else:
        way = ngettext(
            "%(num)s mail waits in the outbox.", "%(num)s mails wait in the outbox.", mails
        )
    return str(way)
