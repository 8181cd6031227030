"""Sorting the wall: headings, proposals, and cards that say the same."""

from collections.abc import Sequence

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from core import web
from core.clock import now
from core.db import db
from people.current import find
from workshop import posting
from workshop.models import Board, Cluster, Idea, Workshop
from workshop.moving import Act, allows
from workshop.routes.desk import bp
from workshop.sorting import grouping, merging, stepping
from workshop.sorting.forms import MERGE, MOST, NEW, ProposalForm, SortForm, TitleForm
from workshop.sorting.grouping import Heading
from workshop.sorting.models import Step
from workshop.sorting.piling import Pile

PART = "workshop/_sorting.html"


@bp.get("/<slug>/sorting")
def sorting(slug: str) -> ResponseReturnValue:
    return _page(find(Workshop, slug=slug), SortForm(formdata=None))


@bp.post("/<slug>/sorting")
def sort_cards(slug: str) -> ResponseReturnValue:
    """Put the cards that are ticked under a heading, or side by side to be merged."""
    workshop, form = find(Workshop, slug=slug), SortForm()
    board, act = workshop.board, request.form.get("act", "")
    hanging = posting.ideas_on(db.session, board)
    clusters = {each.id: each for each in grouping.clusters_on(db.session, board)}
    cards, to = form.ticked(hanging), clusters.get(form.to.data or 0)
    missing = len(cards) < (2 if act == MERGE else 1)
    if not form.validate() or missing:
        return _page(workshop, form, missing=missing), 422
    if act == MERGE:
        numbers = [card.id for card in cards]
        return redirect(url_for(".show_merging", slug=slug, card=numbers), 303)

    if act == NEW:
        from workshop.sorting import hinting  # noqa: PLC0415 - loads numpy

        title = form.title.data or hinting.name_of(cards, hanging)
        heading = Heading(title, tuple(card.id for card in cards))
        grouping.make_clusters(db.session, board, form.key.data, [heading], now())
    else:
        title = to.title if to else gettext("On their own")
        grouping.move_cards(db.session, board, cards, to, now())
    db.session.commit()
    said = ngettext(
        "%(num)s card moved: %(heading)s", "%(num)s cards moved: %(heading)s",
        len(cards), heading=title,
    )  # fmt: skip
    return _done(workshop, said)


@bp.post("/<slug>/sorting/clusters")
def take_proposal(slug: str) -> ResponseReturnValue:
    workshop, form = find(Workshop, slug=slug), ProposalForm()
    headings = form.chosen(posting.ideas_on(db.session, workshop.board))
    if not form.validate():
        return _page(workshop, SortForm(formdata=None), proposal=form), 422

    grouping.make_clusters(db.session, workshop.board, form.key.data, headings, now())
    db.session.commit()
    said = ngettext(
        "%(num)s heading taken from the proposal.",
        "%(num)s headings taken from the proposal.",
        len(headings),
    )
    return web.back(url_for(".sorting", slug=slug), said)


@bp.post("/<slug>/sorting/clusters/<id:cluster_id>")
def rename_cluster(slug: str, cluster_id: int) -> ResponseReturnValue:
    workshop, form = find(Workshop, slug=slug), TitleForm()
    cluster = _cluster(workshop.board, cluster_id)
    if not form.validate():
        return _page(workshop, SortForm(formdata=None), renaming=(cluster, form)), 422

    grouping.rename(db.session, workshop.board, cluster, form.title.data, now())
    db.session.commit()
    return _done(workshop, gettext("Saved."))


@bp.post("/<slug>/sorting/clusters/<id:cluster_id>/removal")
def dissolve_cluster(slug: str, cluster_id: int) -> ResponseReturnValue:
    workshop = find(Workshop, slug=slug)
    cluster = _cluster(workshop.board, cluster_id)

    grouping.dissolve(db.session, workshop.board, cluster, now())
    db.session.commit()
    return _done(workshop, gettext("The heading is taken away; its cards hang on their own."))


@bp.post("/<slug>/sorting/steps/<id:number>/removal")
def undo_sorting(slug: str, number: int) -> ResponseReturnValue:
    workshop = find(Workshop, slug=slug)
    step = find(Step, board_id=workshop.board.id, number=number)

    stepping.undo(db.session, workshop.board, step.number, now())
    db.session.commit()
    return _done(workshop, gettext("The last step is taken back."))


