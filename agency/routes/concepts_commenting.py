"""The page behind the link to a version: partners read and comment, without an account."""

from flask import Blueprint, abort, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale, gettext, lazy_gettext
from flask_wtf import FlaskForm
from markupsafe import Markup
from wtforms import BooleanField, SelectField
from wtforms.validators import StopValidation

from agency.concepts import keeping, telling
from agency.concepts.forms import ProseField
from agency.concepts.models import Edition
from agency.concepts.phrasing import Phrasing
from agency.concepts.sections import Content
from agency.evidence.collecting import Reader
from agency.evidence.forms import public_address_of
from agency.routes.concepts import Saying
from core import clock, limits, logs, web
from core.clock import ZONE
from core.db import db
from core.forms import KeyField, LineField
from networks.routes.findings import figures_today
from people.forms import as_choices
from people.models import Naming, Project

commenting = Blueprint("commenting", __name__)
logs.leave_out(commenting)
ALL = lazy_gettext("The concept as a whole")


class CommentForm(FlaskForm):  # type: ignore[misc] # Flask-WTF carries no types
    """What a partner says."""

    key = KeyField()
    entry = SelectField(lazy_gettext("What is it about?"))
    text = ProseField(lazy_gettext("Your comment"))
    name = LineField(lazy_gettext("Your name, and for whom you speak"), limit=120)
    shows_name = BooleanField(lazy_gettext("Others who have this link may see my name."))

    def validate_text(self, field: ProseField) -> None:
        """See to it that something is said."""
        if not field.data:
            raise StopValidation(gettext("Please write something here."))


@commenting.get("/concept/<key>")
def page(key: str) -> ResponseReturnValue:
    """A version as everyone may read it, and a form while comments are open."""
    edition = _opened(key)
    return _page(key, edition, _form(edition))


@commenting.post("/concept/<key>")
def comment(key: str) -> ResponseReturnValue:
    """Say something to a version."""
    edition = _opened(key)
    form = _form(edition)
    if not form.validate():
        return _page(key, edition, form), 422

    entry = int(form.entry.data) if form.entry.data else None
    said = form.key.data, entry, form.name.data, form.text.data, clock.now()
    keeping.comment(db.session, edition, *said, shows_name=form.shows_name.data)
    db.session.commit()
    place = url_for(".page", key=key, _anchor="comments")
    return web.back(place, gettext("Thank you. The team has your comment now."))


def _opened(key: str) -> Edition:
    """Return what a key opens; one that opens nothing is counted, and nowhere."""
    edition = keeping.edition_with(db.session, key)
    if edition is None:
        limits.wrong("concept")
        abort(404)
    return edition


def _phrasing(edition: Edition, content: Content) -> Phrasing:
    project = db.session.get_one(Project, edition.project_id)
    reader = Reader(db.session, project, Naming.PUBLIC, "de", figures=figures_today)
    return Phrasing(reader, content)


def _form(edition: Edition) -> CommentForm:
    content, form = keeping.content_of(edition), CommentForm()
    phrasing = _phrasing(edition, content)
    parts = {str(each.id): _short(phrasing.called(each)) for each in content.parts}
    form.entry.choices = as_choices({"": str(ALL), **parts})
    return form


def _short(text: str) -> str:
    return text if len(text) <= 80 else f"{text[:79].rstrip()}…"


def _page(key: str, edition: Edition, form: CommentForm) -> str:
    content = keeping.content_of(edition)
    with force_locale("de"):
        say = Saying()
        day = say.day(edition.at.astimezone(ZONE).date())
        told = gettext("Version %(number)s of %(day)s", number=edition.number, day=day)
        phrasing = _phrasing(edition, content)
        document = telling.tell(phrasing, told, say, public_address_of)
        article = render_template(
            "agency/concepts/article.html",
            document=document,
            kind=lambda block: type(block).__name__,
        )
    return render_template(
        "agency/concepts/commenting.html",
        key=key,
        project=db.session.get_one(Project, edition.project_id),
        document=document,
        form=form,
        is_open=keeping.is_open(edition),
        article=Markup(article),  # noqa: S704 - our own template
        comments=keeping.comments_on(db.session, edition),
        without_names=phrasing.without_names,
    )
