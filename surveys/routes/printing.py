"""What is printed for those who answer: a poster with the link, and the form on paper."""

import re
from collections.abc import Mapping
from typing import Any

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import force_locale, gettext
from markupsafe import Markup, escape

from core import qr, web
from core.db import db
from core.languages import FALLBACK
from people.current import find
from surveys.conversations.asking import is_talked_about
from surveys.definition import Definition, Item, Texts, text_in
from surveys.fieldwork import inviting, paper, writing
from surveys.fieldwork.inviting import Invited
from surveys.models import Kind, Survey
from surveys.questionnaires import laying
from surveys.questionnaires.conditions import SEVERAL, simply
from surveys.questionnaires.lengths import LONG, SHORT, in_version, question_of_length
from surveys.questionnaires.numbering import printed
from surveys.questionnaires.paging import whole
from surveys.questionnaires.tongues import around, marks, spoken
from surveys.responses import sitting
from surveys.routes import mailing, printed_wordings
from surveys.routes.desk import bp
from surveys.routes.sheets import is_required
from surveys.routes.visiting import Visit, keys, visit_of

AMONG = re.compile(r"selected\(\$\{(\w+)\}, *name\)")
REFERENCE = re.compile(r"\$\{[^}]*\}")
ROWS = {SHORT: 2, LONG: 3}  # turns of a repeat that a sheet has room for


@bp.get("/<slug>/poster")
def poster(slug: str) -> ResponseReturnValue:
    """A page for the wall: what it is about, how long it takes, and the way in."""
    survey = find(Survey, slug=slug)
    if survey.kind == Kind.ANONYMOUS:
        abort(404)
    here, words = _opened(survey)
    if is_talked_about(survey, here.asked.definition):
        abort(404)
    address = web.public(f"/s/{survey.slug}")
    with force_locale(spoken(words.language)):
        return render_template(
            "surveys/public/poster.html",
            survey=survey,
            words=words,
            square=qr.square(address),
            address=address.partition("://")[2],
            offered={code: here.asked.offered[code] for code in _languages(here)},
        )


@bp.get("/<slug>/paper/form")
def paper_form(slug: str) -> ResponseReturnValue:
    """The questionnaire to be filled in with a pen, once, or for each who is silent.

    Where the form has a short and a long version, the address says which; else it is short.
    """
    survey = find(Survey, slug=slug)
    here, words = _opened(survey)
    definition = here.asked.definition
    version = LONG if request.args.get("version") == LONG else SHORT
    items = in_version(definition, version, whole(here.asked.pages.values()).items)
    words.codes = printed(definition, version)
    length = question_of_length(definition)
    choices = words.choices(length) if length else ()
    chosen: Texts = next((each.label for each in choices if each.name == version), {})
    wording = [*printed_wordings.on_paper(here)]
    named = silent(survey) if "named" in request.args and paper.takes_paper(survey) else []
    with force_locale(spoken(words.language)):
        return render_template(
            "surveys/public/paper_form.html",
            survey=survey,
            words=words,
            blocks=laying.laid_out(items),
            version=words.say(chosen) if chosen else "",
            takes_paper=paper.takes_paper(survey),
            sheets=[_sheet(each) for each in named] or [None],
            listed=here.listed,
            rosters=here.asked.rosters,
            rows=range(1, ROWS[version] + 1),
            wording=wording,
            number=printed_wordings.number_of(wording),
            is_required=is_required,
        )


def silent(survey: Survey) -> list[Invited]:
    """List those invited from whom nothing has come."""
    invited = inviting.invited(db.session, survey)
    return [each for each in invited if each.step in writing.OPEN]


class PaperWords:
    """The texts of a questionnaire as they stand on paper, in one language."""

    def __init__(self, definition: Definition, language: str, titles: Texts) -> None:
        self.definition = definition
        self.titles = titles
        self.language = language
        self.within = around(language)  # the language of the sheet
        self._items = {item.name: item for item in definition.walk()}
        self._length = question_of_length(definition)
        self.codes: Mapping[str, str] = {}  # as they are counted on this sheet

    def say(self, texts: Texts) -> Markup:
        """Return a text; what a screen would fill in is left out."""
        text, language = text_in(texts, self.language, self.definition.default_language)
        text = REFERENCE.sub("…", laying.split_code(text)[1])
        marked = Markup(marks(language, self.within))  # noqa: S704 - escaped
        return Markup("<span{}>{}</span>").format(marked, text) if marked else escape(text)

    def code(self, item: Item) -> str:
        return self.codes.get(item.name) or laying.code_of(
            item, self.language, self.definition.default_language
        )

    def choices(self, item: Item) -> Any:
        return laying.choices_of(self.definition, item)

    def steps(self, item: Item) -> list[str]:
        return laying.steps_of(item)

    def source(self, item: Item) -> str:
        """Say among the answers to which question one chooses; empty for all that is listed."""
        found = AMONG.search(item.choice_filter)
        named = self._items.get(found[1]) if found else None
        same = named is not None and named.list == item.list
        return (self.code(named) or self._plain(named.label)) if named and same else ""

    def rule(self, item: Item) -> str:
        """Say which answers lead to an item; empty when it is for everyone."""
        if not item.relevant:
            return ""
        wanted = simply(item.relevant)
        if wanted is None or any(name not in self._items for name, _ in wanted):
            return str(gettext("Only if this is so for you."))
        length = self._length and self._length.name
        wanted = [each for each in wanted if each[0] != length]  # the sheet is of one version
        return " ".join(self._told(self._items[name], choices) for name, choices in wanted)

    def _told(self, item: Item, choices: tuple[str, ...]) -> str:
        question = self.code(item) or self._plain(item.label)
        if not choices:
            return str(gettext("Only if you answered “%(question)s”.", question=question))
        if choices == SEVERAL:
            several = gettext("Only if you ticked more than one answer to “%(question)s”.")
            return str(several % {"question": question})
        labels = {choice.name: choice.label for choice in self.choices(item)}
        said = [self._plain(labels[each]) if each in labels else each for each in choices]
        return str(
            gettext(
                "Only if your answer to “%(question)s” is: %(answers)s.",
                question=question,
                answers=gettext(" or ").join(said),
            )
        )

    def _plain(self, texts: Texts) -> str:
        text = text_in(texts, self.language, self.definition.default_language)[0]
        return REFERENCE.sub("…", laying.split_code(text)[1])


def _opened(survey: Survey) -> tuple[Visit, PaperWords]:
    place = sitting.start(db.engine, survey.slug) or abort(404)
    here = visit_of(survey.slug, place)
    wished = request.args.get("language", "")
    here.language = wished if wished in _languages(here) else FALLBACK
    return here, PaperWords(here.asked.definition, here.language, here.titles)


def _languages(here: Visit) -> tuple[str, ...]:
    definition, offered = here.asked.definition, here.asked.offered
    asked_in = definition.languages or (definition.default_language,)
    return tuple(code for code in asked_in if code in offered)


def _sheet(each: Invited) -> dict[str, object]:
    link = mailing.link_of(keys(), each.invitation)
    return {"organisation": each.organisation, "square": qr.square(link)}
