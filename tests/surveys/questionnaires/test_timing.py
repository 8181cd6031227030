from collections.abc import Sequence
from typing import Any

import pytest

from surveys.definition import Choice
from surveys.questionnaires.asking import Asked
from surveys.questionnaires.evaluating import Evaluation, Questionnaire
from surveys.questionnaires.walking import Walk
from tests.story import NOON
from tests.surveys.answers import instrument

PARTNERS = ["O02", "O03", "O04", "O05", "O06"]
WHOLE: dict[str, Any] = {
    "consent": "yes", "org": "O01", "offers": ["counselling"], "willing": "4", "idea": "Café",
    "org_needs": ["funding", "staff"], "wished": ["O09"], "followup": ["workshop"],
}  # fmt: skip


@pytest.fixture(scope="module")
def asked() -> Asked:
    return Asked(Questionnaire(instrument("enterprise_survey")))


def look(asked: Asked, partners: Sequence[str], **more: Any) -> tuple[Evaluation, Walk]:
    everyone = [Choice(f"O{number:02}") for number in range(1, 41)]
    answers = WHOLE | {"partners": [*partners], "tie": [{} for _ in partners]} | more
    roster = dict.fromkeys(asked.rosters, everyone)
    evaluation = asked.evaluate(answers, roster, NOON, "de")
    return evaluation, asked.walk(evaluation)


def minutes(asked: Asked, partners: Sequence[str] = PARTNERS, **more: Any) -> int:
    _, walk = look(asked, partners, **more)
    return walk.minutes_from(walk.pages[0])


def test_the_short_version_takes_eight_minutes_with_five_partners(asked: Asked) -> None:
    assert minutes(asked, length="short") <= 8
    _, walk = look(asked, PARTNERS, length="short")
    assert len(walk.pages) <= 13


def test_the_long_version_takes_longer_and_the_form_says_so(asked: Asked) -> None:
    assert 8 < minutes(asked, length="long") <= 15


def test_every_partner_takes_some_time(asked: Asked) -> None:
    assert minutes(asked, PARTNERS) - minutes(asked, []) >= 2


def test_at_the_end_there_is_a_minute_left(asked: Asked) -> None:
    _, walk = look(asked, PARTNERS)
    left = [walk.minutes_from(page) for page in walk.pages]
    assert left == sorted(left, reverse=True)
    assert left[-1] == 1


def test_what_is_not_asked_takes_no_time(asked: Asked) -> None:
    evaluation, _ = look(asked, PARTNERS, length="short")
    longer, _ = look(asked, PARTNERS, length="long")
    for key in ("headcount", "places_12m"):
        assert asked.efforts[key].of(evaluation) < asked.efforts[key].of(longer)
