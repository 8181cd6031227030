"""The page behind the link to a version: partners read and comment, without an account."""

from flask import (
    Blueprint,
    abort,
    current_app,
    render_template,
    request,
    session,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import force_locale, gettext, lazy_gettext
from flask_wtf import FlaskForm
from markupsafe import Markup
from wtforms import BooleanField, SelectField, StringField
from wtforms.validators import Length, StopValidation

from agency.concepts import keeping, telling, withdrawing
from agency.concepts.forms import ProseField
from agency.concepts.models import Comment, Edition
from agency.concepts.phrasing import Phrasing
from agency.concepts.sections import Content
from agency.concepts.withdrawing import SHORTEST
from agency.evidence.collecting import Reader
from agency.evidence.forms import public_address_of
from agency.routes.concepts import Saying
from core import clock, limits, logs, web
from core.clock import ZONE
from core.db import db
from core.forms import KeyField, LineField, tidy
from core.keys import Keyring
from networks.routes.findings import figures_today
from people.forms import as_choices
from people.models import Naming, Project

commenting = Blueprint("commenting", __name__)
logs.leave_out(commenting)
ALL = lazy_gettext("The concept as a whole")
OWN = "remarks"  # in the cookie: keys of the forms with which this browser commented
MOST_OWN = 20


class CommentForm(FlaskForm):  # type: ignore[misc] # Flask-WTF carries no types
    """What a partner says."""

    key = KeyField()
    entry = SelectField(lazy_gettext("What is it about?"))
    text = ProseField(lazy_gettext("Your comment"))
    name = LineField(lazy_gettext("Your name, and for whom you speak"), limit=120)
    word = StringField(
        lazy_gettext("A word of your own, to take the comment back elsewhere"),
        filters=[tidy],
        validators=[Length(max=80)],
    )
    shows_name = BooleanField(lazy_gettext("Others who have this link may see my name."))

    def validate_text(self, field: ProseField) -> None:
        """See to it that something is said."""
        if not field.data:
            raise StopValidation(gettext("Please write something here."))

    def validate_word(self, field: StringField) -> None:
        """See to it that a word is not guessed at once."""
        if field.data and len(field.data) < SHORTEST:
            raise StopValidation(gettext("At least six letters, please."))


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
    word = withdrawing.hash_of(_keys(), form.key.data, form.word.data or "")
    shows = form.shows_name.data
    made = keeping.comment(db.session, edition, *said, shows_name=shows, word_hash=word)
    db.session.commit()
    _remember(made)
    place = url_for(".page", key=key, _anchor="comments")
    return web.back(place, gettext("Thank you. The team has your comment now."))


@commenting.post("/concept/<key>/remarks/<id:comment_id>/removal")
def take_back(key: str, comment_id: int) -> ResponseReturnValue:
    """Take back one's own comment: in the browser it came from, or with the word for it."""
    edition = _opened(key)
    comment = keeping.comment_on(db.session, edition, comment_id) or abort(404)
    place = url_for(".page", key=key, _anchor="comments")
    word = tidy(request.form.get("word", ""))[:80]
    if not _is_own(comment) and not withdrawing.is_word_of(_keys(), comment, word):
        limits.wrong("concept")
        return web.back(place, gettext("This is not the word that belongs to the comment."))

    withdrawing.take_back(comment, "", clock.now())
    db.session.commit()
    _remember(comment)
    undo = url_for(".bring_back", key=key, comment_id=comment.id)
    said = gettext("Your comment is taken back. Tomorrow it is erased for good.")
    return web.back(place, said, undo=undo)


@commenting.post("/concept/<key>/remarks/<id:comment_id>/return")
def bring_back(key: str, comment_id: int) -> ResponseReturnValue:
    """Let one's own comment be read again; what the team deleted stays away."""
    edition = _opened(key)
    comment = keeping.comment_on(db.session, edition, comment_id, gone=True) or abort(404)
    if not _is_own(comment) or comment.deleted_by:
        abort(404)

    withdrawing.bring_back(comment)
    db.session.commit()
    place = url_for(".page", key=key, _anchor="comments")
    return web.back(place, gettext("Your comment is there again."))


def _remember(comment: Comment) -> None:
    """Let this browser know a comment for its own; the cookie is signed."""
    others = [each for each in session.get(OWN, []) if each != comment.form_key]
    session[OWN] = [*others, comment.form_key][-MOST_OWN:]
    session.permanent = True


def _is_own(comment: Comment) -> bool:
    return comment.form_key in session.get(OWN, [])


def _keys() -> Keyring:
    keys: Keyring = current_app.extensions["keys"]
    return keys


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
        is_own=_is_own,
        without_names=phrasing.without_names,
    )
