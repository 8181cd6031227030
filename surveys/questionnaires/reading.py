"""Reading a page that was sent: what was typed becomes answers, or a word on what is amiss."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

from core.errors import message
from surveys.definition import Item
from surveys.questionnaires.evaluating import Evaluation
from surveys.questionnaires.filling import Typed
from surveys.questionnaires.laying import leaves
from surveys.questionnaires.slots import OUTSIDE, Turn, field_of
from surveys.questionnaires.understanding import (
    LARGEST,
    LONGEST,
    NUMBER,
    READERS,
    NotUnderstood,
    lines,
    understood,
)

EMPTY: Any = None
RANKED = message("Please give each place once.")
ANSWER = message("Please answer this question.")
CHOOSE = message("Please choose an answer.")
OTHERWISE = message("This answer does not fit. Please check it.")

Fault = tuple[str, str]  # a text and its language, or a message of ours and ""


@dataclass
class Reading:
    """What a page said: *answers* is the whole document with this page in it."""

    answers: dict[str, Any]
    sealed: dict[str, str | None] = field(default_factory=dict)  # by field; contact data
    faults: dict[str, Fault] = field(default_factory=dict)  # by field


def read(items: Sequence[Item], typed: Typed, evaluation: Evaluation, answers: Any) -> Reading:
    """Read the fields of *items* that are asked, and leave all other answers as they are."""
    reading = Reading(dict(answers))
    _read_items(items, typed, evaluation, reading, reading.answers, OUTSIDE)
    return reading


def missing(items: Sequence[Item], evaluation: Evaluation, language: str) -> dict[str, Fault]:
    """Say what is still to be answered, or to be mended, on a page; by field."""
    faults: dict[str, Fault] = {}
    _check(items, evaluation, language, OUTSIDE, faults)
    return faults


def unfit(items: Sequence[Item], evaluation: Evaluation, faults: Collection[str]) -> bool:
    """Whether one of the faults, by field, is an answer that does not fit."""
    return any(
        field_of(item.name, turn) in faults and evaluation.value(item.name, turn) is not None
        for item in leaves(items)
        for turn in evaluation.instances(item.name)
    )


def without_blanks(items: Sequence[Item], answers: dict[str, Any]) -> dict[str, Any]:
    """Leave out turns that were added on this page and never filled in."""
    kept = dict(answers)
    for item in repeats_in(items):
        if not item.count and item.name in kept:
            kept[item.name] = [turn for turn in kept[item.name] if turn]
    return kept


def repeats_in(items: Sequence[Item]) -> list[Item]:
    """List the repeats among *items* that stand in no other repeat."""
    found: list[Item] = []
    for item in items:
        found += [item] if item.kind == "repeat" else repeats_in(item.items)
    return found


def answer_to(item: Item, texts: Sequence[str], evaluation: Evaluation, turn: Turn) -> Any:
    """Return the answer that *texts* are, ``None`` when there is none.

    :raise NotUnderstood: when it cannot be one
    """
    if item.type in ("select_one", "select_multiple"):
        offered = evaluation.offered(item.name, turn)
        chosen = [each for each in dict.fromkeys(texts) if each in offered]
        return (chosen or EMPTY) if item.type == "select_multiple" else (chosen or [EMPTY])[0]
    text = lines(texts[0]) if texts else ""
    if not text:
        return EMPTY
    return understood(item, text)


def _read_items(
    items: Sequence[Item],
    typed: Typed,
    evaluation: Evaluation,
    reading: Reading,
    document: dict[str, Any],
    turn: Turn,
) -> None:
    for item in items:
        if not evaluation.relevant(item.name, turn):
            continue
        if item.kind == "group":
            _read_items(item.items, typed, evaluation, reading, document, turn)
        elif item.kind == "repeat":
            _read_turns(item, typed, evaluation, reading, document, turn)
        elif item.kind == "question" and not item.is_fixed:
            _read_one(item, typed, evaluation, reading, document, turn)


def _read_turns(
    item: Item,
    typed: Typed,
    evaluation: Evaluation,
    reading: Reading,
    document: dict[str, Any],
    turn: Turn,
) -> None:
    stored = list(document.get(item.name) or ())
    number = evaluation.count(item.name, turn)
    turns = [dict(stored[place]) if place < len(stored) else {} for place in range(number)]
    for place, each in enumerate(turns, 1):
        _read_items(item.items, typed, evaluation, reading, each, (*turn, place))
    # What stands after the last turn shown comes back when there are more turns again.
    document[item.name] = turns + stored[number:]


def _read_one(
    item: Item,
    typed: Typed,
    evaluation: Evaluation,
    reading: Reading,
    document: dict[str, Any],
    turn: Turn,
) -> None:
    place = field_of(item.name, turn)
    try:
        answer: Any
        if item.type == "rank":
            answer = _ranked(item, place, typed, evaluation, turn)
        else:
            answer = answer_to(item, typed.getlist(place), evaluation, turn)
    except NotUnderstood as amiss:
        reading.faults[place] = (amiss.reason, "")
        _keep_raw(item, typed.getlist(place), document)
        return
    if "pii" in item.osi:
        reading.sealed[place] = None if answer is EMPTY else str(answer)
    elif answer is not EMPTY:
        document[item.name] = answer
    elif item.default:
        document[item.name] = EMPTY  # or else the default would come back
    else:
        document.pop(item.name, None)


def _keep_raw(item: Item, texts: Sequence[str], document: dict[str, Any]) -> None:
    """Keep what nobody understood with a draft; it stops whoever wants to hand it in."""
    if item.type in READERS and "pii" not in item.osi:
        document[item.name] = lines(texts[0])[:LONGEST]


def _ranked(
    item: Item, place: str, typed: Typed, evaluation: Evaluation, turn: Turn
) -> list[str] | None:
    """Read the places that were given to the choices; all or none of them."""
    offered = [choice.name for choice in evaluation.choices(item.name, turn)]
    given = {name: (typed.getlist(f"{place}={name}") or [""])[0] for name in offered}
    numbers = {name: int(text) for name, text in given.items() if text.isdecimal()}
    if not numbers:
        return EMPTY  # type: ignore[no-any-return]
    if sorted(numbers.values()) != list(range(1, len(offered) + 1)):
        raise NotUnderstood(RANKED)
    return sorted(numbers, key=numbers.__getitem__)


def _check(
    items: Sequence[Item],
    evaluation: Evaluation,
    language: str,
    turn: Turn,
    faults: dict[str, Fault],
) -> None:
    for item in items:
        if not evaluation.relevant(item.name, turn):
            continue
        if item.kind == "group":
            _check(item.items, evaluation, language, turn, faults)
        elif item.kind == "repeat":
            for place in range(1, evaluation.count(item.name, turn) + 1):
                if item.count or not _is_blank(item, evaluation, (*turn, place)):
                    _check(item.items, evaluation, language, (*turn, place), faults)
        elif item.kind == "question" and (fault := _fault(item, evaluation, language, turn)):
            faults[field_of(item.name, turn)] = fault


def _is_blank(repeat: Item, evaluation: Evaluation, turn: Turn) -> bool:
    """Whether a turn that somebody added was never filled in."""
    return all(evaluation.value(item.name, turn) is None for item in leaves(repeat.items))


def _fault(item: Item, evaluation: Evaluation, language: str, turn: Turn) -> Fault | None:
    value = evaluation.value(item.name, turn)
    if value is None:
        open_to_us = item.required and not item.is_fixed
        if not open_to_us or not evaluation.required(item.name, turn):
            return None
        text, said = evaluation.text(item, item.required_message, language, turn)
        ours = CHOOSE if item.type.startswith("select") else ANSWER
        return (text, said) if text else (ours, "")
    if reason := _not_understood(item, value):
        return reason, ""
    if not item.constraint or not evaluation.violation(item.name, turn):
        return None
    text, said = evaluation.message(item, language, turn)
    return (text, said) if text else (OTHERWISE, "")


def _not_understood(item: Item, value: Any) -> str:
    """Return why what was kept is no answer yet, if it is none."""
    if item.type not in READERS or item.is_fixed:
        return ""
    if item.type == "decimal" and isinstance(value, int | float):
        return "" if abs(value) <= LARGEST else NUMBER
    try:
        understood(item, str(value))
    except NotUnderstood as amiss:
        return amiss.reason
    return ""
