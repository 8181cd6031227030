"""A card as the team sees it: letting it hang, translating it, taking what is on it down."""

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from core import web
from core.db import db
from core.i18n import language
from core.languages import SPOKEN
from people.current import find
from workshop.cards import checking, commenting, hanging, picturing
from workshop.cards.models import Translator
from workshop.cards.translating import translate, withdraw
from workshop.current import find_card
from workshop.forms import TranslationForm
from workshop.models import Idea, Workshop
from workshop.moving import Act, allows
from workshop.routes.desk import bp


@bp.get("/<slug>/ideas/<id:idea_id>")
def card(slug: str, idea_id: int) -> ResponseReturnValue:
    workshop = find(Workshop, slug=slug)
    return staff_card(workshop, find_card(workshop, idea_id))


@bp.get("/<slug>/ideas/<id:idea_id>/translations")
def translations(slug: str, idea_id: int) -> ResponseReturnValue:
    """Whoever changes the language on a refused form comes by here."""
    return card(slug, idea_id)


def staff_card(
    workshop: Workshop, idea: Idea, translating: TranslationForm | None = None
) -> str:
    """Show a card with all its translations and comments, also with what was taken down."""
    asked = request.args.get("language", "")
    card = hanging.card_of(db.session, idea, language())
    there = next((each for each in card.others if each.language == asked), None)
    begun = {"title": there.title, "text": there.text} if there else {}
    form = translating or TranslationForm(formdata=None, data={"language": asked, **begun})
    return render_template(
        "workshop/card.html",
        workshop=workshop,
        board=idea.board,
        card=card,
        idea=idea,
        comments=commenting.comments_on(db.session, idea),
        form=form,
        named=SPOKEN,
        seen=checking.seen,
        can_translate=allows(idea.board, Act.TRANSLATE),
        can_take_down=allows(idea.board, Act.TAKE_DOWN),
    )


@bp.post("/<slug>/ideas/<id:idea_id>/translations")
def translate_idea(slug: str, idea_id: int) -> ResponseReturnValue:
    workshop, form = find(Workshop, slug=slug), TranslationForm()
    idea = find_card(workshop, idea_id)
    if not form.validate():
        return staff_card(workshop, idea, form), 422

    words = form.language.data, form.title.data, form.text.data
    translate(db.session, idea, Translator.TEAM, *words)
    db.session.commit()
    page = url_for(".card", slug=slug, idea_id=idea_id)
    return web.back(page, gettext("The translation hangs beside the card."))


@bp.post("/<slug>/ideas/<id:idea_id>/translations/removal")
def withdraw_translation(slug: str, idea_id: int) -> ResponseReturnValue:
    idea = _card(slug, idea_id)

    withdraw(db.session, idea, Translator.TEAM, request.form.get("language", ""))
    db.session.commit()
    page = url_for(".card", slug=slug, idea_id=idea_id)
    return web.back(page, gettext("The translation is taken away."))


@bp.post("/<slug>/ideas/<id:idea_id>/approval")
def let_hang(slug: str, idea_id: int) -> ResponseReturnValue:
    """Hang a card up that has waited, as it was read."""
    checking.let_hang(db.session, _card(slug, idea_id), request.form.get("seen", ""))
    db.session.commit()
    page = url_for(".workshop", slug=slug, _anchor="waiting")
    undo = url_for(".let_wait", slug=slug, idea_id=idea_id)
    return web.back(page, gettext("The card hangs on the wall."), undo=undo)


@bp.post("/<slug>/ideas/<id:idea_id>/approval/removal")
def let_wait(slug: str, idea_id: int) -> ResponseReturnValue:
    checking.let_wait(db.session, _card(slug, idea_id))
    db.session.commit()
    page = url_for(".workshop", slug=slug, _anchor="waiting")
    return web.back(page, gettext("The card waits again."))


@bp.post("/<slug>/ideas/<id:idea_id>/comments/<id:comment_id>/removal")
def take_comment_down(slug: str, idea_id: int, comment_id: int) -> ResponseReturnValue:
    comments = commenting.comments_on(db.session, _card(slug, idea_id))
    comment = next((each for each in comments if each.id == comment_id), None) or abort(404)

    commenting.take_down(db.session, comment, request.form.get("undo") != "yes")
    db.session.commit()
    return web.back(url_for(".card", slug=slug, idea_id=idea_id, _anchor="comments"), "")


@bp.post("/<slug>/ideas/<id:idea_id>/picture/removal")
def take_picture_down(slug: str, idea_id: int) -> ResponseReturnValue:
    idea = _card(slug, idea_id)

    picturing.remove(db.session, idea)
    db.session.commit()
    said = gettext("The picture is gone.")
    return web.back(url_for(".card", slug=slug, idea_id=idea_id), said)


def _card(slug: str, idea_id: int) -> Idea:
    return find_card(find(Workshop, slug=slug), idea_id)
