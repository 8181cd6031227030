"""Real questionnaires: ours, and those of others when they are there."""

import json
import re
from io import BytesIO
from pathlib import Path

import pytest
from pyxform.xls2xform import convert

from surveys.definition import Definition
from surveys.exchange.findings import Level
from surveys.exchange.writing import write_xlsform
from surveys.exchange.xlsform import Reading, read_xlsform
from surveys.questionnaires.evaluating import Questionnaire, clean, questionnaire
from tests.story import NOON
from tests.surveys.respondent import Respondent, texts

OURS = sorted(Path("surveys/instruments").glob("*.xlsx"))
OTHERS = sorted(Path("/work/shared/data/forms").glob("*.xlsx"))  # read only when they are there
FORMS = [*OURS, *OTHERS]
WITHOUT_PICTURES = {"languages", "legal_form", "orgs", "orgs_self", "ortsteil", "providers"}


@pytest.fixture(scope="module")
def readings() -> dict[Path, Reading]:
    return {path: read_xlsform(path.read_bytes(), path.stem) for path in FORMS}


@pytest.fixture(scope="module")
def forms(readings: dict[Path, Reading]) -> dict[Path, Questionnaire]:
    return {
        path: questionnaire(reading.definition)
        for path, reading in readings.items()
        if reading.definition
    }


def the(path: Path, readings: dict[Path, Reading]) -> Definition:
    definition = readings[path].definition
    assert definition
    return definition


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_it_is_accepted(path: Path, readings: dict[Path, Reading]) -> None:
    errors = [each.text for each in readings[path].findings if each.level == Level.ERROR]
    assert readings[path].accepted, errors


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.stem)
def test_ours_need_no_repair(path: Path, readings: dict[Path, Reading]) -> None:
    assert {each.level for each in readings[path].findings} <= {Level.NOTE}


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_it_goes_out_and_in_again_without_loss(
    path: Path, readings: dict[Path, Reading]
) -> None:
    definition = the(path, readings)
    again = read_xlsform(write_xlsform(definition), path.stem)
    assert again.definition == definition
    assert Definition.from_json(json.loads(json.dumps(definition.to_json()))) == definition


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
@pytest.mark.parametrize("seed", range(3))
def test_somebody_answers_it_to_the_end(
    path: Path, seed: int, forms: dict[Path, Questionnaire]
) -> None:
    form = forms[path]
    respondent = Respondent(form, seed)
    document = respondent.answer_all()
    assert respondent.seen
    assert clean(form, document, now=NOON) == document


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_it_can_be_read_in_each_of_its_languages(
    path: Path, forms: dict[Path, Questionnaire]
) -> None:
    form = forms[path]
    for language in form.definition.languages:
        respondent = Respondent(form, 7, language)
        respondent.answer_all()
        shown = list(texts(respondent.look(), language))
        assert language in {code for text, code in shown if text}
        assert not any("${" in text for text, _ in shown)


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.stem)
def test_choices_of_ours_have_pictures_that_exist(
    path: Path, readings: dict[Path, Reading]
) -> None:
    drawn = set(re.findall(r'<symbol id="([^"]+)"', Path("static/pictograms.svg").read_text()))
    lists = the(path, readings).lists
    pictures = {
        name: {choice.picture for choice in choices}
        for name, choices in lists.items()
        if name not in WITHOUT_PICTURES
    }
    assert pictures
    assert all(found <= drawn for found in pictures.values()), pictures


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.stem)
def test_ours_are_read_by_the_tools_of_others_too(
    path: Path, readings: dict[Path, Reading]
) -> None:
    ours = path.read_bytes(), write_xlsform(the(path, readings))
    assert all("<h:html" in convert(xlsform=BytesIO(each)).xform for each in ours)
