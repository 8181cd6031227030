"""The concept to hand in: a German page to print, and a document of Word."""

from flask import abort, current_app, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import force_locale, gettext

from agency.concepts import keeping, telling, writing
from agency.concepts.docx import write_docx
from agency.concepts.models import Concept
from agency.concepts.phrasing import Phrasing
from agency.concepts.telling import Document
from agency.evidence.collecting import Reader
from agency.evidence.forms import paper_address_of
from agency.routes.concepts import Saying, bp
from core import clock
from core.clock import ZONE
from core.db import db
from core.downloading import download
from networks.routes.findings import figures_today
from people.current import current_project, find
from people.models import Naming


@bp.get("/<id:concept_id>/print")
def printed(concept_id: int) -> ResponseReturnValue:
    """The concept as it leaves the team, to be printed."""
    concept = find(Concept, id=concept_id)
    with force_locale("de"):
        document, funding = _document(concept), _funding()
        return render_template(
            "agency/concepts/print.html",
            concept=concept,
            document=document,
            funding=funding,
            kind=lambda block: type(block).__name__,
            edition=request.args.get("version", 0, int),
        )


@bp.get("/<id:concept_id>/concept.docx")
def docx(concept_id: int) -> ResponseReturnValue:
    """The same as a document of Word, with footnotes."""
    concept = find(Concept, id=concept_id)
    with force_locale("de"):
        body = write_docx(_document(concept), _funding(), Saying())
    return download(body, "docx", f"{current_project().slug}-konzept-{concept.id}")


def _document(concept: Concept) -> Document:
    """Return a version, or the text of today, as everyone may read it."""
    say, number = Saying(), request.args.get("version", 0, int)
    if number:
        editions = {e.number: e for e in keeping.editions_of(db.session, concept)}
        edition = editions.get(number) or abort(404)
        content, day = keeping.content_of(edition), edition.at.astimezone(ZONE).date()
        told = gettext("Version %(number)s of %(day)s", number=number, day=say.day(day))
    else:
        content = writing.content(db.session, concept)
        today = say.day(clock.now().astimezone(ZONE).date())
        told = gettext("Draft of %(day)s", day=today)
    everyone = Reader(db.session, current_project(), Naming.PUBLIC, "de", figures=figures_today)
    what = gettext("Concept of a model project")
    subtitle = f"{what} · {current_project().name} · {told}"
    return telling.tell(Phrasing(everyone, content), subtitle, say, paper_address_of)


def _funding() -> str:
    said: str = current_app.config["FUNDING"] or gettext(
        "Co-funded by the European Union (ESF+) and the Land Berlin"
    )
    return said
