"""Writing the pages of a questionnaire, each once per version and language.

The templates ask for texts in the language of the page; what is said in another one is
marked with its language and direction. They leave slots where the answers come in.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import render_template
from flask_babel import force_locale, gettext, ngettext
from markupsafe import Markup, escape

from surveys.definition import Item, Texts, text_in
from surveys.questionnaires import laying
from surveys.questionnaires.asking import Asked
from surveys.questionnaires.filling import Sheet
from surveys.questionnaires.paging import Page
from surveys.questionnaires.slots import slot
from surveys.questionnaires.tongues import around, direction_of, marks, spoken, tag_of
from surveys.routes.memory import Memory, needs_app
from surveys.sounds.hearing import SILENT, Ear, Voices

ALLOWED = 3  # required questions that the footer names one by one


@dataclass(frozen=True)
class Heading:
    """The title of a page, parted from its number."""

    code: str
    text: str
    html: Markup


@dataclass(frozen=True)
class Input:
    """What kind of field a question gets."""

    type: str
    mode: str = ""
    complete: str = "off"
    short: bool = False


PAGE = "surveys/public/page.html"
TITLE = Markup(slot("inset", "title"))  # noqa: S704 - replaced later
TITLED = Markup(slot("inset", "titled"))  # noqa: S704 - with its language


def sheet(
    kept: Memory,
    asked: Asked,
    digest: str,
    page: Page,
    language: str,
    template: str = PAGE,
    voices: Voices = SILENT,
) -> Sheet:
    """Return a page ready to be filled in; it is written when it is first asked for."""
    return kept.sheets.get(
        (digest, language, page.key, template, voices.place),
        lambda: Sheet(written(asked, page, language, template, voices), asked.cells),
    )


def written(
    asked: Asked,
    page: Page,
    language: str,
    template: str = PAGE,
    voices: Voices = SILENT,
) -> str:
    """Return the text of a page, with the marks of its slots."""
    needs_app()
    words = Words(asked, language, voices, counts=True)
    with force_locale(spoken(language)):
        html = render_template(
            template,
            **words.everything(),
            heading=words.heading(page),
            laid_out=laying.laid_out(page.items),
            heard_head=words.ear.hear_head(page),
            is_heard=words.ear.hears(page),
            has_roster=any(item.name in asked.rosters for item in page.questions),
            offered=asked.offered,
            promise=promise(asked, language),
        )
    return in_tongue(html, around(language))


def in_tongue(html: str, language: str) -> str:
    """Say of a whole page that it is in *language*."""
    opened = f'<html lang="{escape(tag_of(language))}" dir="{direction_of(language)}"'
    head, _, rest = html.partition("<html")
    return f"{head}{opened}{rest[rest.index('>') :]}"


def promise(asked: Asked, language: str) -> Any:
    """Say truthfully which questions must be answered."""
    required = [item for item in asked.items.values() if is_required(item)]
    if not required:
        return gettext("Taking part is voluntary. You can skip every question.")
    names = list(dict.fromkeys(_role(asked, item, language) for item in required))
    if len(names) > ALLOWED:
        return gettext(
            "Taking part is voluntary. Questions marked as required need an answer; you can "
            "skip all others."
        )
    return ngettext(
        "Taking part is voluntary. Only %(questions)s is needed; skip whatever you like.",
        "Taking part is voluntary. Only %(questions)s are needed; skip whatever you like.",
        len(names),
        questions=gettext(" and ").join(names),
    )


def is_required(item: Item) -> bool:
    return item.kind == "question" and item.required.strip() not in ("", "false()", "no")


def _role(asked: Asked, item: Item, language: str) -> Any:
    if item.osi.get("consent"):
        return gettext("your consent")
    if item.osi.get("register"):
        return gettext("the organisation")
    text = laying.split_code(
        text_in(item.label, language, asked.definition.default_language)[0]
    )[1]
    return gettext("“%(question)s”", question=text)


class Words:
    """What the templates of a page ask for, in one language.

    Where it *counts*, numbers are filled in later; else they stand as in the form. *Within*
    is the language of what stands around; texts in another are marked.
    """

    def __init__(
        self,
        asked: Asked,
        language: str,
        voices: Voices = SILENT,
        *,
        counts: bool = False,
        within: str = "",
    ) -> None:
        self.asked = asked
        self.within = within or around(language)
        self.counts = counts
        self.definition = asked.definition
        self.language = language
        self.fallback = asked.definition.default_language
        self.ear = Ear(asked.definition, language, voices)

    def everything(self) -> dict[str, Any]:
        """Return the names that the templates use."""
        return {
            "slot": lambda *arguments: Markup(slot(*arguments)),  # noqa: S704 - replaced later
            "turn_slot": lambda: Markup(slot("turn")),  # noqa: S704 - replaced later
            "said": self.said,
            "heard": self.ear.hear,
            "in_words": self.in_words,
            "plain": lambda texts: self.text(texts)[0],
            "language_of": self.language_of,
            "code_of": self.code_of,
            "choices_of": lambda item: laying.choices_of(self.definition, item),
            "look_of": self.look_of,
            "fits_scale": self.fits_scale,
            "has_label_for": self.has_label_for,
            "is_required": is_required,
            "input_of": input_of,
            "step_of": self.step_of,
            "steps_of": laying.steps_of,
            "limits_of": laying.limits_of,
            "rosters": self.asked.rosters,
            "followers": self.asked.followers,
            "language": self.language,
            "in_language": self.attributes,
            "survey_title": TITLED,
            "page_title": TITLE,
        }

    def heading(self, page: Page) -> Heading:
        """Return the name of the part that a page stands in, or else of the survey."""
        text, language = self.text(page.part.label if page.part else {})
        code, rest = laying.split_code(text)
        if code and page.part:
            code = self.code_of(page.part) or code
        if "${" in rest or not rest:
            return Heading(code, "", TITLED)
        return Heading(code, rest, self._marked(rest, language))

    def code_of(self, item: Item) -> str:
        """Return what stands on the tab of a question."""
        number = self.asked.numbers.get(item.name)
        if self.counts and number:
            if isinstance(number, str):
                return number
            return Markup(slot("inset", f"code {item.name}"))  # noqa: S704 - replaced later
        return laying.code_of(item, self.language, self.fallback)

    def said(self, item: Item, column: str, paragraphs: bool = False) -> Markup:
        """Return a text of *item*; one that names answers is filled in later."""
        texts: Texts = getattr(item, column)
        if any("${" in text for text in texts.values()):
            body = Markup(slot(column, item.name))  # noqa: S704 - replaced later
            return Markup("<p>{}</p>").format(body) if paragraphs else body
        text, language = self.text(texts)
        if column == "label":
            text = laying.split_code(text)[1] if not paragraphs else text
        if not paragraphs:
            return self._marked(text, language)
        if self.counts and laying.split_code(text)[0]:
            text = Markup("{}. {}").format(self.code_of(item), laying.split_code(text)[1])
        parts = [part.strip() for part in text.split("\n") if part.strip()]
        return Markup("").join(
            Markup("<p{}>{}</p>").format(self.attributes(language), part) for part in parts
        )

    def in_words(self, texts: Texts) -> Markup:
        return self._marked(*self.text(texts))

    def language_of(self, texts: Texts) -> Markup:
        return self.attributes(self.text(texts)[1])

    def step_of(self, texts: Texts) -> Mapping[str, str]:
        """Part "eng – mit Vereinbarung" into the word on the scale and what it means."""
        word, _, more = self.text(texts)[0].partition(" – ")
        return {"word": word, "more": more}

    def look_of(self, item: Item) -> str:
        return laying.look_of(self.definition, item, self.language)

    def fits_scale(self, item: Item) -> bool:
        """Whether the choices of a row fit side by side on a phone."""
        choices = laying.choices_of(self.definition, item)
        texts = [self.text(choice.label)[0] for choice in choices]
        return item.type == "select_one" and 2 <= len(texts) <= 5 and max(map(len, texts)) <= 20

    def has_label_for(self, item: Item) -> bool:
        """Whether one label names one field, so that no legend is needed."""
        if item.name in self.asked.rosters:
            return item.type == "select_one"
        if item.type == "range":
            return not laying.steps_of(item)
        return self.look_of(item) == "select"

    def text(self, texts: Texts) -> tuple[str, str]:
        """Return a text, and the language it is in."""
        return text_in(texts, self.language, self.fallback)

    def _marked(self, text: str, language: str) -> Markup:
        attributes = self.attributes(language)
        if not attributes:
            return escape(text)
        return Markup("<span{}>{}</span>").format(attributes, text)

    def attributes(self, language: str) -> Markup:
        return Markup(marks(language, self.within))  # noqa: S704 - escaped


def input_of(item: Item) -> Input:
    """Return the field in which a question is answered."""
    if "multiline" in item.appearance:
        return Input("textarea")
    if item.osi.get("pii") and "@" in item.constraint:
        return Input("text", "email", "email")
    if item.type == "text" and "numbers" in item.appearance:
        return Input("text", "tel")
    if item.type == "date":
        kind = "month" if "month-year" in item.appearance else "date"
        return (
            Input("text", "numeric", short=True)
            if item.appearance == "year"
            else Input(kind, short=True)
        )
    kinds = {
        "integer": Input("text", "numeric", short=True),
        "decimal": Input("text", "decimal", short=True),
        "time": Input("time", short=True),
        "datetime": Input("datetime-local", short=True),
    }
    return kinds.get(item.type, Input("text"))
