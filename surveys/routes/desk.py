from collections.abc import Callable
from datetime import date

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext

from core import clock, downloading, qr, web
from core.db import db
from core.errors import Refusal
from core.forms import LineField
from people.current import current_project, find, find_all, open_to, staff_blueprint
from people.desk import Step, Tab, add_step_after_import, add_tab
from people.models import Role
from surveys.conversations.asking import is_talked_about
from surveys.definition import Definition
from surveys.fieldwork import starting
from surveys.forms import TitleForm, WaveForm
from surveys.models import Kind, State, Subject, Survey, SurveyVersion
from surveys.reporting import rating
from surveys.responses import anonymising, erasing, limiting
from surveys.routes import sealing_off, wording
from surveys.translating import reviewing

bp = staff_blueprint("surveys", __name__, "/surveys")
wording.teach(bp)
add_tab(
    Tab(
        20,
        "surveys.index",
        lazy_gettext("Surveys"),
        also=("invitations", "passages", "speaking"),
    )
)


KINDS = {
    Kind.IDENTIFIED: lazy_gettext("Identified"),
    Kind.ANONYMOUS: lazy_gettext("Anonymous, with invitations"),
    Kind.OPEN: lazy_gettext("Open to everyone"),
}


def _first_to_invite() -> str:
    """Where a project whose address list is in goes on: to invite, or to begin a survey."""
    newest = next(reversed(find_all(Survey, subject=Subject.ORGANISATIONS, deleted=None)), None)
    return url_for("invitations.index", slug=newest.slug) if newest else url_for("surveys.new")


add_step_after_import(Step(20, lazy_gettext("Send a test invitation"), _first_to_invite))


@bp.get("")
@open_to(Role.TASK_FORCE)
def index() -> ResponseReturnValue:
    """All surveys of the project, the newest first."""
    everything = [*reversed(find_all(Survey))]
    surveys = [survey for survey in everything if not survey.deleted]
    rates = {survey.id: rating.rates(db.session, survey) for survey in surveys}
    gone = [survey for survey in everything if survey.deleted]
    return render_template("surveys/index.html", surveys=surveys, rates=rates, gone=gone)


@bp.get("/<slug>")
@open_to(Role.TASK_FORCE)
def survey(slug: str) -> ResponseReturnValue:
    """Where a survey stands, and its ways in and out."""
    survey = find(Survey, slug=slug)
    title = wording.in_my_language(survey.title)
    rename, wave = _title_form(survey, formdata=None), WaveForm(formdata=None)
    wave.title.data = gettext("%(title)s – next wave", title=title)
    return _page(survey, rename, wave)


@bp.get("/<slug>/versions/<id:number>")
def version(slug: str, number: int) -> ResponseReturnValue:
    """What was found and mended when a version came in."""
    survey, version = _version(slug, number)
    definition = Definition.from_json(version.definition)
    return render_template(
        "surveys/version.html", survey=survey, version=version, definition=definition
    )


@bp.get("/<slug>/versions/<id:number>/form.xlsx")
def form_of_version(slug: str, number: int) -> ResponseReturnValue:
    """What is asked as XLSForm, with all languages as they are: to change, and bring back."""
    from surveys.exchange.writing import write_xlsform  # noqa: PLC0415 - heavy

    survey, version = _version(slug, number)
    definition = Definition.from_json(version.definition)
    content = write_xlsform(reviewing.for_export(db.session, survey, definition))
    return downloading.download(content, "xlsx", f"{slug}-{number}")


def _version(slug: str, number: int) -> tuple[Survey, SurveyVersion]:
    survey = find(Survey, slug=slug)
    versions = starting.versions_of(db.session, survey)
    return survey, next((x for x in versions if x.number == number), None) or abort(404)


@bp.post("/<slug>/opening")
def open_survey(slug: str) -> ResponseReturnValue:
    return _step(slug, starting.open_survey, gettext("People can answer now."), clock.now())


@bp.post("/<slug>/opening/removal")
def undo_opening(slug: str) -> ResponseReturnValue:
    return _step(slug, starting.undo_opening, gettext("The survey is a draft again."))


@bp.post("/<slug>/removal")
def remove_survey(slug: str) -> ResponseReturnValue:
    """Take a draft out of every list."""
    survey = find(Survey, slug=slug)

    starting.remove(db.session, survey, clock.now())
    db.session.commit()
    notice = gettext("“%(name)s” is deleted.", name=wording.in_my_language(survey.title))
    return web.back(url_for(".index"), notice, undo=url_for(".bring_back", slug=slug))


@bp.post("/<slug>/return")
def bring_back(slug: str) -> ResponseReturnValue:
    return _step(slug, starting.bring_back, gettext("The draft is there again."))


@bp.post("/<slug>/closing")
def close_survey(slug: str) -> ResponseReturnValue:
    answer = _step(slug, starting.close_survey, gettext("The survey is closed."), clock.now())
    sealing_off.seal_off.later(find(Survey, slug=slug).id)
    return answer


@bp.post("/<slug>/closing/removal")
def reopen(slug: str) -> ResponseReturnValue:
    return _step(slug, starting.reopen, gettext("The survey is open again."))


