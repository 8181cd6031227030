from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import format_decimal, format_percent, gettext
from markupsafe import Markup, escape

from core.db import db
from networks.network import waves
from networks.routes.showing import Shown, desk, wave
from networks.words import SECTORS
from people.current import current_project, open_to
from people.models import Role
from people.naming import fold
from people.words import LOCALITIES
from surveys.definition import text_in

DIGITS = {"mean": "0.##", "signed": "+0.00;−0.00", "expected": "+0.00;−0.00", "p": "0.000"}
DIGITS |= {"modularity": "0.00", "low": "+0.00;−0.00", "high": "+0.00;−0.00", "hundred": "0.#"}


@desk.get("/<slug>/measures")
@open_to(Role.TASK_FORCE)
def measures(slug: str) -> ResponseReturnValue:
    """Every measure: what it means, how it is computed, and what it is in this network."""
    from networks import explaining, telling  # noqa: PLC0415 - heavy

    shown = Shown(wave(slug))
    if not shown.network.answered:
        return render_template("networks/empty.html", **shown.frame())

    analysis, sought = shown.analysis(), request.args.get("q", "").strip()[:80]
    found = [each for each in explaining.ALL if _speaks_of(each, sought)]
    return render_template(
        "networks/measures.html",
        analysis=analysis,
        q=sought,
        all=explaining.ALL,
        found=found,
        of_each={each.key for each in explaining.EACH},
        highest=lambda key: telling.highest(analysis, key),
        sentence=lambda each: _sentence(shown, telling.sentence(analysis, each.key), each),
        whole=lambda key: analysis.range_of_whole(key) if key in RANGED else None,
        figure=_figure,
        circles=lambda: _circles(shown),
        **shown.frame(),
    )


RANGED = {"density", "transitivity", "ei_index", "assortativity", "centralisation"}


def _speaks_of(each: Any, sought: str) -> bool:
    text = f"{gettext(each.title)} {gettext(each.plain)} {each.key} {each.source}"
    return fold(sought) in fold(text)


def _sentence(shown: Shown, told: tuple[str, dict[str, Any]], each: Any) -> Markup:
    """Put a sentence into words: numbers as the language writes them, names set apart."""
    sentence, values = told
    said: dict[str, Any] = {}
    for name, value in values.items():
        if name == "name":
            said[name] = _name(shown, value)
        elif name == "names":
            said[name] = Markup(", ").join(_name(shown, node) for node in value)
        elif name == "value":
            said[name] = format_decimal(value, each.digits)
        else:
            said[name] = format_decimal(value, DIGITS.get(name, "#,##0"))
    return Markup(gettext(sentence)) % said  # noqa: S704 - our own words; names are escaped


def _figure(each: Any, value: float) -> str:
    write = format_percent if each.digits.endswith("%") else format_decimal
    return str(write(value, each.digits))


def _name(shown: Shown, node: Any) -> Markup:
    return Markup("<bdi>%s</bdi>") % escape(shown.called(node))


def _circles(shown: Shown) -> list[tuple[Any, list[str]]]:
    """Return the communities with what they are called in the language of the reader."""
    from networks import circling  # noqa: PLC0415 - heavy

    listed = waves(db.session, current_project())
    before = [Shown(each) for each in reversed(listed[listed.index(shown.survey) + 1 :])]
    earlier = [each.analysis() for each in before if each.network.answered]
    terms = circling.terms_of(db.session, current_project())
    words = circling.words_of(shown.network, terms, shown.audience)
    found = circling.circles(shown.analysis(), earlier, words)
    return [(circle, [_word(shown, *word) for word in circle.words]) for circle in found]


def _word(shown: Shown, facet: str, code: str) -> str:
    if facet == "sector":
        return gettext(SECTORS[code]) if code in SECTORS else code
    if facet == "place":
        return gettext(LOCALITIES[code]) if code in LOCALITIES else code
    if facet == "kind":
        return text_in(shown.network.kinds.get(code, {}), shown.language, "de")[0] or code
    return shown.terms.label(code, shown.language)
