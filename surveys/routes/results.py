from flask import Response, abort, render_template, request
from flask.typing import ResponseReturnValue

from core import i18n
from core.db import db
from people.current import find, open_to
from people.models import Role
from surveys.definition import Item
from surveys.models import Survey
from surveys.reporting import arriving, exporting, rating
from surveys.routes.desk import bp
from surveys.routes.figuring import figure
from surveys.routes.frozen import as_file
from surveys.routes.reading import Look, look_at

KINDS = {
    "csv": "text/csv",
    "png": "image/png",
    "svg": "image/svg+xml",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "zip": "application/zip",
}


@bp.get("/<slug>/results")
@open_to(Role.TASK_FORCE)
def results(slug: str) -> ResponseReturnValue:
    """What the answers say, question by question."""
    survey = find(Survey, slug=slug)
    look = look_at(survey)
    return render_template(
        "surveys/results.html",
        survey=survey,
        look=look,
        parts=look.parts(),
        overall=look.overall(),
        rates=rating.rates(db.session, survey),
        drafts=rating.drafts(db.session, survey),
        arrivals=arriving.arrivals(db.session, survey),
    )


@bp.get("/<slug>/results/<question>/<language>.<any(svg, png):kind>")
@open_to(Role.TASK_FORCE)
def picture(slug: str, question: str, language: str, kind: str) -> ResponseReturnValue:
    """The words of a question in one language as a picture to take along."""
    look = look_at(find(Survey, slug=slug))
    item = look.text_question(question)

    body = look.kept(f"{question} {language} {kind}", lambda: _draw(look, item, language, kind))
    return _download(body, kind, f"{slug}-{question}-{language}")


@bp.get("/<slug>/figures/<name>.<any(csv, png, svg):kind>")
@open_to(Role.TASK_FORCE)
def figure_file(slug: str, name: str, kind: str) -> ResponseReturnValue:
    """A chart as a picture to take along, or its table."""
    look = look_at(find(Survey, slug=slug))
    found = figure(look, name)
    return as_file(found, kind, f"{slug}-{name}")


@bp.get("/<slug>/answers.<any(csv, xlsx):kind>")
def answers(slug: str, kind: str) -> ResponseReturnValue:
    """All answers as a table to take along."""
    survey = find(Survey, slug=slug)
    options = exporting.Options(
        labels="labels" in request.args,
        language=i18n.language(),
        leading_only="leading" in request.args,
    )
    if kind == "xlsx":
        return _download(exporting.as_xlsx(db.session, survey, options), "xlsx", slug)
    body, ending = exporting.as_csv(db.session, survey, options)
    return _download(body, ending, slug)


def _draw(look: Look, item: Item, language: str, kind: str) -> bytes:
    from surveys.reporting import picturing  # noqa: PLC0415 - heavy

    clouds = {cloud.language: cloud for cloud in look.reading.clouds(item).clouds}
    words = (clouds.get(language) or abort(404)).words
    if kind == "png":
        return picturing.as_png(words)
    return picturing.as_svg(words, language).encode()


def _download(body: bytes, kind: str, name: str) -> Response:
    answer = Response(body, mimetype=KINDS[kind])
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return answer
