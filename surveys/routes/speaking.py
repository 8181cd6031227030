"""The desk of reading aloud: how far each language is, its texts, and links for speakers."""

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from core import clock, web
from core.db import db
from people.current import find, open_to, staff_blueprint
from people.models import Role
from surveys import models
from surveys.models import Survey
from surveys.routes import booths, visiting, wording
from surveys.routes.booths import Booth
from surveys.sounds import LARGEST, inviting, keeping
from surveys.sounds.forms import LinkForm
from surveys.sounds.keeping import State
from surveys.sounds.models import SpeakerLink

bp = staff_blueprint("speaking", __name__, "/surveys/<slug>/speaking")
wording.teach(bp)
ROOM_FOR_FIELDS = 100_000  # bytes beside the recording itself
ALL_FILES = 5 * LARGEST


def booth(slug: str, language: str) -> Booth:
    return booths.booth_of(find(Survey, slug=slug), language, "surveys/speaking_texts.html")


@bp.get("")
@open_to(Role.COUNSELLOR)
def languages(slug: str) -> ResponseReturnValue:
    """How much of each language can be heard, and who speaks it."""
    survey = find(Survey, slug=slug)
    definition = keeping.asked_now(db.session, survey)
    rows = []
    for language in keeping.languages_of(definition):
        texts = keeping.tasks(db.session, survey, definition, language)
        links = [
            (link, web.public(url_for("speakers.texts", token=_token(link))))
            for link in inviting.links_of(db.session, survey, language)
        ]
        rows.append((language, keeping.counted(texts), len(texts), links))
    return render_template(
        "surveys/speaking.html",
        survey=survey,
        rows=rows,
        new_link=lambda: LinkForm(formdata=None),
    )


@bp.get("/<language>")
@open_to(Role.COUNSELLOR)
def texts(slug: str, language: str) -> ResponseReturnValue:
    """All texts of a language, and whether each is spoken."""
    return booths.listed(booth(slug, language))


@bp.get("/<language>/texts/<name>")
@open_to(Role.COUNSELLOR)
def text(slug: str, language: str, name: str) -> ResponseReturnValue:
    """One text to be spoken."""
    here = booth(slug, language)
    return booths.shown(here, here.task(name))


@bp.post("/<language>/texts/<name>")
@open_to(Role.COUNSELLOR)
@web.takes(LARGEST + ROOM_FOR_FIELDS)
def keep(slug: str, language: str, name: str) -> ResponseReturnValue:
    here = booth(slug, language)
    return booths.keep(here, here.task(name))


@bp.post("/<language>/removals/<name>")
@open_to(Role.COUNSELLOR)
def remove(slug: str, language: str, name: str) -> ResponseReturnValue:
    here = booth(slug, language)
    return booths.remove(here, here.task(name))


@bp.post("/<language>/checks/<name>")
@open_to(Role.COUNSELLOR)
def check(slug: str, language: str, name: str) -> ResponseReturnValue:
    """Let people hear what was just heard here, and go on with the next that waits."""
    here = booth(slug, language)
    task, digest = here.task(name), request.form.get("digest", "")
    is_same = keeping.check(db.session, here.survey, language, task.key, digest, clock.today())
    db.session.commit()
    if not is_same:
        notice = gettext("It has been spoken anew meanwhile. Please listen once more.")
        return web.back(booths.address(task), notice)
    following = here.first(State.WAITING, after=task)
    return web.back(booths.address(following), gettext("People hear this recording now."))


@bp.post("/<language>/files")
@open_to(Role.COUNSELLOR)
@web.takes(ALL_FILES)
def keep_files(slug: str, language: str) -> ResponseReturnValue:
    return booths.keep_files(booth(slug, language))


@bp.get("/<language>/sound/<digest>.m4a")
@open_to(Role.COUNSELLOR)
def sound(slug: str, language: str, digest: str) -> ResponseReturnValue:
    return booths.played(booth(slug, language), digest)


@bp.post("/<language>/links")
def add_link(slug: str, language: str) -> ResponseReturnValue:
    """Make a link for somebody who has no account."""
    survey, form = booth(slug, language).survey, LinkForm()
    if not form.validate():
        abort(422)
    if survey.state == models.State.CLOSED:
        abort(409)

    keys, now = visiting.keys(), clock.now()
    inviting.invite(db.session, keys, survey, language, form.key.data, now)
    db.session.commit()
    notice = gettext("The link is ready. It opens the texts of this language and nothing else.")
    return web.back(url_for(".languages", slug=slug, _anchor=language), notice)


@bp.post("/<language>/links/<id:number>/removal")
def revoke(slug: str, language: str, number: int) -> ResponseReturnValue:
    survey = find(Survey, slug=slug)
    link = find(SpeakerLink, id=number, survey_id=survey.id, language=language)

    inviting.revoke(db.session, link, clock.now())
    db.session.commit()
    notice = gettext("The link opens nothing any more.")
    return web.back(url_for(".languages", slug=slug, _anchor=language), notice)


def _token(link: SpeakerLink) -> str:
    return inviting.token_of(visiting.keys(), link)
