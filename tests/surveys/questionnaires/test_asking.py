import pytest

from surveys.questionnaires.asking import Asked
from surveys.questionnaires.evaluating import Questionnaire
from tests.story import NOON
from tests.surveys.answers import instrument
from tests.surveys.respondent import Answers, Respondent


@pytest.mark.parametrize("name", ["enterprise_survey", "refugee_conversation"])
def test_the_same_pages_are_asked_until_an_answer_that_decides_changes(name: str) -> None:
    asked = Asked(Questionnaire(instrument(name)))

    def walk(answers: Answers) -> object:
        return asked.walk(asked.questionnaire.evaluate(answers, now=NOON))

    seen = []
    for seed in range(4):
        answers = Respondent(asked.questionnaire, seed).answer_all()
        for changed in answers:
            fewer = {each: value for each, value in answers.items() if each != changed}
            seen.append((asked.walks_alike(answers, fewer), walk(answers) == walk(fewer)))
    assert (True, False) not in seen
    assert {(True, True), (False, False)} <= {*seen}
