"""What people wrote freely, one by one: to read, to search, and to give it terms."""

from typing import Any

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from core import i18n, web
from core.db import db
from people.current import current_terms, find
from surveys.hiding import shown
from surveys.interviews import listing
from surveys.interviews.coding import Source
from surveys.interviews.listing import Filter
from surveys.models import Survey
from surveys.reporting.charts import Bar, Bars, Text
from surveys.reporting.figures import Figure
from surveys.routes import figuring, marking
from surveys.routes.desk import bp
from surveys.routes.marking import Tried
from surveys.routes.reading import Look, look_at

NAME = "terms"  # of the figure: how many texts have which term
MOST = 200  # texts on a page
KEPT = ("all", "words", "word", "show")  # of the address, when something is marked


@bp.get("/<slug>/texts/<question>")
def texts(slug: str, question: str) -> ResponseReturnValue:
    """What people wrote: all of it, or what is searched for."""
    return _page(look_at(find(Survey, slug=slug)), question)


@bp.post("/<slug>/texts/<question>")
def code(slug: str, question: str) -> ResponseReturnValue:
    """Give a text, or a stretch of it, a term."""
    look = look_at(find(Survey, slug=slug))
    sources = _sources(look, question)
    wanted = request.form.get("text", "")
    source = next((each for each in sources if each.key == wanted), None) or abort(422)
    done = marking.mark(source)
    if isinstance(done, Tried):
        return _page(look, question, done), 422

    db.session.commit()
    where: dict[str, Any] = {"slug": slug, "question": question, **_kept()}
    undo = marking.undoing(done, url_for(".texts", **where))
    following = request.form.get("then", "")[:20]
    place = url_for(".texts", **where, _anchor=f"term-{following}")
    return web.back(place, marking.said(done), undo=undo)


def figure(look: Look, _question: str) -> Figure | None:
    """Return how many texts have which term, as the address or a form asks for it."""
    question = request.values.get("question", "")
    chart = _chart(look, question, _sources(look, question))
    title = gettext("Terms in the answers to: %(question)s", question=chart.title.text)
    known = figuring.known(look, title)
    several = gettext("An answer can have several terms, or none.")
    known["limits"] = (several, *known["limits"])
    return Figure(**known, **figuring.MAKERS["bars"](chart))


figuring.also(NAME, figure)


def _sources(look: Look, question: str) -> list[Source]:
    item, reading = look.text_question(question), look.reading
    rows = reading.rows.numbers
    return listing.texts(db.session, look.survey, reading.definition, rows, item)


def _chart(look: Look, question: str, sources: list[Source]) -> Bars:
    """Count the texts of each term; their shares are of all texts."""
    counts, language = listing.count_terms(sources), i18n.language()
    cells = shown([n for _, n in counts], len(sources))
    bars = tuple(
        Bar(Text(current_terms().label(code, language), language), cell)
        for (code, _), cell in zip(counts, cells, strict=True)
    )
    title = look.reading.text(look.text_question(question).label)
    (n,) = shown([len(sources)], len(sources))
    return Bars(NAME, title, bars, n)


def _page(look: Look, question: str, tried: Tried | None = None) -> str:
    wanted = Filter(**{name: request.args.get(name, "")[:100] for name in KEPT[1:]})
    sources = _sources(look, question)
    found = [each for each in sources if wanted.fits(each)]
    return render_template(
        "surveys/texts.html",
        survey=look.survey,
        look=look,
        question=look.text_question(question),
        chart=_chart(look, question, sources),
        chart_name=NAME,
        counts=listing.count_terms(sources),
        coded=sum(bool(each.passages) for each in sources),
        number=len(sources),
        found=found,
        most=MOST,
        wanted=wanted,
        kept=_kept(),
        here=request.full_path.rstrip("?"),
        **marking.words(tried),
    )


def _kept() -> dict[str, str]:
    return {name: request.args[name] for name in KEPT if request.args.get(name)}
