"""Writing to those who left an address for something they wanted."""

from collections.abc import Sequence
from datetime import datetime

from flask import abort, current_app, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale, gettext

from core import clock, i18n, mail, web
from core.db import db
from core.errors import Refusal
from core.languages import FALLBACK
from people.current import current_staff, find
from surveys.definition import text_in, titles_of
from surveys.fieldwork import circulating, reaching, starting
from surveys.fieldwork.reaching import Left, Purpose
from surveys.forms import CircularForm
from surveys.models import Survey
from surveys.questionnaires.tongues import spoken
from surveys.routes.desk import bp
from surveys.routes.mailing import as_test
from surveys.routes.visiting import keys
from surveys.routes.writing import on_their_way

PURPOSE = "circular"


@bp.get("/<slug>/contacts/<purpose>/mail")
def circular(slug: str, purpose: str) -> ResponseReturnValue:
    """The words of a mail, how many get it, and how it will look."""
    survey, form = find(Survey, slug=slug), CircularForm()
    found, wanted = _contacts(survey, purpose)
    form.key.data = circulating.key_of_next(db.session, survey, wanted.name)
    return _page(survey, found, wanted, form)


@bp.post("/<slug>/contacts/<purpose>/mail")
def send_circular(slug: str, purpose: str) -> ResponseReturnValue:
    """Show, try, or send the mail."""
    survey, form, now = find(Survey, slug=slug), CircularForm(), clock.now()
    found, wanted = _contacts(survey, purpose)  # whoever comes after *now* gets the next one
    if not form.validate():
        return _page(survey, found, wanted, form), 422
    if "preview" in request.form:
        return _page(survey, found, wanted, form)
    if "test" in request.form:
        text = f"{form.text.data}\n\n{_why(survey, wanted, i18n.language())}"
        _mail(survey, current_staff().email, *as_test(form.subject.data, text))
        db.session.commit()
        return _page(survey, found, wanted, form, tried=True)

    to = circulating.reached(found, wanted.name, _since(survey, wanted))
    try:
        _send(survey, wanted, form, to, now)
    except Refusal as refusal:
        db.session.rollback()
        form.key.data = circulating.key_of_next(db.session, survey, wanted.name)
        form.key.raw_data = None
        form.form_errors.append(gettext(refusal.reason))
        return _page(survey, found, wanted, form), 409
    return web.back(url_for(".contacts", slug=slug), on_their_way(len(to)))


def _send(
    survey: Survey, wanted: Purpose, form: CircularForm, to: Sequence[Left], now: datetime
) -> None:
    """Put a mail to each into the outbox, and note the circular; all of it or nothing."""
    words, by = (form.subject.data, form.text.data or ""), current_staff().called
    if circulating.note_circular(
        db.session, survey, form.key.data, wanted.name, words, by, len(to), now
    ):
        reaching.note_reading(db.session, survey, by, "mail", len(to), now)
        for left in to:
            text = f"{form.text.data}\n\n{_why(survey, wanted, left.language)}"
            _mail(survey, left.address, form.subject.data, text)
    db.session.commit()


def _mail(survey: Survey, to: str, subject: str, text: str) -> None:
    """Put one mail into the outbox; who answers it reaches whoever wrote."""
    whose = {"purpose": PURPOSE, "reply_to": current_staff().email}
    mail.send(to, subject, text, project_id=survey.project_id, **whose)


def _contacts(survey: Survey, purpose: str) -> tuple[list[Left], Purpose]:
    found = reaching.contacts_left(db.session, keys(), survey)
    named = {each.name: each for left in found for each in left.purposes}
    return found, named.get(purpose) or abort(404)


def _last(survey: Survey, wanted: Purpose) -> datetime | None:
    """Return when the last mail for the same purpose left."""
    sent = circulating.circulars_of(db.session, survey)
    return next((each.at for each in sent if each.purpose == wanted.name), None)


def _since(survey: Survey, wanted: Purpose) -> datetime | None:
    return _last(survey, wanted) if "fresh" in request.form else None


def _why(survey: Survey, wanted: Purpose, language: str) -> str:
    """Say in the language of the recipient why they get this mail."""
    titles = titles_of(survey.title, starting.latest(db.session, survey))
    with force_locale(spoken(language)):
        said = gettext(
            "You get this mail because you left your address in the survey “%(title)s” for "
            "“%(wish)s”. If you do not want that any more, just answer this mail.",
            title=text_in(titles, language, FALLBACK)[0],
            wish=text_in(wanted.label, language, FALLBACK)[0],
        )
    return str(said)


def _page(
    survey: Survey,
    found: list[Left],
    wanted: Purpose,
    form: CircularForm,
    tried: bool = False,
) -> str:
    last = _last(survey, wanted)
    everyone = circulating.reached(found, wanted.name)
    mine = [left for left in found if wanted in left.purposes]
    return render_template(
        "surveys/circular.html",
        survey=survey,
        wanted=wanted,
        form=form,
        tried=tried,
        everyone=len(everyone),
        otherwise=sum(not left.address for left in mine),
        fresh=len(circulating.reached(found, wanted.name, last)) if last else 0,
        last=last,
        only_fresh="fresh" in request.form,
        why=_why(survey, wanted, i18n.language()),
        me=current_staff(),
        resting=not current_app.config["SMTP_URL"],
    )