@bp.post("/<slug>/kind")
def choose_kind(slug: str) -> ResponseReturnValue:
    """Say who can tell whose answer it is."""
    find(Survey, slug=slug)
    wish = request.form.get("kind", "")
    if wish not in [*Kind]:
        abort(422)
    notice = gettext("The survey is of another kind now.")
    return _step(slug, starting.choose_kind, notice, Kind(wish))


@bp.post("/<slug>/keeping")
def keep_until(slug: str) -> ResponseReturnValue:
    """Say how long answers are kept; without a date, until somebody says so."""
    find(Survey, slug=slug)
    typed = request.form.get("until", "")
    try:
        day = date.fromisoformat(typed) if typed else None
    except ValueError:
        abort(422)
    notice = gettext("Answers are kept until then.") if day else gettext("No date is set.")
    today = clock.today()
    return _step(slug, starting.keep_until, notice, day, today)


@bp.post("/<slug>/title")
def rename(slug: str) -> ResponseReturnValue:
    survey = find(Survey, slug=slug)
    form = _title_form(survey)
    if not form.validate():
        return _page(survey, form, WaveForm(formdata=None)), 422

    first, *others = _languages(survey)
    titles = {first: form.title.data} | {code: form[f"title-{code}"].data for code in others}
    given = {code: title for code, title in titles.items() if title}
    starting.rename(db.session, survey, given)
    db.session.commit()
    return web.back(url_for(".survey", slug=slug), gettext("The title is changed."))


@bp.post("/<slug>/waves")
def begin_wave(slug: str) -> ResponseReturnValue:
    survey, form = find(Survey, slug=slug), WaveForm()
    if not form.validate():
        return _page(survey, _title_form(survey, formdata=None), form), 422

    project, now = current_project(), clock.now()
    wave = starting.new_wave(db.session, survey, project, form.key.data, form.title.data, now)
    db.session.commit()
    return web.back(url_for(".survey", slug=wave.slug), gettext("The new wave is a draft."))


def _step(
    slug: str, act: Callable[..., None], notice: str, *values: object
) -> ResponseReturnValue:
    survey = find(Survey, slug=slug)

    act(db.session, survey, *values)
    db.session.commit()
    return web.back(url_for(".survey", slug=slug), notice)


def _languages(survey: Survey) -> list[str]:
    """List the languages of a survey, that of its form first."""
    definition = starting.latest(db.session, survey)
    return [*dict.fromkeys([definition.default_language or "de", *definition.languages])]


def _title_form(survey: Survey, **more: object) -> TitleForm:
    """Return the form with a title for each language; an empty one is that of the form."""
    first, *others = _languages(survey)

    class Form(TitleForm):
        pass

    for code in others:
        label = gettext("Title in %(language)s", language=wording.language_name(code))
        setattr(Form, f"title-{code}", LineField(label, limit=120, required=False))
    titles = {f"title-{code}": survey.title.get(code, "") for code in others}
    otherwise = wording.in_my_language(survey.title)
    return Form(data={"title": survey.title.get(first) or otherwise, **titles}, **more)


def _why_not_open(survey: Survey) -> str:
    """Return why a draft whose moment has come is one still; empty for all others."""
    if survey.state != State.DRAFT or not survey.opens or survey.opens > clock.now():
        return ""
    try:
        starting.check_opening(db.session, survey)
    except Refusal as refusal:
        return str(gettext(refusal.reason, **refusal.values))
    return str(gettext("the server was not awake. It will open within a minute."))


def _unchecked(survey: Survey) -> dict[str, list[str]]:
    """Name the languages that are offered unchecked, and those that could be offered."""
    definition = starting.latest(db.session, survey)
    offered = reviewing.released(db.session, survey.id)
    found = reviewing.coverages(db.session, survey, definition, offered) if offered else []
    waiting = {*definition.languages} - {*reviewing.always_offered(definition), *offered}
    return {
        "drafts": [wording.language_name(each.language) for each in found if each.open],
        "waiting": [wording.language_name(each) for each in sorted(waiting)],
    }


def _page(survey: Survey, rename: TitleForm, wave: WaveForm) -> str:
    address = web.public(f"/s/{survey.slug}")
    versions = starting.versions_of(db.session, survey)
    return render_template(
        "surveys/survey.html",
        survey=survey,
        versions=versions,
        asks_for_contact=any(starting.asks_for_contact(each) for each in versions),
        rates=rating.rates(db.session, survey),
        untouched=starting.is_untouched(db.session, survey),
        address=address,
        square=qr.square(address),
        unreachable=web.only_here(),
        invitations=url_for("invitations.index", slug=survey.slug),
        rename=rename,
        wave=wave,
        kinds=KINDS,
        taken=limiting.seats(db.session, survey),
        overdue=_why_not_open(survey),
        figures=anonymising.figures(db.session, survey),
        talked_about=is_talked_about(survey, starting.latest(db.session, survey)),
        **_unchecked(survey),
        erasures=erasing.erasures_of(db.session, survey),
    )
