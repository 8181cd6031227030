import json
from collections.abc import Mapping, Sequence
from datetime import timedelta
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from people.models import Organisation, Project
from surveys.counting import reading
from surveys.counting.coding import Coder
from surveys.counting.columns import Table
from surveys.counting.shelf import Answers, Shelf
from surveys.fieldwork.importing import add_version
from surveys.hiding import batch
from surveys.models import Response, Subject, Survey
from surveys.responses import answering, erasing
from surveys.responses.leading import choose_leading
from surveys.responses.sitting import Sitting, sitting
from tests.story import NOON, an_organisation, at_once
from tests.surveys.counted import answers_of, documents
from tests.surveys.example import ENTERPRISES, a_survey, answer, question

QUESTIONS = ("org_type", "headcount", "offers", "willing", "idea")
Document = dict[str, Any]


def naive(session: Session, survey: Survey) -> list[Response]:
    """All that was handed in, straight from the database."""
    query = select(Response).filter_by(survey_id=survey.id).order_by(Response.submitted)
    query = query.where(Response.submitted.is_not(None)).order_by(Response.id)
    return [*session.scalars(query.execution_options(populate_existing=True))]


def said(document: Mapping[str, Any]) -> Document:
    """What is kept of a document."""
    return {
        name: tuple(answer) if isinstance(answer, list) else answer
        for name, answer in document.items()
        if answer not in (None, "", [])
    }


def a_document(chance: Random) -> Document:
    return {
        "org_type": chance.choice(["provider", "migrant", "", None]),
        "headcount": chance.choice([1, 2, 30, 2.5, None]),
        "offers": [each for each in ("rooms", "jobs", "advice") if chance.random() < 0.5],
        "willing": str(chance.randint(1, 5)),
        "idea": chance.choice(["Chor", "Kita", f"Idee {chance.random()}"]),
    }


class Field:
    """A survey in the field, where anything may happen next."""

    def __init__(self, session: Session, survey: Survey, data: Path, chance: Random) -> None:
        self.session, self.survey, self.data, self.chance = session, survey, data, chance
        self.now = NOON
        self.organisations = [*session.scalars(select(Organisation))]

    def step(self) -> None:
        self.now += timedelta(minutes=1)
        acts = [self.submit] * 4 + [self.correct] * 3 + [self.erase, self.withdraw, self.lead]
        self.chance.choice(acts)()
        self.session.commit()
        self.session.expire_all()

    def one(self) -> Response | None:
        found = naive(self.session, self.survey)
        return self.chance.choice(found) if found else None

    def sitting(self, response: Response) -> Sitting:
        found = sitting(self.session.get_bind(), response.id, self.survey.slug)  # type: ignore[arg-type]
        assert found
        return found

    def submit(self) -> None:
        owner = self.chance.choice([None, *self.organisations])
        when = self.now - timedelta(hours=self.chance.choice([0, 0, 0, 5]))  # a wrong clock
        sent = self.chance.choice([when, when, when, None])
        leading = bool(self.chance.getrandbits(1))
        answer(
            self.session,
            self.survey,
            a_document(self.chance),
            owner,
            sent=sent,
            leading=leading,
        )

    def correct(self) -> None:
        if one := self.one():
            document = a_document(self.chance)
            answering.save_page(
                self.session, one, answers=document, page="", language="en", now=self.now
            )

    def erase(self) -> None:
        if one := self.one():
            erasing.erase(self.session, self.data, self.sitting(one), self.now)

    def withdraw(self) -> None:
        if one := self.one():
            erasing.withdraw(self.session, self.sitting(one), NOON)

    def lead(self) -> None:
        one = self.one()
        if one and one.organisation_id:
            choose_leading(self.session, self.survey, one)


@pytest.mark.both_engines
@pytest.mark.parametrize("subject", [*Subject])
def test_what_is_kept_is_what_the_database_says_whatever_happens(
    session: Session, project: Project, tmp_path: Path, subject: Subject
) -> None:
    session.add_all(an_organisation(project, f"O{n}", f"Haus {n}") for n in range(3))
    survey = a_survey(session, project, subject=subject)
    field, shelf = Field(session, survey, tmp_path, Random(4)), Shelf()  # noqa: S311 - chance
    for number in range(60):
        field.step()
        if number % 3:
            continue  # several things happen between two looks
        found = answers_of(session, survey, shelf)
        rows = naive(session, survey)
        assert documents(found.table) == [said(row.answers) for row in rows]
        assert found.table.rows.ids.tolist() == [row.id for row in rows]
        assert found.table.rows.leading.tolist() == [row.leading for row in rows]
        owners = [row.organisation_id or 0 for row in rows]
        assert found.table.rows.organisations.tolist() == owners
        assert documents(found.counted) == [said(each) for each in may_count(survey, rows)]
        for name, column in found.table.columns.items():
            assert len(column.codes) == len(rows)
            unsaid = {*range(1, len(column.said))} - {*column.codes.tolist()}
            assert not unsaid, name  # nothing stays of what was erased or corrected


