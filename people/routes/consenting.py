"""The wordings of consents, to read and to revise."""

from flask import abort, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from core import clock, web
from core.db import db
from core.errors import ChangedMeanwhile
from core.i18n import LANGUAGES
from people import consents as acts
from people.current import current_project
from people.forms import ConsentForm
from people.routes.area import register


@register.get("/consents")
def consents() -> ResponseReturnValue:
    """All wordings in force, by purpose and language."""
    texts = {
        purpose: {
            language: acts.versions(db.session, current_project(), purpose, language)
            for language in acts.LANGUAGES
        }
        for purpose in acts.PURPOSES
    }
    return render_template(
        "people/consents.html", texts=texts, purposes=acts.PURPOSES, names=LANGUAGES
    )


@register.get("/consents/<purpose>/<language>")
def consent(purpose: str, language: str) -> ResponseReturnValue:
    """One wording, to revise, and those before it."""
    return _page(purpose, language, None)


@register.post("/consents/<purpose>/<language>")
def reword(purpose: str, language: str) -> ResponseReturnValue:
    _check(purpose, language)
    form = ConsentForm()
    if not form.validate():
        return _page(purpose, language, form), 422

    place = (db.session, current_project(), purpose, language)
    try:
        fresh = acts.reword(*place, form.text.data or "", int(form.seen.data or 0), clock.now())
    except ChangedMeanwhile:
        db.session.rollback()
        form.text.errors = [gettext(ChangedMeanwhile.reason)]
        return _page(purpose, language, form), 409
    db.session.commit()
    notice = gettext("Version %(number)s is in force.", number=fresh.number)
    return web.back(url_for(".consents"), notice)


def _page(purpose: str, language: str, form: ConsentForm | None) -> str:
    _check(purpose, language)
    texts = acts.versions(db.session, current_project(), purpose, language)
    seen = texts[0].number if texts else 0
    form = form or ConsentForm(formdata=None, text=texts[0].text if texts else "", seen=seen)
    form.seen.data = str(seen)
    return render_template(
        "people/consent.html",
        form=form,
        texts=texts,
        purpose=purpose,
        language=language,
        purposes=acts.PURPOSES,
        names=LANGUAGES,
    )


def _check(purpose: str, language: str) -> None:
    if purpose not in acts.PURPOSES or language not in acts.LANGUAGES:
        abort(404)
