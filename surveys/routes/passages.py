"""All passages of a project, whatever they were marked in."""

from collections import Counter

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_date, gettext

from core import clock, i18n, web
from core.db import db
from core.downloading import download
from core.sheets import Cell, write_csv
from people import naming
from people.current import current_project, current_staff, current_terms, find, staff_blueprint
from surveys.exporting import recording
from surveys.interviews import coding, listing
from surveys.interviews.listing import Marked
from surveys.interviews.models import Passage
from surveys.routes import marking, wording

bp = staff_blueprint("passages", __name__, "/passages")
wording.teach(bp)
MOST = 300  # on a page; the table has all


@bp.get("")
def index() -> ResponseReturnValue:
    """Themes, needs, offers and quotes, searched and sorted out."""
    found = _found()
    used = listing.used_terms(db.session, current_project().id)
    return render_template(
        "surveys/passages.html",
        found=found,
        most=MOST,
        used={code: current_terms().label(code, i18n.language()) for code in sorted(used)},
        wanted=_wanted(),
        public_name=_public_name,
        here=request.full_path.rstrip("?"),
        **marking.words(),
    )


@bp.post("/table.csv")
def take_table() -> ResponseReturnValue:
    """The same as a table to take along; who does is noted with the survey."""
    found, language = _found(), i18n.language()
    numbers = Counter(each.survey for each in found)
    recording.note_passages(db.session, numbers, language, current_staff().called, clock.now())
    head: list[Cell] = [
        gettext("Kind"), gettext("Code of the term"), gettext("Term"), gettext("Words"),
        gettext("Language"), gettext("Organisation (for the team)"),
        gettext("Organisation as it may be cited"), gettext("Survey"), gettext("Where from"),
        gettext("marked by"), gettext("marked on"),
    ]  # fmt: skip
    body = write_csv([head, *map(_row, found)])
    db.session.commit()
    return download(body, "csv", f"{current_project().slug}-passages")


@bp.post("/<id:passage_id>/removal")
def remove(passage_id: int) -> ResponseReturnValue:
    passage, page = find(Passage, id=passage_id), marking.here(url_for(".index"))

    coding.remove(passage, clock.now())
    db.session.commit()
    undo = url_for(".restore", passage_id=passage_id, page=page)
    return web.back(page, gettext("The mark is removed."), undo=undo)


@bp.post("/<id:passage_id>/removal/undoing")
def restore(passage_id: int) -> ResponseReturnValue:
    passage = find(Passage, id=passage_id)

    coding.restore(passage)
    db.session.commit()
    return web.back(marking.here(url_for(".index")), gettext("The mark is there again."))


def _wanted() -> dict[str, str]:
    names = ("meaning", "term", "words")
    return {name: request.args.get(name, "").strip()[:100] for name in names}


def _found() -> list[Marked]:
    return listing.passages(db.session, current_project().id, **_wanted())


def _row(each: Marked) -> list[Cell]:
    passage = each.passage
    answer, notes = gettext("free answer"), gettext("interview")
    source = answer if passage.response_id else notes
    title = wording.in_my_language(each.title)
    return [
        gettext(marking.MEANINGS[passage.meaning]), passage.term,
        current_terms().label(passage.term, i18n.language()), each.words, each.language,
        each.organisation.name if each.organisation else "", _public_name(each),
        wording.in_my_language(each.survey.title), f"{source}: {title}" if title else source,
        passage.by, format_date(passage.at, "short"),
    ]  # fmt: skip


def _public_name(each: Marked) -> str:
    """Return how the organisation may be called wherever everyone reads it."""
    if each.organisation is None:
        return ""
    return naming.display_name(each.organisation, "public", i18n.language())