@bp.get("/<slug>/sorting/merging")
def show_merging(slug: str) -> ResponseReturnValue:
    """Show cards side by side, to choose the one that stands for all."""
    workshop = find(Workshop, slug=slug)
    cards = _asked(workshop.board, request.args.getlist("card", type=web.row_id))
    if len(cards) < 2:
        return redirect(url_for(".sorting", slug=slug), 303)
    return render_template("workshop/merging.html", workshop=workshop, cards=cards)


@bp.post("/<slug>/sorting/merging")
def merge(slug: str) -> ResponseReturnValue:
    board, numbers = (
        find(Workshop, slug=slug).board,
        request.form.getlist("card", type=web.row_id),
    )
    cards = [find(Idea, id=n, board_id=board.id) for n in numbers]
    kept = [card for card in cards if str(card.id) == request.form.get("kept")]
    if not kept:
        return redirect(url_for(".show_merging", slug=slug, card=numbers), 303)

    others = [card for card in cards if card is not kept[0]]
    merging.merge(db.session, board, kept[0], others, now())
    db.session.commit()
    said = gettext("Put together. Whoever backs both counts once.")
    return web.back(url_for(".sorting", slug=slug), said)


@bp.post("/<slug>/sorting/ideas/<id:idea_id>/separation")
def split(slug: str, idea_id: int) -> ResponseReturnValue:
    workshop = find(Workshop, slug=slug)
    idea = find(Idea, id=idea_id, board_id=workshop.board.id)

    merging.split(db.session, workshop.board, idea, now())
    db.session.commit()
    return _done(workshop, gettext("The cards are two again."))


def _done(workshop: Workshop, said: str) -> ResponseReturnValue:
    page = url_for(".sorting", slug=workshop.slug)
    facts = _facts(workshop, SortForm(formdata=None)) if web.wants_part() else {}
    return web.swap(PART, otherwise=page, notice=said, **facts)


def _page(workshop: Workshop, form: SortForm, **more: object) -> str:
    page = PART if web.wants_part() else "workshop/sorting.html"
    return render_template(page, **_facts(workshop, form, **more))


def _facts(workshop: Workshop, form: SortForm, **more: object) -> dict[str, object]:
    board, asked = workshop.board, request.args.get("q", "").strip()
    ideas = posting.ideas_on(db.session, board)
    clusters = grouping.clusters_on(db.session, board)
    absorbed = merging.absorbed_on(db.session, board)
    known = {cluster.id for cluster in clusters}
    alone = [idea for idea in ideas if idea.cluster_id not in known]
    shown = [idea for idea in ideas if _has(idea, asked)]
    groups = [
        Pile([i for i in shown if i.cluster_id == each.id], cluster=each) for each in clusters
    ]
    last = stepping.last_step(db.session, board)
    is_asked = "proposal" in request.args or "proposal" in more
    can_sort, can_merge = allows(board, Act.GROUP), allows(board, Act.MERGE)
    facts = {
        "workshop": workshop,
        "board": board,
        "form": form,
        "q": asked,
        "groups": groups,
        "alone": [idea for idea in shown if idea.cluster_id not in known],
        "number": len(ideas),
        "absorbed": absorbed,
        "kept": [idea for idea in ideas if idea.id in absorbed],
        "twins": _twins(ideas) if can_merge and is_asked else [],
        "last": last if last and allows(board, Act(last.act)) else None,
        "can_sort": can_sort,
        "can_merge": can_merge,
        "missing": False,
        "renaming": None,
        "is_asked": is_asked,
        "proposal": _proposal(alone) if can_sort and is_asked else None,
        "titles": {str(idea.id): idea.title for idea in ideas},
    }
    return facts | more


def _proposal(ideas: list[Idea]) -> ProposalForm:
    from workshop.sorting import hinting  # noqa: PLC0415 - loads numpy

    headings = [
        {
            "taken": True,
            "title": hinting.shortened(each.name),
            "cards": ",".join(str(c.number) for c in each.cards),
        }
        for each in hinting.proposal(ideas)
    ]
    return ProposalForm(formdata=None, data={"headings": headings[:MOST]})


def _twins(ideas: Sequence[Idea]) -> list[tuple[Idea, Idea]]:
    from workshop.sorting import hinting  # noqa: PLC0415 - loads numpy

    return hinting.twins(ideas)


def _asked(board: Board, numbers: list[int]) -> list[Idea]:
    return [idea for idea in posting.ideas_on(db.session, board) if idea.id in numbers]


def _cluster(board: Board, cluster_id: int) -> Cluster:
    return find(Cluster, id=cluster_id, board_id=board.id)


def _has(idea: Idea, asked: str) -> bool:
    return asked.casefold() in f"{idea.title} {idea.text}".casefold()
