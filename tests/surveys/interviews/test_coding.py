from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from core.db import db
from core.errors import FormUsedTwice
from people.models import Project
from surveys.interviews.coding import (
    NoTerm,
    NotInTheText,
    SeveralTerms,
    mark,
    remove,
    term_called,
)
from surveys.interviews.models import Meaning, Passage
from surveys.interviews.quoting import NotToBeQuoted, Quotable
from surveys.models import Response, Survey
from surveys.responses import answering, erasing
from surveys.responses.sitting import Sitting, sitting
from tests.story import NOON, at_once
from tests.surveys.example import ENTERPRISES, a_survey, answer
from tests.surveys.interviews.story import (
    IDEA,
    QUESTION,
    asking,
    marks,
    only,
    radhaus,
    wish,
    written,
)

both_engines = pytest.mark.both_engines


@pytest.fixture
def survey(session: Session, project: Project) -> Survey:
    return asking(session, project)


@pytest.fixture
def response(session: Session, survey: Survey, project: Project) -> Response:
    document = {QUESTION: IDEA, "quote": "yes"}
    found = answer(session, survey, document, radhaus(session, project))
    session.commit()
    return found


def mark_in(session: Session, survey: Survey, key: str = "k", **more: Any) -> Passage:
    found = mark(session, only(session, survey), wish(**more), "Birte", key, NOON)
    session.commit()
    return found


def at_work(session: Session, survey: Survey, response: Response) -> Sitting:
    found = sitting(session, response.id, survey.slug)
    assert found
    return found


def correct(session: Session, survey: Survey, response: Response, **answers: str) -> None:
    """The respondent corrects what was handed in."""
    document = {**response.answers, **answers}
    answering.save_page(
        session, at_work(session, survey, response), answers=document, page="",
        language="de", now=NOON + timedelta(days=1),
    )  # fmt: skip
    session.commit()
    session.expire_all()


def passages(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(Passage)) or 0


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("language_cafe", "language_cafe"),
        ("deutschkurs", "language_course"),
        ("German course", "language_course"),
        ("Sprachc", "language_cafe"),
        ("tandem", "language_cafe"),
    ],
)
def test_a_term_is_called_by_its_name_or_enough_of_it(typed: str, code: str) -> None:
    assert term_called(typed, "de") == code


def test_what_is_no_term_or_could_be_several_is_said() -> None:
    for typed in ("", "  ", "Raumschiff"):
        with pytest.raises(NoTerm):
            term_called(typed, "de")
    with pytest.raises(SeveralTerms) as several:
        term_called("sprach", "de")
    assert "Sprachcafé / Sprachtandem" in several.value.values["names"]  # type: ignore[operator]


@both_engines
def test_a_text_is_marked_as_a_whole_or_in_a_stretch(
    session: Session, survey: Survey, response: Response
) -> None:
    mark_in(session, survey, "a")
    mark_in(session, survey, "b", words="räume für\nkinder", meaning=Meaning.NEED)
    mark_in(session, survey, "c", words="eine Küche", meaning=Meaning.OFFER)
    found = only(session, survey)
    assert marks(found) == [
        (Meaning.CODE, IDEA), (Meaning.NEED, "Räume für Kinder"), (Meaning.OFFER, "eine Küche"),
    ]  # fmt: skip
    marked = [text for text, is_marked in found.pieces if is_marked]
    assert marked == ["Räume für Kinder", "eine Küche"]
    assert "".join(text for text, _ in found.pieces) == IDEA


def test_what_does_not_stand_in_the_text_is_not_marked(
    session: Session, survey: Survey, response: Response
) -> None:
    with pytest.raises(NotInTheText):
        mark_in(session, survey, words="Räume für Kinder und Erwachsene")
    assert passages(session) == 0


@both_engines
def test_marking_the_same_twice_is_once_and_brings_back_what_was_removed(
    session: Session, survey: Survey, response: Response
) -> None:
    first = mark_in(session, survey, "a").id
    assert mark_in(session, survey, "a").id == mark_in(session, survey, "b").id == first
    remove(session.get_one(Passage, first), NOON)
    session.commit()
    assert marks(only(session, survey)) == []
    assert mark_in(session, survey, "c").id == first
    assert len(marks(only(session, survey))) == 1
    with pytest.raises(FormUsedTwice):
        mark_in(session, survey, "a", words="Küche")


