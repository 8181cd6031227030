"""Versions of a concept: kept, read, compared, opened to partners, and what these say."""

from collections.abc import Mapping

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from agency.concepts import differing, keeping, withdrawing, writing
from agency.concepts.checking import Standing
from agency.concepts.forms import AnswerForm, KeepForm
from agency.concepts.models import Comment, Concept, Edition
from agency.concepts.sections import Content, Part
from agency.routes.concepts import bp, keys, phrasing_of, shown
from core import clock, web
from core.db import db
from people.current import current_membership, current_staff, find, open_to
from people.models import Role

TODAY = 0  # in place of the number of a version: the text that is written


@bp.get("/<id:concept_id>/versions")
def versions(concept_id: int) -> ResponseReturnValue:
    """All versions, a form to keep one, and what can be compared."""
    return _versions(find(Concept, id=concept_id), KeepForm())


@bp.post("/<id:concept_id>/versions")
def keep_version(concept_id: int) -> ResponseReturnValue:
    """Keep the text as it is; partners comment on it, and no longer on an older one."""
    concept, form = find(Concept, id=concept_id), KeepForm()
    if not form.validate():
        return _versions(concept, form), 422

    content = writing.content(db.session, concept)
    said = form.key.data, form.note.data or "", current_staff().called, clock.now()
    made = keeping.keep(db.session, keys(), concept, content, *said)
    db.session.commit()
    place = url_for(".version", concept_id=concept.id, number=made.number)
    return web.back(place, gettext("Kept as version %(number)s.", number=made.number))


@bp.get("/<id:concept_id>/versions/<id:number>")
@open_to(Role.TASK_FORCE)
def version(concept_id: int, number: int) -> ResponseReturnValue:
    """A version as it was kept, with what partners say to it."""
    concept, edition = _found(concept_id, number)
    phrasing = phrasing_of(keeping.content_of(edition))
    is_team = current_membership().role == Role.FACILITATOR
    more = shown(phrasing) if is_team else {**shown(phrasing), "standing": Standing(())}
    comments = keeping.comments_on(db.session, edition)
    return render_template(
        "agency/concepts/version.html",
        concept=concept,
        edition=edition,
        link=web.public(url_for("commenting.page", key=keeping.key_of(keys(), edition))),
        is_open=keeping.is_open(edition),
        comments=comments,
        erased=withdrawing.erased_by_the_team(db.session, edition),
        about=_about(phrasing.content),
        is_team=is_team,
        **more,
    )


@bp.post("/<id:concept_id>/versions/<id:number>/opening")
def open_version(concept_id: int, number: int) -> ResponseReturnValue:
    """Let partners comment by the link."""
    concept, edition = _found(concept_id, number)

    keeping.open_to_partners(edition, clock.now())
    db.session.commit()
    said = gettext("Whoever has the link can comment now, until the next version is kept.")
    return web.back(_place(concept, number, "talk"), said)


@bp.post("/<id:concept_id>/versions/<id:number>/closing")
def close_version(concept_id: int, number: int) -> ResponseReturnValue:
    concept, edition = _found(concept_id, number)

    keeping.close(edition, clock.now())
    db.session.commit()
    return web.back(_place(concept, number, "talk"), gettext("Comments are closed."))


@bp.post("/<id:concept_id>/versions/<id:number>/answers/<id:comment_id>")
def answer_comment(concept_id: int, number: int, comment_id: int) -> ResponseReturnValue:
    """Answer a comment, and say whether it is settled."""
    concept, edition = _found(concept_id, number)
    comment = find(Comment, id=comment_id, edition_id=edition.id, deleted=None)
    form = AnswerForm()
    if not form.validate():
        return web.refuse(422, " ".join(form.answer.errors))

    by, now = current_staff().called, clock.now()
    keeping.answer(comment, form.answer.data, by, now, is_resolved=form.resolved.data)
    db.session.commit()
    return web.back(_place(concept, number, f"comment-{comment.id}"), gettext("Saved."))


@bp.post("/<id:concept_id>/versions/<id:number>/answers/<id:comment_id>/removal")
def erase_comment(concept_id: int, number: int, comment_id: int) -> ResponseReturnValue:
    """Let nobody read a comment any more; a day later it is erased for good."""
    concept, edition = _found(concept_id, number)
    comment = find(Comment, id=comment_id, edition_id=edition.id, deleted=None)

    withdrawing.take_back(comment, current_staff().called, clock.now())
    db.session.commit()
    said = gettext("The comment is deleted. Until tomorrow it can be brought back.")
    undo = url_for(
        ".bring_comment_back", concept_id=concept.id, number=number, comment_id=comment.id
    )
    return web.back(_place(concept, number, "talk"), said, undo=undo)


@bp.post("/<id:concept_id>/versions/<id:number>/answers/<id:comment_id>/return")
def bring_comment_back(concept_id: int, number: int, comment_id: int) -> ResponseReturnValue:
    """Bring back what the team deleted; what its writer took back stays away."""
    concept, edition = _found(concept_id, number)
    comment = find(Comment, id=comment_id, edition_id=edition.id)
    if comment.deleted and not comment.deleted_by:
        abort(404)

    withdrawing.bring_back(comment)
    db.session.commit()
    place = _place(concept, number, f"comment-{comment.id}")
    return web.back(place, gettext("The comment is there again."))


@bp.get("/<id:concept_id>/comparison")
def comparison(concept_id: int) -> ResponseReturnValue:
    """What is different between two versions, or a version and the text of today."""
    concept = find(Concept, id=concept_id)
    editions = {each.number: each for each in keeping.editions_of(db.session, concept)}
    newest = max(editions, default=TODAY)
    first = request.args.get("from", newest, int)
    second = request.args.get("to", TODAY, int)
    before, after = (_content(concept, editions, each) for each in (first, second))
    return render_template(
        "agency/concepts/comparison.html",
        concept=concept,
        editions=editions,
        first=first,
        second=second,
        frame=differing.frame_differences(before, after),
        differences=differing.differences(before, after),
        old=phrasing_of(before),
        new=phrasing_of(after),
    )


def _content(concept: Concept, editions: Mapping[int, Edition], number: int) -> Content:
    if number == TODAY:
        return writing.content(db.session, concept)
    return keeping.content_of(editions.get(number) or abort(404))


def _versions(concept: Concept, form: KeepForm) -> str:
    editions = keeping.editions_of(db.session, concept)
    newest = keeping.content_of(editions[0]) if editions else None
    return render_template(
        "agency/concepts/versions.html",
        concept=concept,
        form=form,
        editions=editions,
        is_kept=newest == writing.content(db.session, concept),
        open=[each.id for each in editions if keeping.is_open(each)],
    )


def _about(content: Content) -> dict[int | None, Part]:
    return {each.id: each for each in content.parts}


def _found(concept_id: int, number: int) -> tuple[Concept, Edition]:
    concept = find(Concept, id=concept_id)
    return concept, find(Edition, concept_id=concept.id, number=number)


def _place(concept: Concept, number: int, anchor: str) -> str:
    return url_for(".version", concept_id=concept.id, number=number, _anchor=anchor)
