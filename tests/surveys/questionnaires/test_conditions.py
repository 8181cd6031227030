import pytest

from surveys.questionnaires.conditions import SEVERAL, Wanted, simply


@pytest.mark.parametrize(
    ("condition", "wanted"),
    [
        ("${org} = 'other'", [("org", ("other",))]),
        ("selected(${offers}, 'rooms')", [("offers", ("rooms",))]),
        ("${willing} = '4' or ${willing} = '5'", [("willing", ("4", "5"))]),
        ("count-selected(${offers}) > 0", [("offers", ())]),
        ("count-selected(${needs}) > 1", [("needs", SEVERAL)]),
        ("${idea} != ''", [("idea", ())]),
        (
            "${length} = 'long' and (count-selected(${wished}) > 0)",
            [("length", ("long",)), ("wished", ())],
        ),
    ],
)
def test_a_plain_condition_is_told_by_its_answers(condition: str, wanted: list[Wanted]) -> None:
    assert simply(condition) == wanted


@pytest.mark.parametrize(
    "condition",
    [
        "${inc_sum} > 0 and ${inc_sum} != 100",
        "${a} = 'x' or ${b} = 'y'",
        "count-selected(${needs}) > 2",
        "${a} = 'x' or count-selected(${a}) > 1",
        "not(selected(${offers}, 'rooms'))",
        "${a} = 'x' or ${a} != ''",
        "today() > '2026-01-01'",
        "${",
    ],
)
def test_any_other_condition_is_not_told(condition: str) -> None:
    assert simply(condition) is None
