"""Importing: a form becomes a survey, and the same survey asks something else later."""

from collections.abc import Callable

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from people.models import Project
from surveys.definition import Definition, Item
from surveys.fieldwork import importing
from surveys.fieldwork.importing import add_version, import_form, latest_version, survey_of_form
from surveys.models import State, Survey, SurveyVersion
from tests.story import NOON, at_once


def a_definition(question: str = "a", title: str = "Träger in Pankow") -> Definition:
    return Definition({"de": title}, "pankow", "de", ("de",), (Item("question", question),))


@pytest.mark.both_engines
def test_a_form_becomes_a_survey_with_a_readable_address(
    session: Session, project: Project
) -> None:
    first = import_form(session, project, a_definition(), NOON)
    second = import_form(session, project, a_definition(), NOON)
    assert (first.slug, second.slug) == ("traeger-in-pankow", "traeger-in-pankow-2")
    assert first.state == State.DRAFT
    version = latest_version(session, first)
    assert version
    assert Definition.from_json(version.definition) == a_definition()


@pytest.mark.both_engines
def test_only_other_questions_make_a_new_version(session: Session, project: Project) -> None:
    survey = import_form(session, project, a_definition(), NOON)
    same = add_version(session, survey, a_definition(), NOON)
    other = add_version(session, survey, a_definition("b"), NOON)
    back = add_version(session, survey, a_definition(), NOON)
    assert [version.number for version in (same, other, back)] == [1, 2, 3]


@pytest.mark.both_engines
def test_of_several_who_bring_the_same_version_one_is_kept(
    session: Session, sessions: sessionmaker[Session], project: Project
) -> None:
    survey = import_form(session, project, a_definition(), NOON)
    session.commit()
    number = survey.id
    session.rollback()

    def bring(_: int) -> None:
        with sessions() as mine:
            add_version(mine, mine.get_one(Survey, number), a_definition("b"), NOON)
            mine.commit()

    at_once(5, bring)
    versions = select(func.count()).select_from(SurveyVersion).filter_by(survey_id=number)
    assert session.scalar(versions) == 2


def test_a_closed_survey_keeps_what_it_has_asked(session: Session, project: Project) -> None:
    survey = import_form(session, project, a_definition(), NOON)
    survey.state = State.CLOSED
    with pytest.raises(importing.SurveyClosed):
        import_form(session, project, a_definition("b"), NOON, survey=survey)


def test_a_form_is_recognised_within_its_project(
    session: Session, project: Project, elsewhere: Project
) -> None:
    survey = import_form(session, project, a_definition(), NOON)
    session.flush()
    assert survey_of_form(session, project, "pankow") == survey
    assert survey_of_form(session, project, "") is None
    assert survey_of_form(session, elsewhere, "pankow") is None


def test_titles_without_latin_letters_have_an_address_too(
    session: Session, project: Project, keep: Callable[..., object]
) -> None:
    survey = import_form(session, project, a_definition(title="استبيان"), NOON)
    assert survey.slug == "survey"


def test_the_order_of_keys_makes_no_other_form() -> None:
    texts = {"de": "A", "en": "B"}
    turned = dict(reversed(texts.items()))
    one, two = (Definition(each, "", "de", ("de",), ()) for each in (texts, turned))
    assert importing.digest_of(one) == importing.digest_of(two)
