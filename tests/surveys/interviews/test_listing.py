from dataclasses import replace

import pytest
from sqlalchemy.orm import Session

from people.models import Project
from surveys.hiding import AboutPersons
from surveys.interviews.coding import Source, mark
from surveys.interviews.listing import (
    Anonymous,
    Filter,
    check,
    count_terms,
    passages,
    used_terms,
)
from surveys.interviews.models import Meaning, Passage
from surveys.interviews.quoting import Quotable
from surveys.models import Kind, Response, Subject, Survey
from tests.story import NOON
from tests.surveys.example import a_survey, answer
from tests.surveys.interviews.story import QUESTION, asking, radhaus, wish, written


@pytest.fixture
def survey(session: Session, project: Project) -> Survey:
    survey = asking(session, project)
    whom = radhaus(session, project)
    for text, quote in (("Räume für Kinder", "yes"), ("Ein Sprachcafé", "no"), ("", "no")):
        answer(session, survey, {QUESTION: text, "quote": quote}, whom)
    session.commit()
    return survey


def mark_in(session: Session, source: Source, key: str, term: str, meaning: Meaning) -> Passage:
    found = mark(session, source, wish(term, meaning=meaning), "Birte", key, NOON)
    session.commit()
    return found


def found(session: Session, survey: Survey, **wanted: str) -> list[str]:
    sources = written(session, survey)
    return [each.text for each in sources if Filter(**wanted).fits(each)]


def test_single_answers_of_persons_and_of_the_anonymous_are_shown_to_nobody() -> None:
    with pytest.raises(AboutPersons):
        check(Survey(subject=Subject.PERSONS, kind=Kind.IDENTIFIED))
    with pytest.raises(Anonymous):
        check(Survey(subject=Subject.ORGANISATIONS, kind=Kind.ANONYMOUS))
    check(Survey(subject=Subject.ORGANISATIONS, kind=Kind.OPEN))


def test_texts_are_found_by_words_by_marks_and_by_terms(
    session: Session, survey: Survey
) -> None:
    rooms, _ = written(session, survey)
    mark_in(session, rooms, "a", "rooms", Meaning.NEED)
    for wanted, expected in (
        ({}, ["Räume für Kinder", "Ein Sprachcafé"]),
        ({"words": "kind RAEUME"}, ["Räume für Kinder"]),
        ({"words": "kind café"}, []),
        ({"word": "Raum"}, ["Räume für Kinder"]),  # a form of it, as in the list of words
        ({"word": "Kin"}, []),
        ({"show": "coded"}, ["Räume für Kinder"]),
        ({"show": "uncoded"}, ["Ein Sprachcafé"]),
        ({"show": "rooms"}, ["Räume für Kinder"]),
        ({"show": "jobs"}, []),
    ):  # fmt: skip
        assert found(session, survey, **wanted) == expected, wanted


def test_a_text_counts_once_for_each_of_its_terms(session: Session, survey: Survey) -> None:
    rooms, cafe = written(session, survey)
    mark_in(session, rooms, "a", "rooms", Meaning.NEED)
    mark_in(session, rooms, "b", "rooms", Meaning.CODE)
    mark_in(session, cafe, "c", "rooms", Meaning.CODE)
    mark_in(session, cafe, "d", "language_cafe", Meaning.OFFER)
    assert count_terms(written(session, survey)) == [("rooms", 2), ("language_cafe", 1)]


def test_all_passages_of_a_project_and_of_no_other_are_listed(
    session: Session, survey: Survey, elsewhere: Project
) -> None:
    rooms, cafe = written(session, survey)
    mark_in(session, rooms, "a", "rooms", Meaning.NEED)
    mark_in(session, cafe, "b", "language_cafe", Meaning.OFFER)
    there = a_survey(session, elsewhere)
    answer(session, there, {QUESTION: "Räume anderswo"})
    (foreign,) = written(session, there)
    mark_in(session, foreign, "a", "rooms", Meaning.NEED)

    def listed(**wanted: str) -> list[str]:
        return [each.words for each in passages(session, survey.project_id, **wanted)]

    assert listed() == ["Ein Sprachcafé", "Räume für Kinder"]
    assert listed(meaning="need") == listed(term="rooms") == ["Räume für Kinder"]
    assert listed(words="radhaus sprach") == ["Ein Sprachcafé"]
    assert listed(meaning="offer", term="rooms") == []
    assert used_terms(session, survey.project_id) == {"rooms", "language_cafe"}


def test_what_no_longer_stands_in_its_text_is_not_shown(
    session: Session, survey: Survey
) -> None:
    """Even if somebody changed the answer behind our back."""
    rooms, _ = written(session, survey)
    assert rooms.quotable == Quotable.YES
    for key, meaning in (("a", Meaning.CODE), ("b", Meaning.QUOTE)):
        mark_in(session, rooms, key, "rooms", meaning)
    response = session.get_one(Response, rooms.origin["response_id"])
    response.answers = {**response.answers, "quote": "no"}
    session.commit()
    (left,) = passages(session, survey.project_id)
    assert left.passage.meaning == Meaning.CODE
    response.answers = {**response.answers, QUESTION: "Anderes"}
    session.commit()
    assert passages(session, survey.project_id) == []


def test_marks_that_overlap_show_once(session: Session, survey: Survey) -> None:
    rooms, _ = written(session, survey)
    for key, words in (("a", "Räume für"), ("b", "für Kinder"), ("c", "")):
        mark(session, rooms, replace(wish(), words=words), "Birte", key, NOON)
    again, _ = written(session, survey)
    assert "".join(text for text, _ in again.pieces) == "Räume für Kinder"
    assert len(again.passages) == 3
