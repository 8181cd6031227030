"""The languages of a survey: how far each one is, which are offered, and text by text."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext
from markupsafe import Markup

from core import clock, texts, web
from core.db import db
from core.errors import ChangedMeanwhile, Refusal, message
from core.languages import name_of
from people.current import current_staff, find
from surveys.definition import Definition
from surveys.fieldwork import starting
from surveys.models import Survey
from surveys.questionnaires.understanding import lines
from surveys.routes.desk import bp
from surveys.routes.wording import language_name
from surveys.translating import plain, reviewing, states
from surveys.translating.reviewing import NothingToCheck, NotSound, ReferencesDiffer
from surveys.translating.states import Coverage, Reviewed, Standing

EACH = 50  # texts on a page
LONGEST = 3_000
STANDINGS = {
    Standing.MISSING: message("missing"),
    Standing.DRAFT: message("draft"),
    Standing.OUTDATED: message("outdated"),
    Standing.CHECKED: message("checked"),
}
COLUMNS = {
    "title": message("Title"),
    "label": message("Question or text"),
    "hint": message("Hint"),
    "message": message("When an answer does not fit"),
    "required_message": message("When an answer is missing"),
    "choice": message("Answer to choose"),
}


@dataclass
class Desk:
    """A survey and what it asks, on the page of somebody who reviews a language."""

    survey: Survey
    language: str = ""
    typed: dict[str, str] = field(default_factory=dict)  # what was sent, by the key of a text
    trouble: str = ""

    @cached_property
    def definition(self) -> Definition:
        return starting.latest(db.session, self.survey)

    @cached_property
    def texts(self) -> list[Reviewed]:
        return reviewing.texts_of(db.session, self.survey, self.definition, self.language)

    @cached_property
    def coverage(self) -> Coverage:
        return states.coverage(self.language, self.texts)

    @property
    def show(self) -> str:
        wish = request.values.get("show", "")
        return wish if wish in [*Standing] else ""

    @property
    def words(self) -> str:
        return request.values.get("words", "")[:100]

    @cached_property
    def found(self) -> list[Reviewed]:
        words = self.words.casefold().split()
        return [
            each
            for each in self.texts
            if self.show in ("", each.standing)
            and all(word in f"{each.source} {each.text}".casefold() for word in words)
        ]

    @property
    def number(self) -> int:
        """Which page of texts is read; the one of the text that was just worked on."""
        wish = request.values.get("page", 1, type=int)
        return min(max(wish, 1), self.pages)

    @property
    def pages(self) -> int:
        return max(1, -(-len(self.found) // EACH))

    @property
    def shown(self) -> list[Reviewed]:
        return self.found[(self.number - 1) * EACH : self.number * EACH]

    @property
    def next_open(self) -> str:
        """The text to go on with: the first unchecked one after the last, if there is one."""
        last = request.values.get("after", "")
        if not last:
            return ""
        keys = [each.key for each in self.texts]
        begin = keys.index(last) + 1 if last in keys else 0
        later = {*keys[begin:]}
        waiting = [each.key for each in self.shown if each.standing != Standing.CHECKED]
        return next((key for key in waiting if key in later), next(iter(waiting), ""))

    @property
    def wish(self) -> dict[str, Any]:
        return {
            name: value
            for name, value in (
                ("show", self.show), ("words", self.words), ("page", self.number)
            )
            if value and value != 1
        }  # fmt: skip


@bp.get("/<slug>/languages")
def languages(slug: str) -> ResponseReturnValue:
    """How far each language is, and which ones respondents are offered."""
    return _overview(find(Survey, slug=slug))


@bp.post("/<slug>/languages/<language>/release")
def release(slug: str, language: str) -> ResponseReturnValue:
    desk = _desk(slug, language)
    knowingly = "knowingly" in request.form
    if nameless := _nameless():
        return _overview(desk.survey, {language: nameless}), 422

    try:
        reviewing.release(
            db.session, desk.survey, desk.definition, language,
            by=current_staff().called, today=_today(), knowingly=knowingly,
        )  # fmt: skip
    except NotSound as refusal:
        return _overview(desk.survey, {language: gettext(refusal.reason)}), 422
    db.session.commit()
    notice = gettext("%(language)s is offered now.", language=language_name(language))
    return web.back(url_for(".languages", slug=slug), notice)


@bp.post("/<slug>/languages/<language>/release/removal")
def withdraw(slug: str, language: str) -> ResponseReturnValue:
    desk = _desk(slug, language)

    reviewing.withdraw(db.session, desk.survey, language)
    db.session.commit()
    notice = gettext("%(language)s is no longer offered.", language=language_name(language))
    return web.back(url_for(".languages", slug=slug), notice)


@bp.get("/<slug>/languages/<language>")
def translation(slug: str, language: str) -> ResponseReturnValue:
    """The texts of a survey beside their translation, to correct and to check."""
    return _page(_desk(slug, language))


@bp.post("/<slug>/languages/<language>")
def reword(slug: str, language: str) -> ResponseReturnValue:
    """Keep a text, checked by who is signed in, or for somebody else to check."""
    desk, text = _desk(slug, language), lines(request.form.get("text", ""))
    of, seen = request.form.get("of", ""), request.form.get("seen", "")
    by = current_staff().called if request.form.get("act") == "check" else None
    if len(text) > LONGEST:
        return _again(desk, of, text, gettext("Please write at most %(n)s letters.", n=LONGEST))
    if by is not None and (nameless := _nameless()):
        return _again(desk, of, text, nameless)
    try:
        reviewing.put(
            db.session, desk.survey, desk.definition, language, of, text,
            seen=seen, by=by, today=_today(),
        )  # fmt: skip
    except KeyError:
        abort(422)
    except (NothingToCheck, ReferencesDiffer, ChangedMeanwhile) as refusal:
        db.session.rollback()
        status = 409 if isinstance(refusal, ChangedMeanwhile) else 422
        return _again(desk, of, text, _said(refusal), status)
    db.session.commit()
    there = url_for(".translation", slug=slug, language=language, **desk.wish, after=of)
    return web.back(there, "")  # no fragment: it would keep the focus from the next text


def standing_name(standing: Standing) -> str:
    return str(gettext(STANDINGS[standing]))


def column_name(column: str) -> str:
    return str(gettext(COLUMNS[column]))


def hints_of(language: str, text: str) -> Iterator[str]:
    """Yield what is hard to read in a text of Leichte Sprache."""
    if language == plain.PLAIN:
        for hint in plain.hints(text):
            yield str(gettext(hint.reason, **hint.values))


def in_words(coverage: Coverage) -> str:
    """Say what is still to do in a language."""
    counts = coverage.counts
    parts = [
        ngettext("%(num)s is missing", "%(num)s are missing", counts[Standing.MISSING]),
        gettext("%(number)s not checked yet", number=counts[Standing.DRAFT]),
        gettext("%(number)s outdated", number=counts[Standing.OUTDATED]),
    ]
    told = (Standing.MISSING, Standing.DRAFT, Standing.OUTDATED)
    there = [part for part, each in zip(parts, told, strict=True) if counts[each]]
    return ", ".join(there) or str(gettext("everything is checked"))


def _nameless() -> str:
    """Say what to do to somebody whose checks would count for nobody."""
    if current_staff().called:
        return ""
    why = gettext("A check and a release count under your name, and your account has none yet.")
    link = Markup('<a href="{}" target="_blank">{}</a>')
    page = link.format(url_for("account.account"), gettext("Enter your name (new tab)"))
    return Markup("{} {}. {}").format(why, page, gettext("Then send this once more."))


def _said(refusal: Refusal) -> str:
    return str(gettext(refusal.reason, **refusal.values))


def _again(
    desk: Desk, of: str, text: str, trouble: str, status: int = 422
) -> ResponseReturnValue:
    """Show the page with what was typed, wherever the text stands by now."""
    again = Desk(desk.survey, desk.language, {of: text}, trouble)
    return _page(again), status


def _desk(slug: str, language: str) -> Desk:
    desk = Desk(find(Survey, slug=slug), language)
    if language not in reviewing.languages_of(desk.definition):
        abort(404)
    return desk


def _overview(survey: Survey, troubles: dict[str, str] | None = None) -> str:
    definition = starting.latest(db.session, survey)
    return render_template(
        "surveys/languages.html",
        survey=survey,
        default=definition.default_language,
        coverages=reviewing.coverages(db.session, survey, definition),
        always=reviewing.always_offered(definition),
        released=reviewing.released(db.session, survey.id),
        pages=texts.standings(),
        troubles=troubles or {},
        **_words(),
    )


def _page(desk: Desk) -> str:
    source = desk.definition.default_language
    return render_template(
        "surveys/translation.html", survey=desk.survey, desk=desk, source=source, **_words()
    )


def _words() -> dict[str, Any]:
    return {
        "STANDINGS": STANDINGS, "name_of": name_of, "standing_name": standing_name,
        "column_name": column_name, "hints_of": hints_of, "in_words": in_words,
    }  # fmt: skip


def _today() -> Any:
    return clock.today()