@both_engines
def test_of_many_at_once_one_marks(
    sessions: sessionmaker[Session], session: Session, survey: Survey, response: Response
) -> None:
    def press(which: int) -> None:
        with sessions() as mine:
            mark(mine, source, wish(), "Birte", f"key {which % 2}", NOON)
            mine.commit()

    source = only(session, survey)
    session.commit()
    at_once(4, press)
    assert passages(session) == 1


@both_engines
def test_a_corrected_text_takes_its_passages_along_or_drops_them(
    session: Session, survey: Survey, response: Response
) -> None:
    mark_in(session, survey, "a")
    mark_in(session, survey, "b", words="Räume für Kinder", meaning=Meaning.NEED)
    mark_in(session, survey, "c", words="Küche", meaning=Meaning.OFFER)
    correct(session, survey, response, idea="Ach ja: die Küche! Wir suchen  Räume.")
    assert marks(only(session, survey)) == [(Meaning.OFFER, "Küche")]
    assert passages(session) == 1  # nothing is left of the others
    correct(session, survey, response, idea="")
    assert passages(session) == 0


@both_engines
def test_passages_may_change_places(
    session: Session, survey: Survey, response: Response
) -> None:
    correct(session, survey, response, idea="oben unten oben")
    for key, near in (("a", 0), ("b", 11)):
        mark_in(session, survey, key, words="oben", near=near)
    correct(session, survey, response, idea="unten oben")
    assert marks(only(session, survey)) == [(Meaning.CODE, "oben")]
    assert passages(session) == 1  # two became the same
    correct(session, survey, response, idea="Bad Hof")
    for key, words in (("c", "Bad"), ("d", "Hof")):
        mark_in(session, survey, key, words=words)
    correct(session, survey, response, idea="Hof Bad")
    assert [text for _, text in marks(only(session, survey))] == ["Hof", "Bad"]


@both_engines
def test_withdrawing_and_erasing_take_passages_along(
    session: Session, survey: Survey, response: Response, tmp_path: Path
) -> None:
    mark_in(session, survey)
    erasing.withdraw(session, at_work(session, survey, response), NOON)
    session.commit()
    assert passages(session) == 0
    response.submitted = NOON
    session.commit()
    mark_in(session, survey)
    erasing.erase(session, tmp_path, at_work(session, survey, response), NOON)
    session.commit()
    assert passages(session) == 0


def test_the_end_of_keeping_takes_passages_along(
    session: Session, survey: Survey, response: Response, tmp_path: Path
) -> None:
    mark_in(session, survey)
    survey.keep_until = NOON.date()
    session.commit()
    assert erasing.purge(session, tmp_path, NOON + timedelta(days=1)) == 1
    assert passages(session) == 0


def test_the_database_holds_no_word_of_a_passage(
    app: Flask, session: Session, survey: Survey, response: Response
) -> None:
    mark_in(session, survey, words="Räume für Kinder")
    with app.app_context():
        row = db.session.execute(select(Passage.__table__)).one()
    assert "Räume" not in repr(row)


@both_engines
def test_quotes_need_a_yes_and_go_when_it_is_taken_back(
    session: Session, survey: Survey, response: Response
) -> None:
    mark_in(session, survey, "a", meaning=Meaning.QUOTE)
    mark_in(session, survey, "b")
    correct(session, survey, response, quote="no")
    assert marks(only(session, survey)) == [(Meaning.CODE, IDEA)]
    assert only(session, survey).quotable == Quotable.NOT_AGREED
    with pytest.raises(NotToBeQuoted):
        mark_in(session, survey, "c", meaning=Meaning.QUOTE)
    assert passages(session) == 1


def test_where_nobody_asks_for_quotes_there_are_none(
    session: Session, project: Project
) -> None:
    plain = a_survey(session, project)
    answer(session, plain, {QUESTION: IDEA, "quote": "yes"})
    (source,) = written(session, plain, ENTERPRISES)
    assert source.quotable == Quotable.NOT_ASKED
