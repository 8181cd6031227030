from typing import Any

from surveys.definition import Definition, Item
from surveys.questionnaires.evaluating import questionnaire
from surveys.questionnaires.numbering import Numbering
from tests.story import NOON
from tests.surveys.answers import instrument


def numbers(definition: Definition, answers: dict[str, Any]) -> list[str]:
    """The numbers of all that is asked, in order."""
    numbering = Numbering(definition)
    evaluation = questionnaire(definition).evaluate(answers, now=NOON)
    asked = [name for name in numbering.written if evaluation.relevant(name)]
    return [numbering.code(name, evaluation) for name in asked]


def form(*labels: str, **relevant: str) -> Definition:
    items = [
        Item(
            "question",
            f"q{place}",
            "text",
            {"de": label},
            relevant=relevant.get(f"q{place}", ""),
        )
        for place, label in enumerate(labels)
    ]
    return Definition({}, "", "de", ("de",), tuple(items))


def test_numbers_do_not_jump_in_the_short_version() -> None:
    for length in ("short", "long"):
        found = numbers(instrument("enterprise_survey"), {"length": length, "willing": "5"})
        assert len(found) > 10
        by_part: dict[str, list[int]] = {}
        for code in found:
            if code[1:]:
                by_part.setdefault(code[0], []).append(int(code[1:]))
        assert all(part == [*range(1, len(part) + 1)] for part in by_part.values()), found


def test_what_has_no_number_counts_for_nothing() -> None:
    asked = form("Ich stimme zu.", "1. Wo?", "Warum?", "3. Wann?", q1="false()")
    assert numbers(asked, {}) == ["1"]


def test_a_number_with_something_behind_it_stays() -> None:
    assert numbers(form("A1. Wo?", "A1a. Warum?", "A7. Wann?"), {}) == ["A1", "A1a", "A2"]
