from dataclasses import replace

import pytest
from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from people.models import Organisation, Project
from surveys.definition import Choice, Definition, Item
from surveys.exporting import gathering
from surveys.exporting.gathering import Anonymous, answers_of, check, with_older
from surveys.hiding import AboutPersons
from surveys.models import Kind, Response, Subject, Survey, SurveyVersion
from tests.story import NOON
from tests.surveys.example import ENTERPRISES, a_survey, answer
from tests.surveys.exporting.example import ANSWERS, taken


def form(*items: Item, **lists: tuple[Choice, ...]) -> Definition:
    return Definition({}, "f", "de", ("de",), items, lists)


def ask(name: str, kind: str = "text", **more: str) -> Item:
    return Item("question", name, kind, **more)  # type: ignore[arg-type]


def repeat(name: str, *items: Item) -> Item:
    return Item("repeat", name, items=items)


def names(items: tuple[Item, ...]) -> list[object]:
    return [[each.name, names(each.items)] if each.items else each.name for each in items]


def test_what_only_older_versions_asked_stays_where_it_was() -> None:
    newer = form(ask("a"), repeat("r", ask("x")), Item("group", "g", items=(ask("b"),)))
    older = form(
        ask("b"),
        Item("group", "h", items=(ask("gone"), Item("note", "read"))),
        repeat("r", ask("x"), ask("y"), repeat("inner", ask("z"))),
        repeat("old", ask("v")),
    )
    found = with_older(newer, older)
    assert names(found.items) == [
        "a", ["r", ["x", "y", ["inner", ["z"]]]], ["g", ["b"]], "gone", ["old", ["v"]],
    ]  # fmt: skip


def test_choices_that_were_taken_out_keep_their_labels() -> None:
    yes, maybe = Choice("yes", {"de": "Ja"}), Choice("maybe", {"de": "Vielleicht"})
    older = form(ask("a", "select_one", list="l"), l=(Choice("yes", {"de": "Jo"}), maybe))
    newer = form(ask("a", "select_one", list="l"), l=(yes,))
    assert with_older(newer, older).lists["l"] == (yes, maybe)


@pytest.mark.parametrize(
    ("newer", "older", "both"),
    [
        ("integer", "decimal", "decimal"),
        ("select_one", "select_multiple", "select_multiple"),
        ("integer", "text", "text"),
        ("date", "date", "date"),
    ],
)
def test_a_question_of_two_types_gets_one_that_holds_both(
    newer: str, older: str, both: str
) -> None:
    found = with_older(form(ask("a", newer)), form(ask("a", older)))
    assert found.item("a").type == both


def test_rows_of_persons_and_of_anonymous_surveys_are_not_taken_along(
    session: Session, project: Project
) -> None:
    persons = a_survey(session, project, subject=Subject.PERSONS)
    with pytest.raises(AboutPersons):
        taken(session, persons)
    with pytest.raises(Anonymous):
        check(Survey(subject=Subject.ORGANISATIONS, kind=Kind.ANONYMOUS))
    check(Survey(subject=Subject.ORGANISATIONS, kind=Kind.OPEN))


@pytest.mark.both_engines
def test_answers_come_in_pieces_and_deletions_are_honoured_at_once(
    session: Session, survey: Survey, radhaus: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gathering, "CHUNK", 2)
    first = answer(session, survey, ANSWERS, radhaus)
    for number in range(4):
        answer(session, survey, {"headcount": number}, leading=False)
    answer(session, survey, {}, sent=None)
    answers = answers_of(session, survey, leading_only=False)
    assert [given.answers.get("headcount") for given in answers] == [12, 0, 1, 2, 3]
    session.execute(delete(Response).where(Response.id == first.id))
    withdrawn = update(Response).where(Response.id == answers.ids[-1]).values(submitted=None)
    session.execute(withdrawn)
    late = answer(session, survey, {"headcount": 9}).id
    assert [given.answers["headcount"] for given in answers] == [0, 1, 2]
    assert late not in answers.ids
    assert answers_of(session, survey, leading_only=True).ids == []


def test_what_only_an_older_version_asked_is_taken_along_too(
    session: Session, survey: Survey, radhaus: Organisation
) -> None:
    answer(session, survey, ANSWERS, radhaus)
    newer = replace(ENTERPRISES, items=(ask("more"),))
    values = {"number": 2, "digest": "", "definition": newer.to_json(), "created": NOON}
    session.add(SurveyVersion(survey_id=survey.id, **values))
    session.flush()
    tables = {each.name: each for each in taken(session, survey).tables()}
    head = [column.name for column in tables["responses"].columns]
    (row,) = tables["responses"].rows()
    assert dict(zip(head, row, strict=True))["headcount"] == 12
    assert "more" in head
    assert len(list(tables["tie"].rows())) == 2
