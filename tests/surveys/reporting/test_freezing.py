import pytest
from sqlalchemy.orm import Session, sessionmaker

from people.models import Project
from surveys.models import Survey
from surveys.reporting import freezing
from surveys.reporting.models import Frozen
from tests.story import NOON, at_once
from tests.surveys.example import a_survey
from tests.surveys.reporting.test_drawing import a_figure


@pytest.mark.both_engines
def test_the_same_is_frozen_once_and_stands_again_when_it_was_withdrawn(
    session: Session, project: Project
) -> None:
    survey = a_survey(session, project)
    one, is_new = freezing.freeze(session, survey, a_figure(), "Birte", NOON)
    assert is_new
    one.withdrawn = NOON
    again, is_new = freezing.freeze(session, survey, a_figure(), "Tarik", NOON)
    assert (again.id, again.by, again.withdrawn, is_new) == (one.id, "Birte", None, False)
    other, is_new = freezing.freeze(session, survey, a_figure(n="n = 5"), "Tarik", NOON)
    assert is_new and other.code != one.code


@pytest.mark.both_engines
def test_eight_who_freeze_the_same_at_once_get_the_same(
    sessions: sessionmaker[Session], session: Session, project: Project
) -> None:
    survey_id = a_survey(session, project).id

    codes: list[str] = []

    def act(_which: int) -> None:
        with sessions() as own:
            survey = own.get_one(Survey, survey_id)
            frozen, _ = freezing.freeze(own, survey, a_figure(), "Birte", NOON)
            codes.append(frozen.code)
            own.commit()

    at_once(8, act)
    assert (len(codes), len({*codes})) == (8, 1)


def test_frozen_figures_are_found_by_words_code_and_who_froze_them(
    session: Session, project: Project
) -> None:
    survey = a_survey(session, project)
    rooms, _ = freezing.freeze(session, survey, a_figure(title="Räume"), "Birte", NOON)
    freezing.freeze(session, survey, a_figure(title="Geld"), "Tarik", NOON)
    rooms.note = "für die Taskforce"

    def found(words: str) -> list[Frozen]:
        return [*freezing.frozen_of(session, project.id, words)]

    assert len(found("")) == 2
    for words in ("räume", rooms.code, "birte taskforce"):
        assert found(words) == [rooms]
    rooms.withdrawn = NOON
    assert [each.title for each in found("")] == ["Geld"]


def test_nobody_else_sees_what_is_not_public(session: Session, project: Project) -> None:
    survey = a_survey(session, project)
    frozen, _ = freezing.freeze(session, survey, a_figure(), "Birte", NOON)
    assert freezing.public_one(session, frozen.code) is None
    frozen.is_public = True
    assert freezing.public_one(session, frozen.code) is frozen


def test_a_code_has_no_sign_that_looks_like_another() -> None:
    assert not {*"0o1li"} & {*freezing.ALPHABET}
    assert Frozen.__table__.c.code.unique
