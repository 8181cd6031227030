"""Which wordings of the consents stand on a sheet of paper: printed, typed, and noted."""

import re
from collections.abc import Iterable, Iterator

from flask import render_template, request
from werkzeug.datastructures import MultiDict

from core.db import db
from core.errors import Refusal, message
from surveys.definition import Item
from surveys.responses import agreeing
from surveys.responses.agreeing import Wording
from surveys.routes.visiting import Visit

FIELD = "printed"
LONGEST = 9  # digits


class NoSuchWording(Refusal):
    reason = message("No consent in this language has this number.")


def on_paper(here: Visit) -> Iterator[Wording]:
    """Yield the wordings in force of the consents that the form asks for."""
    for item in _consents(here):
        text = agreeing.wording(here.engine, here.place.project_id, item, here.language)
        if text is not None:
            yield text


def number_of(wordings: Iterable[Wording]) -> str:
    """Return what is printed on a sheet, so that it is known later which wordings it shows."""
    return "-".join(str(number) for number in dict.fromkeys(each.id for each in wordings))


def agreed(here: Visit, form: MultiDict[str, str]) -> MultiDict[str, str]:
    """Return a form in which the wordings that are printed on the sheet stand at the consents.

    Where no number is typed, none is noted: nobody knows what was read.

    :raise NoSuchWording: when a number is that of none in the language of the sheet
    """
    typed, told = _numbers(form.get(FIELD, "")), MultiDict(form)
    left = {*typed}
    for item in _consents(here):
        told.poplist(f"agreed={item.name}")
        for number in typed:
            project_id = here.place.project_id
            if agreeing.is_wording(db.session, project_id, item, here.language, number):
                told[f"agreed={item.name}"] = str(number)
                left.discard(number)
    if left:
        raise NoSuchWording
    return told


def field(here: Visit, response_id: int, trouble: str = "") -> str:
    """Return the field for the number that is printed on the sheet, where there is any."""
    if not [*on_paper(here)]:
        return ""
    noted = {*agreeing.noted(db.session, response_id).values()}
    known = "-".join(map(str, sorted(noted))) or _only_one(here)
    typed = request.form.get(FIELD, known)[:100]
    return render_template("surveys/_sheet_printed.html", typed=typed, trouble=trouble)


def _only_one(here: Visit) -> str:
    """Return the number of all sheets, while no consent ever had another wording."""
    for item in _consents(here):
        if agreeing.has_changed(db.session, here.place.project_id, item, here.language):
            return ""
    return number_of(on_paper(here))


def _numbers(typed: str) -> set[int]:
    return {int(each[:LONGEST]) for each in re.findall(r"[0-9]+", typed)}


def _consents(here: Visit) -> list[Item]:
    return here.asked.definition.having("consent")
