"""A card on a page of its own: what it says, what others say about it, and its picture."""

from flask import abort, render_template
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm

from core.db import db
from core.i18n import language
from workshop.boards import check_front
from workshop.cards import commenting, hanging, reading, translating
from workshop.current import current_actor, current_participant, find_card
from workshop.forms import CommentForm, IdeaForm, PictureForm, TranslationForm
from workshop.models import Idea, Participant
from workshop.moving import Act, allows
from workshop.routes.rooms import bp
from workshop.routes.seeing import seat_of


@bp.get("/w/<code>/ideas/<id:idea_id>")
def card(code: str, idea_id: int) -> ResponseReturnValue:
    viewer, idea = readable(code, idea_id)
    return card_page(viewer, idea)


@bp.get("/w/<code>/ideas/<id:idea_id>/comments", endpoint="comments")
@bp.get("/w/<code>/ideas/<id:idea_id>/translations", endpoint="translations")
@bp.get("/w/<code>/ideas/<id:idea_id>/pictures", endpoint="pictures")
def again(code: str, idea_id: int) -> ResponseReturnValue:
    """Whoever changes the language on a refused form comes by here."""
    return card(code, idea_id)


def readable(code: str, idea_id: int) -> tuple[Participant, Idea]:
    """Return who looks, and a card that they may read; all others are like none."""
    viewer = current_participant(code)
    idea = find_card(viewer.workshop, idea_id)
    table = reading.table_of(idea.board, viewer)
    if not reading.may_read(idea, current_actor(viewer), table):
        abort(404)
    return viewer, idea


def in_work(code: str, idea_id: int) -> tuple[Participant, Idea]:
    """Return who acts, and a card they may read on the board at the front."""
    viewer, idea = readable(code, idea_id)
    check_front(idea.board)
    return viewer, idea


def own(code: str, idea_id: int) -> tuple[Participant, Idea]:
    """Return who acts, and a card of theirs; all others are like none."""
    viewer, idea = in_work(code, idea_id)
    return (viewer, idea) if idea.author_id == current_actor(viewer).id else abort(404)


def card_page(viewer: Participant, idea: Idea, **forms: FlaskForm) -> str:
    """Show a card, with the *forms* that were refused by the names of what they do."""
    actor, board = current_actor(viewer), idea.board
    card = hanging.card_of(db.session, idea, language())
    acts = (Act.WRITE, Act.COMMENT, Act.TRANSLATE)
    may = {act: board.is_at_front and allows(board, act) for act in acts}
    translator = translating.translator_of(idea, viewer, actor)
    fresh: dict[str, FlaskForm] = {
        "writing": IdeaForm(formdata=None, obj=idea),
        "commenting": CommentForm(formdata=None),
        "translating": _translation_form(card),
        "picturing": PictureForm(formdata=None, data=_description(card)),
    }
    return render_template(
        "workshop/public/card.html",
        **(seat_of(viewer) | {"workshop": viewer.workshop}),
        card=card,
        comments=[
            each for each in commenting.comments_on(db.session, idea) if not each.taken_down
        ],
        is_own=idea.author_id == actor.id,
        may_write=idea.author_id == actor.id and may[Act.WRITE],
        may_comment=may[Act.COMMENT] and not idea.is_waiting,
        may_translate=bool(translator) and may[Act.TRANSLATE],
        **(fresh | forms),
    )


def _translation_form(card: hanging.Card) -> TranslationForm:
    """Return the form, which begins with what stands there in the language of the page."""
    here = next((each for each in card.others if each.language == language()), None)
    there = {"title": here.title, "text": here.text} if here else {}
    return TranslationForm(formdata=None, data={"language": language(), **there})


def _description(card: hanging.Card) -> dict[str, str]:
    return {"description": card.picture.description} if card.picture else {}
