"""The beginning of a conversation: the language, and the yes before which nothing is kept."""

from collections.abc import Mapping
from typing import Any

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale
from markupsafe import Markup

from core import clock, web
from core.db import db
from core.languages import spoken_for
from people.current import current_membership, current_project, find
from surveys.conversations import asking, holding
from surveys.conversations.holding import Draft
from surveys.definition import Item
from surveys.models import Kind, State, Subject, Survey
from surveys.questionnaires.tongues import spoken
from surveys.questionnaires.wordings import key_of_consent
from surveys.responses import agreeing, sitting
from surveys.responses.agreeing import Wording
from surveys.responses.sitting import Start
from surveys.routes import sheets, talks, visiting
from surveys.routes.conversations import bp, counsellors, current_provider
from surveys.routes.visiting import Visit
from surveys.translating.texts import key_of

LONG = 10  # digits, which no number of a wording has


@bp.get("/new")
@counsellors
def new() -> ResponseReturnValue:
    """About what one talks, and in which language the person reads and listens."""
    current_provider()
    return render_template("surveys/conversations/new.html", offered=surveys_offered())


@bp.get("/new/<slug>/<language>")
@counsellors
def consent(slug: str, language: str) -> ResponseReturnValue:
    """What is asked and what becomes of it, to be read aloud; nothing is stored yet."""
    visit = visit_about(slug, language)
    return page_before(visit, visiting.new_key())


@bp.post("/new/<slug>/<language>")
@counsellors
def begin(slug: str, language: str) -> ResponseReturnValue:
    """Begin with a yes; of a no nothing is kept."""
    visit = visit_about(slug, language)
    if request.form.get("answer") == "no":
        return web.back(url_for(".declined", language=language), "")
    key = request.form.get("key", "")[:64] or abort(400)
    if request.form.get("answer") != "yes":
        return page_before(visit, key, missing=True), 422

    place = visit.place
    assert isinstance(place, Start)  # noqa: S101 - see visit_about()
    row = holding.begin(
        db.session,
        visiting.keys(),
        place,
        current_provider(),
        visiting.keys().hash("responses", f"{current_membership().id} {key}"),
        language=language,
        draft=first_draft(visit, request.form.get("agreed", type=int)),
        now=clock.now(),
    )
    db.session.commit()
    return web.back(url_for(".resume", code=row.code), "")


@bp.get("/declined/<language>")
@counsellors
def declined(language: str) -> ResponseReturnValue:
    """A friendly word for a no."""
    with force_locale(spoken(language)):
        theirs = Markup(render_template("surveys/public/talk_declined.html"))  # noqa: S704 - our own template
    return render_template(
        "surveys/conversations/declined.html", theirs=theirs, person=spoken_for(language)
    )


def visit_about(slug: str, language: str) -> Visit:
    current_provider()
    survey = find(Survey, slug=slug, subject=Subject.PERSONS, state=State.OPEN)
    if survey.kind == Kind.ANONYMOUS:
        abort(404)
    place = sitting.start(db.engine, slug) or abort(404)
    visit = talks.visit_in(slug, place, language)
    return visit if visit.language == language else abort(404)


def surveys_offered() -> Mapping[Survey, Mapping[str, str]]:
    """Return the surveys about which one can talk, and their languages by name."""
    offered = {}
    for survey in holding.surveys_for(db.session, current_project().id):
        place = sitting.start(db.engine, survey.slug) or abort(404)
        offered[survey] = talks.visit_in(survey.slug, place, "").asked.offered
    return offered


def is_wording(visit: Visit, typed: str) -> bool:
    """Whether a sheet in this language can show the wording whose number is typed."""
    item = asking.consent_of(visit.asked.definition)
    project_id = visit.place.project_id
    return bool(
        item
        and typed.isdecimal()
        and len(typed) < LONG
        and agreeing.is_wording(db.session, project_id, item, visit.language, int(typed))
    )


def first_draft(visit: Visit, agreed: int | None) -> Draft:
    """Return what is known when a conversation begins, and to which wording one agreed."""
    provider = current_membership().provider or abort(404)
    definition = visit.asked.definition
    item = asking.consent_of(definition)
    return Draft(
        asking.known_answers(definition, provider.code, visit.language),
        {item.name: agreed} if item and agreed else {},
    )


def page_before(visit: Visit, key: str, *, missing: bool = False, **more: Any) -> str:
    """Return what is said and asked before the yes, with the *key* that begins it."""
    definition = visit.asked.definition
    item = asking.consent_of(definition) or Item(
        "question", "", osi={"consent": "conversation"}
    )
    facts = {
        "item": item,
        "later": asking.later_consents(definition),
        "notes": asking.notes_before(definition),
    }
    mine = talks.for_counsellor(visit)
    with force_locale(spoken(visit.language)):
        theirs = Markup(  # noqa: S704 - our own template
            render_template("surveys/public/talk_consent.html", **_words(visit, facts))
        )
    return render_template(
        "surveys/conversations/consent.html",
        **_words(mine, facts),
        theirs=theirs,
        person=visit.language,
        ours_code=spoken_for(visit.language),
        words=talks.words_for(visit.language),
        agreed=wording_of(visit, item),
        slug=visit.slug,
        key=key,
        missing=missing,
        **more,
    )


def _words(visit: Visit, facts: Mapping[str, Any]) -> dict[str, Any]:
    words = sheets.Words(visit.asked, visit.language, within=visit.language)
    item: Item = facts["item"]
    ours = words.attributes(spoken_for(visit.language))
    wording = wording_of(visit, item)
    more = {"wording": wording, "ours": ours, "players": _players(visit, item, wording)}
    return {**words.everything(), **facts, **more}


def _players(visit: Visit, item: Item, wording: Wording | None) -> list[tuple[str, ...]]:
    """Return what is heard before the first yes: the question and the wording."""
    question = item.label.get(visit.language, "")
    texts = [("label", key_of(item, "label"), question, visit.language)]
    if wording:
        key = key_of_consent(item.osi["consent"])
        texts.append(("consent", key, wording.text, wording.language))
    found = [
        (part, visit.voices.of(key, text, language), text, language)
        for part, key, text, language in texts
    ]
    return [each for each in found if each[1]]


def wording_of(visit: Visit, item: Item) -> Wording | None:
    """Return the wording in force beside a consent."""
    return agreeing.wording(db.session, visit.place.project_id, item, visit.language)
