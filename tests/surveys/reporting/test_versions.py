"""Two versions of one survey, beside whoever answered a third."""

from collections.abc import Sequence
from itertools import chain

from hypothesis import given, settings
from hypothesis import strategies as some
from sqlalchemy.orm import Session

from people.models import Project
from surveys.counting.columns import VERSION
from surveys.counting.questions import Questions, Version
from surveys.fieldwork.importing import add_version
from surveys.fieldwork.starting import versions_of
from surveys.hiding import K
from surveys.models import AnonymousResponse, Kind, Subject, Survey
from surveys.reporting.charts import Text
from surveys.reporting.comparing import compare
from surveys.reporting.results import Reading
from surveys.reporting.versions import answered, beside, may_be_compared, of_version
from tests.story import NOON
from tests.surveys.counted import a_table, answers_of
from tests.surveys.example import ENTERPRISES, a_survey, answer, choice, question
from tests.surveys.reporting.test_comparing import TWO, asking, of_persons, reading

COUNTS = some.lists(some.integers(0, 12), min_size=9, max_size=9)


@settings(deadline=None, max_examples=60)
@given(COUNTS)
def test_of_persons_two_versions_tell_of_no_few_in_the_third(counts: Sequence[int]) -> None:
    first, second, third = counts[:3], counts[3:6], counts[6:]
    found = compare(of_persons(first), of_persons(second), of_persons(third).rows).pairs[0]
    alone = compare(of_persons(first), of_persons(second)).pairs[0]
    left = (*third, third[0] + third[1])
    nobody_or_enough = all(count == 0 or count >= K for count in left)
    assert bool(found.answers) == (bool(alone.answers) and nobody_or_enough)


def test_of_persons_several_answers_in_the_third_betray_nobody_by_what_they_leave() -> None:
    offers = choice("x", "x", "x"), choice("y", "y", "y")
    form = asking(question("a", "select_multiple", "A", "A", list="two"), two=offers)
    said = [*[{"a": ["x"]}] * 10, *[{"a": ["y"]}] * 10]
    one, other = (reading(said, form, Subject.PERSONS) for _ in range(2))
    third = [{"a": ["x", "y"]}] * 6
    assert compare(one, other, a_table(third)).pairs[0].answers
    assert not compare(one, other, a_table([*third, {"a": ["x"]}])).pairs[0].answers


def test_hints_and_answers_that_are_worded_anew_are_named_with_both_wordings() -> None:
    def form(hint: str, label: str) -> Reading:
        kinds = (choice("provider", "Träger", label), choice("other", "Andere", "Other"))
        asked = question(
            "org_type", "select_one", "Was?", "What?", list="kind", hint={"en": hint}
        )
        return reading([{"org_type": "provider"}], asking(asked, kind=kinds))

    found = compare(form("One only", "Charity"), form("The main one", "Provider")).pairs[0]
    texts = [(old.text, new.text) for old, new in found.reworded]
    assert texts == [("One only", "The main one"), ("Charity", "Provider")]
    assert found.before is None


def test_questions_that_only_one_asks_stand_apart_also_when_people_write_freely() -> None:
    before = asking(question("why", "text", "Warum?", "Why?"))
    after = asking(question("how", "text", "Wie?", "How?"))
    found = compare(reading([], before), reading([], after))
    assert (found.dropped, found.added) == ((Text("Why?", "en"),), (Text("How?", "en"),))
    mood = asking(question("why", "select_one", "Warum?", "Why?", list="hinder"))
    found = compare(reading([], before), reading([], mood))
    assert (found.added, found.changed) == ((), (Text("Why?", "en"),))


def wider(session: Session, survey: Survey) -> None:
    more = question("mood", "text", "Stimmung", "Mood")
    form = type(ENTERPRISES)(**{**vars(ENTERPRISES), "items": (*ENTERPRISES.items, more)})
    add_version(session, survey, form, NOON)
    session.commit()


def test_each_version_has_its_own_answers_and_its_own_questions(
    session: Session, project: Project
) -> None:
    survey = a_survey(session, project)
    for each in ("provider", "provider"):
        answer(session, survey, {"org_type": each})
    wider(session, survey)
    answer(session, survey, {"org_type": "migrant"})
    session.commit()
    known = answers_of(session, survey)
    whole = Reading(known.questions.definition, known.table, survey.subject, "en")
    one, other = answered(known.questions, whole)
    first, second = (of_version(known.questions, whole, each) for each in (one, other))
    assert first.rows.tally("org_type") == {"provider": 2}
    assert second.rows.tally("org_type") == {"migrant": 1}
    names = [[item.name for item in each.definition.walk()] for each in (first, second)]
    assert [("mood" in each) for each in names] == [False, True]
    assert not len(beside(whole, [one, other]))


def test_a_version_that_nobody_answered_or_too_few_persons_is_none_to_compare() -> None:
    versions = tuple(Version(number, number, "", NOON) for number in (1, 2, 3))
    asked = Questions(versions, (TWO,) * 3, ())
    table = a_table([{}] * 9, versions=[1] * 5 + [2] * 4)
    for subject, numbers in ((Subject.PERSONS, [1]), (Subject.ORGANISATIONS, [1, 2])):
        found = answered(asked, Reading(TWO, table, subject, "en"))
        assert [each.number for each in found] == numbers


def test_anonymous_answers_are_counted_with_their_version(
    session: Session, project: Project
) -> None:
    survey = a_survey(session, project)
    wider(session, survey)
    survey.kind = Kind.ANONYMOUS
    session.flush()
    one, two = (each.id for each in versions_of(session, survey))
    for at, version in enumerate(chain([one] * 5, [two] * 5)):
        row = AnonymousResponse(
            id=f"{at:032}", survey_id=survey.id, version_id=version, language="de",
            answers={"org_type": "provider"}, saved=NOON, submitted=NOON, counted=True,
        )  # fmt: skip
        session.add(row)
    session.commit()
    assert answers_of(session, survey).counted.tally(VERSION) == {one: 5, two: 5}


def test_versions_of_persons_stand_side_by_side_only_through_the_lens() -> None:
    for lens, free in ((None, False), ("org_type", False), ("@version", True)):
        assert may_be_compared(Survey(subject=Subject.PERSONS, lens=lens)) is free
    assert may_be_compared(Survey(subject=Subject.ORGANISATIONS, lens=None))
