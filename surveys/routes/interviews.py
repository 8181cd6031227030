"""Interviews with organisations: whom to talk to, the guide, the notes, what is in them."""

from dataclasses import dataclass, field
from typing import Any

from flask import abort, current_app, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from core import clock, i18n, web
from core.db import db
from people.current import find
from people.models import Organisation
from surveys.fieldwork.importing import latest_version
from surveys.forms import RecordForm
from surveys.interviews import guiding, interviewing
from surveys.interviews.guiding import Guide, Part
from surveys.interviews.interviewing import Overtaken, Record
from surveys.interviews.models import GENERAL, Interview
from surveys.models import Response, Survey
from surveys.questionnaires import asking
from surveys.questionnaires.understanding import lines
from surveys.responses import sitting
from surveys.routes import marking, sealing_off
from surveys.routes.desk import bp
from surveys.routes.marking import Tried
from surveys.routes.visiting import visit_of

NOTE = "note "  # begins the names of fields with notes


@dataclass
class Talk:
    """An organisation, what it answered, and what is noted of the conversation with it."""

    survey: Survey
    organisation: Organisation
    response: Response | None
    interview: Interview | None
    parts: list[Part] = field(default_factory=list)

    @property
    def notes(self) -> dict[str, str]:
        return dict(self.interview.notes) if self.interview else {}

    @property
    def revision(self) -> int:
        return self.interview.revision if self.interview else 0

    @property
    def names(self) -> dict[str, tuple[str, str]]:
        """The titles of all entries by their names."""
        return {each.name: each.title for part in self.parts for each in part.entries}


@bp.get("/<slug>/interviews")
def interviews(slug: str) -> ResponseReturnValue:
    """Who has answered or is invited, and with whom an interview is planned or held."""
    survey = find(Survey, slug=slug)
    found = interviewing.guests(db.session, survey)
    groups = {
        "planned": [each for each in found if each.interview and not each.interview.held],
        "held": [each for each in found if each.interview and each.interview.held],
        "open": [each for each in found if not each.interview],
    }
    return render_template("surveys/interviews.html", survey=survey, groups=groups)


@bp.get("/<slug>/interviews/<code>")
def guide(slug: str, code: str) -> ResponseReturnValue:
    """What an organisation answered, and beside it what is noted."""
    talk = _talk(slug, code)
    return _page(talk, RecordForm(formdata=None, obj=talk.interview), talk.notes)


@bp.post("/<slug>/interviews/<code>")
def keep_interview(slug: str, code: str) -> ResponseReturnValue:
    """Keep date, names and notes; who was overtaken sees both and loses nothing."""
    talk, form, typed = _talk(slug, code), RecordForm(), _typed()
    if not form.validate():
        return _page(talk, form, typed), 422

    record = Record(**form.values(), notes=typed)
    read = request.form.get("revision", 0, type=int)
    where = db.session, talk.survey, talk.organisation
    try:
        lost = interviewing.keep(*where, record, read, clock.now())
    except Overtaken:
        db.session.rollback()
        return _page(_talk(slug, code), form, typed, overtaken=True), 409
    db.session.commit()
    return web.back(url_for(".guide", slug=slug, code=code), _said(lost))


@bp.get("/<slug>/interviews/<code>/paper")
def guide_paper(slug: str, code: str) -> ResponseReturnValue:
    """The guide to print: answers, and lines to write on."""
    return render_template("surveys/interview_paper.html", talk=_talk(slug, code))


@bp.get("/<slug>/interviews/<code>/passages")
def marks(slug: str, code: str) -> ResponseReturnValue:
    """The notes, to mark needs, offers, quotes and themes in."""
    return _marks(_talk(slug, code))


@bp.post("/<slug>/interviews/<code>/passages")
def mark_notes(slug: str, code: str) -> ResponseReturnValue:
    """Give notes, or a stretch of them, a term."""
    talk = _talk(slug, code)
    wanted = request.form.get("text", "")
    sources = interviewing.notes_of(db.session, talk.interview) if talk.interview else {}
    done = marking.mark(sources.get(wanted) or abort(422))
    if isinstance(done, Tried):
        return _marks(talk, done), 422

    db.session.commit()
    place = url_for(".marks", slug=slug, code=code)
    undo = marking.undoing(done, place)
    return web.back(f"{place}#term-{wanted}", marking.said(done), undo=undo)


@bp.post("/<slug>/interviews/<code>/erasure")
def erase_interview(slug: str, code: str) -> ResponseReturnValue:
    """Delete the notes and all that is marked in them, for good."""
    talk = _talk(slug, code)

    if talk.interview:
        interviewing.erase(db.session, current_app.config["DATA"], talk.interview)
        db.session.commit()
        sealing_off.scour.later()
    return web.back(url_for(".interviews", slug=slug), gettext("The interview is deleted."))


def _talk(slug: str, code: str) -> Talk:
    survey = find(Survey, slug=slug)
    organisation = find(Organisation, code=code, deleted=None)
    interviewing.check(survey)
    response = interviewing.leading_answer(db.session, survey, organisation)
    interview = interviewing.interview_with(db.session, survey, organisation)
    talk = Talk(survey, organisation, response, interview)
    talk.parts = _guide(survey, response).parts()
    if left := guiding.left_over(talk.parts, talk.notes):
        talk.parts.append(left)
    return talk


def _guide(survey: Survey, response: Response | None) -> Guide:
    language = i18n.language()
    if response and (place := sitting.sitting(db.session, response.id, survey.slug)):
        here = visit_of(survey.slug, place)
        return Guide(here.asked, here.evaluate(here.answers), language)
    version = latest_version(db.session, survey) or abort(404)
    asked = asking.asked(lambda: db.session, version.id, version.digest)
    nobody = asking.roster_for(asked, [])
    return Guide(asked, asked.evaluate({}, nobody, clock.now(), language), language)


def _page(
    talk: Talk, form: RecordForm, notes: dict[str, str], *, overtaken: bool = False
) -> str:
    return render_template(
        "surveys/interview.html",
        talk=talk,
        form=form,
        notes=notes,
        theirs=talk.notes if overtaken else {},
        overtaken=overtaken,
        general=GENERAL,
        NOTE=NOTE,
    )


def _marks(talk: Talk, tried: Tried | None = None) -> str:
    found = interviewing.notes_of(db.session, talk.interview) if talk.interview else {}
    order = [GENERAL, *talk.names]
    sources = sorted(found.values(), key=lambda each: order.index(each.key))
    here = url_for(".marks", slug=talk.survey.slug, code=talk.organisation.code)
    shared: dict[str, Any] = marking.words(tried)
    return render_template(
        "surveys/interview_marks.html",
        talk=talk,
        sources=sources,
        general=GENERAL,
        here=here,
        **shared,
    )


def _typed() -> dict[str, str]:
    return {
        name.removeprefix(NOTE)[:200]: lines(text)
        for name, text in request.form.items()
        if name.startswith(NOTE)
    }


def _said(lost: int) -> str:
    if not lost:
        return str(gettext("The notes are saved."))
    gone = ngettext(
        "%(num)s marked passage is gone, as its words or the consent are.",
        "%(num)s marked passages are gone, as their words or the consent are.",
        lost,
    )
    return f"{gettext('The notes are saved.')} {gone}"
