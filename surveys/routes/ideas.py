"""Ideas that persons allowed to the wall: read, perhaps reworded, kept for it or withheld."""

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from markupsafe import Markup

from core import clock, web
from core.db import db
from people.current import current_project
from surveys.conversations import sharing
from surveys.conversations.models import Fate
from surveys.questionnaires.recognising import finds
from surveys.questionnaires.understanding import lines
from surveys.routes.conversations import bp, counsellors, current_provider, own
from surveys.routes.telling import KEEP, asked_back

LONGEST = 2_000
FIELD = "text"


@bp.get("/ideas")
@counsellors
def ideas() -> ResponseReturnValue:
    """The ideas of one's own conversations, those to be decided first."""
    return _page()


@bp.post("/<code>/ideas/<question>")
@counsellors
def decide(code: str, question: str) -> ResponseReturnValue:
    """Release an idea in the wording typed, or withhold it."""
    own(code)
    found = next((each for each in _mine() if _place(each) == (code, question)), None)
    idea = found or abort(404)
    fate = request.form.get("fate", "")
    if fate not in [*Fate]:
        abort(422)
    text = lines(request.form.get(FIELD, ""))
    if fate == Fate.RELEASED and (trouble := _trouble(text)):
        return _page({_place(idea): text}, {_place(idea): trouble}), 422

    sharing.decide(db.session, idea, Fate(fate), text, clock.now())
    db.session.commit()
    released = gettext("The idea is kept for the workshop.")
    withheld = gettext("The idea stays with you.")
    return web.back(url_for(".ideas"), released if fate == Fate.RELEASED else withheld)


def _trouble(text: str) -> str:
    if not text:
        return str(gettext("Please write down the idea, or withhold it."))
    if len(text) > LONGEST:
        return str(gettext("Please write less: at most 2,000 characters fit here."))
    if not request.form.get(f"{KEEP}{FIELD}") and (found := finds(text)):
        return asked_back(FIELD, text, found)
    return ""


def _mine() -> list[sharing.Idea]:
    return sharing.ideas(db.session, current_project().id, current_provider())


def _place(idea: sharing.Idea) -> tuple[str, str]:
    return idea.conversation.code, idea.question


def _page(
    typed: dict[tuple[str, str], str] | None = None,
    troubles: dict[tuple[str, str], str] | None = None,
) -> str:
    return render_template(
        "surveys/conversations/ideas.html",
        ideas=_mine(),
        place_of=_place,
        typed=typed or {},
        troubles={place: Markup(html) for place, html in (troubles or {}).items()},  # noqa: S704 - escaped
        longest=LONGEST,
    )
