"""Buttons that add something to a page: an organisation found, or another turn."""

from flask import abort

from surveys.evaluating import Evaluation
from surveys.paging import Page
from surveys.reading import Reading
from surveys.routes.visiting import Visit


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
