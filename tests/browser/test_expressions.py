"""The expressions of forms give the same on a device as on the server."""

import math
from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import Any

import pytest
from flask import Flask

from surveys.definition import Item
from surveys.questionnaires.evaluating import Evaluation, Questionnaire, questionnaire
from tests.browser.conftest import Visitor
from tests.browser.device import Device
from tests.story import NOON
from tests.surveys.answers import INSTRUMENTS, definition_of
from tests.surveys.expressions.test_compiling import CASES, form_of

OTHERS = Path("/work/shared/data/forms")  # used only when they are there
FORMS = [*INSTRUMENTS.glob("*.xlsx"), *OTHERS.glob("*.xlsx")]
PEOPLE, ANSWERED = 8, 0.8


@pytest.fixture
def device(visit: Visitor, app: Flask) -> Device:
    page = visit("/legal/imprint")
    return Device(page, f"/static/{app.extensions['assets'].version}/js/offline")


def test_the_table_of_cases_gives_the_same_in_a_browser(device: Device) -> None:
    amiss = []
    for case in CASES:
        form = questionnaire(form_of(case))
        [seen] = device.look(form, [case.get("answers", {})], NOON)
        turn = case.get("inside", ("", 1))[1]
        result = seen["state"]["result"][turn - 1][2]
        if not alike(result, case["gives"]):
            amiss.append((case["expression"], result, case["gives"]))
    assert not amiss


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_a_device_sees_what_the_server_sees(device: Device, path: Path) -> None:
    form = questionnaire(definition_of(path))
    chance = Random(path.stem)  # noqa: S311 - chance, not secrecy
    raw = (some_answers(form.definition.items, form, chance) for _ in range(PEOPLE))
    answers = [form.evaluate(each, now=NOON).settled() for each in raw]
    for given, seen in zip(answers, device.look(form, answers, NOON), strict=True):
        expected = form.evaluate(given, now=NOON, language="de")
        for name, state in seen_by(expected).items():
            assert alike(seen["state"][name], state), (name, given)
        assert alike(seen["document"], expected.document())


def some_answers(items: Sequence[Item], form: Questionnaire, chance: Random) -> dict[str, Any]:
    """Answers as anybody might give them, also what nobody should."""
    found: dict[str, Any] = {}
    for item in items:
        if item.kind == "group":
            found |= some_answers(item.items, form, chance)
        elif item.kind == "repeat":
            turns = range(chance.randint(0, 3))
            found[item.name] = [some_answers(item.items, form, chance) for _ in turns]
        elif item.kind == "question" and chance.random() < ANSWERED:
            found[item.name] = an_answer(item, form, chance)
    return found


def an_answer(item: Item, form: Questionnaire, chance: Random) -> Any:
    names = [each.name for each in form.definition.lists.get(item.list, ())] or ["x"]
    match item.type:
        case "select_one":
            return chance.choice(names)
        case "select_multiple" | "rank":
            return chance.sample(names, chance.randint(0, min(4, len(names))))
        case "integer" | "decimal" | "range":
            return chance.choice([0, 1, 2, 5, 17, 18, 40, 99, 12.25, -3, "1e5", "x", ""])
        case "date" | "datetime":
            return chance.choice(["1980-05-17", "2024-02-29", "2026-11-02", "2026-02-30"])
    return chance.choice(["", "Amal", "K7-RQ2", "amal@example.org", "03/2024", "17", None])


def seen_by(evaluation: Evaluation) -> dict[str, Any]:
    looked = {}
    asked = {n: c for n, c in evaluation.questionnaire.cells.items() if c.item.kind != "repeat"}
    for name in asked:
        looked[name] = [
            [
                [*turn],
                evaluation.relevant(name, turn),
                evaluation.value(name, turn),
                evaluation.violation(name, turn),
                evaluation.required(name, turn),
                [each.name for each in evaluation.choices(name, turn)],
            ]
            for turn in evaluation.instances(name)
        ]
    return looked


def alike(one: Any, other: Any) -> bool:
    """Whether two results are the same but for the last digit of a fraction."""
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(alike, one, other))
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(alike(one[k], other[k]) for k in one)
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, float | int) and isinstance(other, float | int):
        return math.isclose(one, other, rel_tol=1e-12)
    return bool(one == other)
