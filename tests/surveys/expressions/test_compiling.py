"""What expressions give: one table of cases, so that another implementation can run it, too.

A case has an *expression*, *answers*, what it *gives* (``null`` is empty) and its *source*;
*inside* names the repeat and the turn that it looks from. It is 2 November 2026, 13:00.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from surveys.definition import Definition, Item
from surveys.expressions.compiling import NAMES
from surveys.questionnaires.evaluating import questionnaire
from tests.story import NOON

CASES: list[dict[str, Any]] = json.loads(Path(__file__).with_name("cases.json").read_text())


def a_question(name: str, answer: Any) -> Item:
    match answer:
        case [{}, *_]:
            items = tuple(a_question(each, answer[0][each]) for each in answer[0])
            return Item("repeat", name, items=items)
        case list():
            return Item("question", name, "select_multiple")
        case int() | float():
            return Item("question", name, "decimal")
    return Item("question", name, "text")


def form_of(case: dict[str, Any]) -> Definition:
    """A form with the answers of a case, and a calculation ``result``."""
    answers = case.get("answers", {})
    items = [a_question(name, answer) for name, answer in answers.items()]
    result = Item("calculate", "result", calculation=case["expression"])
    repeat, _ = case.get("inside", ("", 0))
    for place, item in enumerate(items):
        if item.name == repeat:
            items[place] = Item("repeat", repeat, items=(*item.items, result))
    items += [] if repeat else [result]
    return Definition({}, "", "de", ("de",), tuple(items))


def result_of(case: dict[str, Any]) -> Any:
    form = questionnaire(form_of(case))
    assert not form.assembly.problems
    answers, (_, turn) = case.get("answers", {}), case.get("inside", ("", 0))
    return form.evaluate(answers, now=NOON).value("result", turn)


@pytest.mark.parametrize("case", CASES, ids=[case["expression"] for case in CASES])
def test_an_expression_gives(case: dict[str, Any]) -> None:
    result = result_of(case)
    assert result == case["gives"]
    assert type(result) is type(case["gives"]) or isinstance(result, int | float)


def test_the_table_has_a_case_for_every_function() -> None:
    used = {name for name in NAMES for case in CASES if f"{name}(" in case["expression"]}
    elsewhere = {"jr:choice-name", "random", "uuid"}
    trigonometry = {"sin", "cos", "tan", "asin", "acos", "atan", "atan2", "pi", "exp", "log10"}
    assert used | elsewhere | trigonometry == NAMES


@pytest.mark.parametrize(
    ("expression", "complaint"),
    [
        ("pulldata('a', 'b', 'c', 'd')", "The function pulldata() is not supported."),
        ("selected(${x})", "The function selected() takes another number of values than 1."),
        ("${nobody} + 1", "There is no question named ${nobody}."),
        ("position(../../x)", "position() is supported as position(..) only."),
        (
            "indexed-repeat(1, 2, 3)",
            "indexed-repeat() takes ${question}, ${repeat} and a number.",
        ),
        ("indexed-repeat(${x}, ${x}, 1)", "${x} does not stand in the repeat named."),
        ("../nobody", "The path ../nobody leads to no question."),
        ("'open", "A quotation mark is not closed."),
        ("1 +", "The expression ends too early."),
        ("(1", "Here a “)” is missing."),
        ("1 2", "“2” is not expected here."),
        ("a[1]", "“[” has no meaning here."),
        ("$x", "A name after $ stands in braces: ${name}."),
    ],
)
def test_what_cannot_be_computed_is_a_problem_and_empty(
    expression: str, complaint: str
) -> None:
    x = Item("question", "x")
    items = (x, Item("calculate", "result", calculation=expression))
    form = questionnaire(Definition({}, "", "de", ("de",), items))
    assert [str(problem.error) for problem in form.assembly.problems] == [complaint]
    assert form.evaluate({}, now=NOON).value("result") is None


def test_chance_differs_from_time_to_time() -> None:
    for expression in ("random()", "uuid()"):
        case = {"expression": expression}
        assert len({result_of(case) for _ in range(5)}) == 5