def may_count(survey: Survey, rows: list[Response]) -> list[Document]:
    """Of persons, full batches, and of those who corrected something since, the old answers."""
    if survey.subject == Subject.ORGANISATIONS:
        return [row.answers for row in rows]
    full = rows[: batch(len(rows))]
    return [
        row.counted
        if row.counted is not None and row.corrected and row.corrected >= since
        else row.answers
        for row in full
        if (since := full[-1].submitted)
    ]


def test_only_what_changed_is_read_again(
    session: Session, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts: list[str] = []
    read = Coder.read

    def noted(coder: Coder, some: Sequence[str]) -> None:
        texts.extend(some)
        read(coder, some)

    monkeypatch.setattr(Coder, "read", noted)
    survey, shelf = a_survey(session, project), Shelf()
    rows = [answer(session, survey, {"headcount": n}) for n in range(20)]
    session.commit()
    before = answers_of(session, survey, shelf)
    assert len(texts) == 20
    assert answers_of(session, survey, shelf).table is before.table  # nothing was read
    answering.save_page(
        session, rows[3], answers={"headcount": 90}, page="", language="de", now=NOON
    )
    answer(session, survey, {"headcount": 91})
    session.delete(rows[4])
    session.commit()
    texts.clear()
    assert answers_of(session, survey, shelf).table.tally("headcount")[90] == 1
    assert [*map(json.loads, texts)] == [{"headcount": 90}, {"headcount": 91}]


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_what_is_committed_late_is_seen_although_it_is_older(
    session: Session, project: Project, sessions: sessionmaker[Session]
) -> None:
    survey, shelf = a_survey(session, project), Shelf()
    with sessions() as slow:
        late = answer(slow, survey, {"headcount": 1})  # begun first, and not committed yet
        session.info["responses"] = 1  # or both would have the same key
        answer(session, survey, {"headcount": 2}, sent=NOON + timedelta(minutes=1))
        session.commit()
        assert answers_of(session, survey, shelf).table.tally("headcount") == {2: 1}
        assert late.id < answers_of(session, survey, shelf).table.rows.ids.max()
        slow.commit()
    assert answers_of(session, survey, shelf).table.tally("headcount") == {1: 1, 2: 1}


def test_another_version_of_the_questions_is_read_anew(
    session: Session, project: Project
) -> None:
    survey, shelf = a_survey(session, project), Shelf()
    answer(session, survey, {"headcount": 1, "mood": "gut"})
    session.commit()
    assert "mood" not in answers_of(session, survey, shelf).table.columns
    more = question("mood", "text", "Stimmung", "Mood")
    wider = type(ENTERPRISES)(**{**vars(ENTERPRISES), "items": (*ENTERPRISES.items, more)})
    add_version(session, survey, wider, NOON)
    session.commit()
    assert answers_of(session, survey, shelf).table.tally("mood") == {"gut": 1}


def test_of_twelve_who_come_at_once_one_reads_and_counts(
    session: Session,
    project: Project,
    sessions: sessionmaker[Session],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    survey, shelf, times, made = a_survey(session, project), Shelf(), list[int](), list[int]()
    answer(session, survey, {"headcount": 1})
    session.commit()
    number, read = survey.id, reading.read

    def noted(*all_: Any) -> Table:
        times.append(1)
        return read(*all_)

    def charts(answers: Answers) -> int:
        made.append(1)
        return len(answers.table)

    monkeypatch.setattr(reading, "read", noted)

    def look(_: int) -> None:
        with sessions() as own:
            answers = answers_of(own, own.get_one(Survey, number), shelf)
            assert answers.made("charts", partial(charts, answers)) == 1

    at_once(12, look)
    assert (len(times), len(made)) == (1, 1)


def test_there_is_room_for_what_was_looked_at_last(
    session: Session, project: Project, elsewhere: Project
) -> None:
    shelf = Shelf(room=1)
    one, other = a_survey(session, project), a_survey(session, elsewhere)
    for survey in (one, other, one):
        answer(session, survey, {"headcount": 1})
        session.commit()
        assert len(answers_of(session, survey, shelf).table)
        assert len(shelf) == 1
