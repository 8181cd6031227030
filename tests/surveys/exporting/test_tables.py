from sqlalchemy.orm import Session

from people.models import Organisation, Project
from surveys.definition import Definition, Item
from surveys.exporting.tables import Table, distinct
from surveys.models import Survey
from tests.surveys.example import a_survey, answer
from tests.surveys.exporting.example import ANSWERS, taken


def rows(table: Table) -> list[dict[str, object]]:
    head = [column.name for column in table.columns]
    return [dict(zip(head, row, strict=True)) for row in table.rows()]


def test_a_row_says_who_answered_and_what(
    session: Session, survey: Survey, radhaus: Organisation
) -> None:
    answer(session, survey, ANSWERS, radhaus)
    answer(session, survey, {"headcount": 3}, sent=None)
    responses, ties = taken(session, survey).tables()
    (row,) = rows(responses)
    known = {"organisation": "O1", "name": "=Radhaus", "leading": "yes", "headcount": 12}
    assert known.items() <= row.items()
    assert row["submitted"] == "2026-11-02"
    assert "email" not in row  # sealed apart
    assert "b_head" not in row  # prints the choices above a matrix
    turns = [(turn["response"], turn["tie"], turn["strength"]) for turn in rows(ties)]
    assert turns == [(row["response"], 1, "2"), (row["response"], 2, "3")]


def test_names_leave_the_team_only_by_consent(
    session: Session, survey: Survey, radhaus: Organisation
) -> None:
    answer(session, survey, ANSWERS | {"org_other": "Radhaus"}, radhaus)
    (row,) = rows(taken(session, survey, audience="network").tables()[0])
    assert row["name"] is None
    assert not {"org", "org_other"} & row.keys()


def test_a_turn_within_a_turn_has_the_numbers_of_both(
    session: Session, project: Project
) -> None:
    name, age = Item("question", "name", "text"), Item("question", "age", "integer")
    child = Item("repeat", "child", items=(age,))
    household = Item("repeat", "home", items=(Item("group", "g", items=(name, child)),))
    survey = a_survey(session, project, Definition({}, "f", "de", ("de",), (household,)))
    homes = [{"name": "A", "child": [{"age": 1}, {"age": 2}]}, {"child": [{"age": 3}]}, {}]
    answer(session, survey, {"home": homes})
    _, home, children = taken(session, survey).tables()
    assert [(turn["home"], turn["name"]) for turn in rows(home)] == [
        (1, "A"), (2, None), (3, None),
    ]  # fmt: skip
    found = [(turn["home"], turn["child"], turn["age"]) for turn in rows(children)]
    assert found == [(1, 1, 1), (1, 2, 2), (2, 1, 3)]


def test_no_question_hides_behind_the_name_of_a_column_or_table(
    session: Session, project: Project
) -> None:
    items = (
        Item("question", "name", "text"),
        Item("repeat", "Responses", items=(Item("question", "response", "text"),)),
        Item("repeat", "a:b", items=()),
    )
    survey = a_survey(session, project, Definition({}, "f", "de", ("de",), items))
    answer(session, survey, {"name": "Mia", "Responses": [{"response": "ja"}]})
    responses, turns, named = taken(session, survey).tables()
    assert (turns.name, named.name) == ("Responses_2", "a_b")
    assert rows(responses)[0]["name_2"] == "Mia"
    assert rows(turns)[0]["response_2"] == "ja"


def test_names_that_are_alike_are_numbered() -> None:
    assert distinct(["a", "A", "a", "b"]) == ["a", "A_2", "a_3", "b"]
    assert distinct(["abcd", "abcd"], longest=4) == ["abcd", "ab_2"]
