"""Buttons within a page: an organisation that was found, another turn, or one turn less."""

from flask import abort, request

from surveys.questionnaires.evaluating import Evaluation
from surveys.questionnaires.paging import Page
from surveys.questionnaires.reading import Reading
from surveys.questionnaires.slots import field_of
from surveys.routes.visiting import Visit


def pressed(
    here: Visit, page: Page, before: Evaluation, reading: Reading
) -> dict[str, str] | None:
    """Do what a button within the page says; tell where to go on, or nothing for others."""
    form = request.form
    if "clear" in form:
        return {"anchor": f"q-{form['clear'].partition(' ')[0]}"}
    if "find" in form or (form.get("go") == "enter" and seeks(here, page)):
        return search(here, page)
    if "add" in form:
        add(here, page, reading, form["add"])
        return search(here, page)
    if "more" in form:
        number = one_more(here, reading, form["more"], before)
        return {"anchor": f"t-{form['more']}:{number}"}
    if "drop" in form:
        repeat, _, turn = form["drop"].partition(":")
        if repeat in here.asked.items and turn.isdecimal():
            here.asked.drop(reading.answers, repeat, int(turn))
            reading.faults.clear()
        return {"anchor": f"q-{repeat}"}
    return None


def asked_anew(page: Page, before: Evaluation, after: Evaluation) -> list[str]:
    """List the fields of a page that are asked now and were not before."""
    return [
        field_of(item.name, turn)
        for item in page.questions
        for turn in after.instances(item.name)
        if after.relevant(item.name, turn) and not before.relevant(item.name, turn)
        if item.kind == "question"
    ]


def add(here: Visit, page: Page, reading: Reading, wish: str) -> None:
    """Add an organisation to the chosen ones."""
    name, _, code = wish.partition(":")
    item = here.asked.items.get(name)
    if item is None or name not in here.asked.rosters or item not in page.questions:
        abort(400)
    if code not in {partner.code for partner in here.listed}:
        abort(400)
    if item.type == "select_one":
        reading.answers[name] = code
    elif code not in (chosen := list(reading.answers.get(name) or [])):
        reading.answers[name] = [*chosen, code]


def one_more(here: Visit, reading: Reading, repeat: str, before: Evaluation) -> int:
    """Add a turn to a repeat, unless the last one is still empty."""
    item = here.asked.items.get(repeat)
    if item is None or item.kind != "repeat" or item.count:
        abort(400)
    turns = list(reading.answers.get(repeat) or [{}] * before.count(repeat))
    if not turns or (turns[-1] and len(turns) < 100):
        turns.append({})
    reading.answers[repeat] = turns
    return len(turns)


def seeks(here: Visit, page: Page) -> bool:
    """Tell whether somebody typed into the search of a roster."""
    return any(
        request.form.get(f"find={item.name}", "").strip()
        for item in page.questions
        if item.name in here.asked.rosters
    )


def search(here: Visit, page: Page) -> dict[str, str]:
    """Return what is looked for, and the question at which to show what was found."""
    for item in page.questions:
        if words := request.form.get(f"find={item.name}", "").strip():
            return {"find": words[:100], "anchor": f"q-{item.name}"}
    name = request.form.get("find", "")
    return {"anchor": f"q-{name}"} if name in here.asked.rosters else {}
