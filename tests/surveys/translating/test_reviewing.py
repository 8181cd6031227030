"""Texts corrected and checked by people, over versions and waves."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy.orm import Session, sessionmaker

from core.errors import ChangedMeanwhile
from people.models import Project
from surveys.definition import Choice, Definition, Item
from surveys.exchange.writing import write_xlsform
from surveys.exchange.xlsform import read_xlsform
from surveys.fieldwork import starting
from surveys.fieldwork.importing import import_form
from surveys.models import Survey
from surveys.translating import reviewing
from surveys.translating.reviewing import (
    NothingToCheck,
    NotSound,
    ReferencesDiffer,
    coverages,
    for_export,
    put,
    release,
    released,
    texts_of,
    worded,
)
from surveys.translating.states import Reviewed, Standing
from surveys.translating.texts import wordings
from tests.story import NOON, at_once

TODAY = date(2026, 11, 2)
Look = Callable[[str], Reviewed]
FORM = Definition(
    title={"de": "Umfrage", "uk": "Опитування"},
    form_id="f",
    default_language="de",
    languages=("de", "uk", "ar"),
    items=(
        Item("question", "name", "text", label={"de": "Wie heißt ${org}?", "uk": "Як ${org}?"}),
        Item(
            "question", "place", "select_one", list="places", label={"de": "Wo?", "uk": "Де?"},
            hint={"de": "Ungefähr"},
        ),
        Item("question", "org", "select_one", list="all", osi={"register": "self"},
             label={"de": "Wer?", "uk": "Хто?", "ar": "من؟"}),
    ),
    lists={
        "places": (
            Choice("buch", {"de": "Buch", "uk": "Buch"}),
            Choice("other", {"de": "woanders", "uk": "в іншому місці"}),
        ),
        "all": (Choice("O1", {"de": "Radhaus"}), Choice("other", {"de": "Andere"})),
    },
    settings={"osi::draft": "uk"},
)  # fmt: skip


@pytest.fixture
def survey(session: Session, project: Project) -> Survey:
    survey = import_form(session, project, FORM, NOON)
    session.commit()
    return survey


@pytest.fixture
def look(session: Session, survey: Survey) -> Look:
    """Read a Ukrainian text as it stands now, by its key."""

    def look(key: str, language: str = "uk") -> Reviewed:
        definition = starting.latest(session, survey)
        return next(e for e in texts_of(session, survey, definition, language) if e.key == key)

    return look


def reword(
    session: Session, survey: Survey, key: str, text: str, by: str | None = "Olena",
    seen: str | None = None, language: str = "uk",
) -> None:  # fmt: skip
    """Change a text, beside what was seen of it or beside what stands there now."""
    definition = starting.latest(session, survey)
    if seen is None:
        texts = texts_of(session, survey, definition, language)
        seen = next((each.seen for each in texts if each.key == key), "")
    put(session, survey, definition, language, key, text, seen=seen, by=by, today=TODAY)
    session.commit()
    session.refresh(survey)


def standing(session: Session, survey: Survey, language: str = "uk") -> dict[str, Standing]:
    texts = texts_of(session, survey, starting.latest(session, survey), language)
    return {each.key: each.standing for each in texts}


def test_every_text_has_a_key_and_names_need_no_translation() -> None:
    keys = {each.key: each for each in wordings(FORM)}
    assert {*keys} == {
        "title", "name/label", "place/label", "place/hint", "places//buch", "places//other",
        "org/label", "all//other",
    }  # fmt: skip
    assert [key for key, each in keys.items() if each.is_name] == ["places//buch"]


def test_texts_that_nobody_has_checked_are_drafts(session: Session, survey: Survey) -> None:
    found = standing(session, survey)
    assert found["place/label"] == Standing.DRAFT
    assert found["place/hint"] == Standing.MISSING
    assert standing(session, survey, "ar")["org/label"] == Standing.CHECKED
    assert standing(session, survey, "tr")["org/label"] == Standing.MISSING


def test_who_checks_a_text_stands_beside_it(
    session: Session, survey: Survey, look: Look
) -> None:
    reword(session, survey, "place/label", "Де Ви живете?")
    assert look("place/label").checked == ("Olena", TODAY)
    assert look("place/label").standing == Standing.CHECKED
    latest = worded(session, survey.id, starting.latest(session, survey))
    assert latest.item("place").label["uk"] == "Де Ви живете?"
    assert starting.latest(session, survey).item("place").label["uk"] == "Де?"


def test_a_text_can_be_kept_without_a_check(
    session: Session, survey: Survey, look: Look
) -> None:
    reword(session, survey, "place/label", "Де саме?", by=None)
    assert (look("place/label").standing, look("place/label").checked) == (Standing.DRAFT, None)
    assert look("place/label").text == "Де саме?"


def test_every_change_lets_processes_compile_anew(session: Session, survey: Survey) -> None:
    before = survey.wording
    reword(session, survey, "place/label", "Де саме?")
    assert survey.wording == before + 1


def test_a_text_in_a_language_that_the_form_lacks_is_read(
    session: Session, survey: Survey
) -> None:
    reword(session, survey, "place/label", "Nerede?", language="tr")
    latest = worded(session, survey.id, starting.latest(session, survey))
    assert latest.item("place").label["tr"] == "Nerede?"
    assert latest.languages == ("de", "uk", "ar", "tr")


@pytest.mark.parametrize(
    ("text", "refusal"),
    [("", NothingToCheck), ("Як?", ReferencesDiffer), ("${org} ${other}", ReferencesDiffer)],
)
def test_what_cannot_be_right_is_refused(
    session: Session, survey: Survey, text: str, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        reword(session, survey, "name/label", text)


def test_there_are_no_other_texts(session: Session, survey: Survey) -> None:
    with pytest.raises(KeyError):
        reword(session, survey, "name/expression", "x")


def test_nobody_overwrites_what_they_have_not_seen(
    session: Session, survey: Survey, look: Look
) -> None:
    before = look("place/label").seen
    reword(session, survey, "place/label", "Де саме?", by=None)
    with pytest.raises(ChangedMeanwhile):
        reword(session, survey, "place/label", "Де Ви?", seen=before)
    unchecked = look("place/label").seen
    reword(session, survey, "place/label", "Де саме?")
    with pytest.raises(ChangedMeanwhile):  # the same words, but somebody has checked them
        reword(session, survey, "place/label", "Де саме?", by=None, seen=unchecked)
    reword(session, survey, "place/label", "Де Ви?", seen=look("place/label").seen)
    assert look("place/label").text == "Де Ви?"


@pytest.mark.parametrize("checked", [True, False])
def test_no_check_counts_beside_a_source_that_nobody_has_seen(
    session: Session, survey: Survey, project: Project, look: Look, checked: bool
) -> None:
    if checked:
        reword(session, survey, "place/label", "Де саме?")
    seen = look("place/label").seen
    form = changed(place={"de": "Wo arbeiten Sie?", "uk": "Де?"})
    import_form(session, project, form, NOON, survey=survey)
    session.commit()
    with pytest.raises(ChangedMeanwhile):
        reword(session, survey, "place/label", "Де Ви живете?", seen=seen)
    assert look("place/label").standing != Standing.CHECKED


@pytest.mark.both_engines
def test_of_many_who_change_a_text_at_once_one_wins(
    session: Session, survey: Survey, sessions: sessionmaker[Session]
) -> None:
    definition, done = starting.latest(session, survey), []
    seen = next(
        each.seen
        for each in texts_of(session, survey, definition, "uk")
        if each.key == "place/label"
    )
    session.commit()

    def change(which: int) -> None:
        with sessions() as mine:
            try:
                put(mine, survey_of(mine), definition, "uk", "place/label", f"Де {which}?",
                    seen=seen, by=f"{which}", today=TODAY)  # fmt: skip
                mine.commit()
                done.append(which)
            except ChangedMeanwhile:
                mine.rollback()

    number = survey.id

    def survey_of(mine: Session) -> Survey:
        return mine.get_one(Survey, number)

    at_once(4, change)
    session.expire_all()
    assert len(done) == 1
    texts = texts_of(session, survey_of(session), definition, "uk")
    assert next(e.text for e in texts if e.key == "place/label") == f"Де {done[0]}?"


def changed(**labels: dict[str, str]) -> Definition:
    """The form with other labels."""
    items = tuple(replace(i, label=labels.get(i.name, i.label)) for i in FORM.items)
    return replace(FORM, items=items)


def test_a_new_version_keeps_the_checks_of_texts_that_stay(
    session: Session, survey: Survey, project: Project, look: Look
) -> None:
    reword(session, survey, "place/label", "Де Ви живете?")
    reword(session, survey, "org/label", "Хто Ви?")
    form = changed(place={"de": "Wo wohnen Sie?", "uk": "Де?"})
    import_form(session, project, form, NOON, survey=survey)
    session.commit()
    assert look("org/label").standing == Standing.CHECKED
    assert look("place/label").standing == Standing.OUTDATED
    assert look("place/label").text == "Де?"  # what the form says by now
    reword(session, survey, "place/label", "Де Ви живете?", seen=look("place/label").seen)
    assert look("place/label").standing == Standing.CHECKED


def test_an_old_text_is_better_than_none(
    session: Session, survey: Survey, project: Project, look: Look
) -> None:
    reword(session, survey, "place/hint", "Приблизно")
    items = tuple(
        replace(i, hint={"de": "So etwa"}) if i.hint else i for i in FORM.items
    )  # fmt: skip
    import_form(session, project, replace(FORM, items=items), NOON, survey=survey)
    session.commit()
    assert look("place/hint").standing == Standing.OUTDATED
    latest = worded(session, survey.id, starting.latest(session, survey))
    assert latest.item("place").hint["uk"] == "Приблизно"


def test_what_came_checked_is_outdated_when_only_its_source_changes(
    session: Session, survey: Survey, project: Project
) -> None:
    form = changed(org={"de": "Für wen?", "uk": "Хто?", "ar": "من؟"})
    import_form(session, project, form, NOON, survey=survey)
    session.commit()
    assert standing(session, survey, "ar")["org/label"] == Standing.OUTDATED
    assert standing(session, survey, "uk")["org/label"] == Standing.DRAFT


def test_a_form_that_comes_back_with_its_corrections_stays_checked(
    session: Session, survey: Survey, project: Project, look: Look
) -> None:
    reword(session, survey, "place/label", "Де Ви живете?")
    out = for_export(session, survey, starting.latest(session, survey))
    assert out.item("place").label["uk"] == "Де Ви живете?"
    assert out.settings["osi::draft"] == "uk"
    read = read_xlsform(write_xlsform(out)).definition
    assert read == out
    import_form(session, project, read, NOON, survey=survey)
    session.commit()
    assert look("place/label").checked == ("Olena", TODAY)
    assert look("org/label").standing == Standing.DRAFT


def test_a_language_all_of_whose_texts_are_checked_leaves_as_no_draft(
    session: Session, survey: Survey
) -> None:
    definition = starting.latest(session, survey)
    for each in texts_of(session, survey, definition, "uk"):
        reword(session, survey, each.key, each.text or each.source)
    assert "osi::draft" not in for_export(session, survey, definition).settings
    assert next(
        c for c in coverages(session, survey, definition) if c.language == "uk"
    ).is_sound


def test_a_language_is_released_knowingly_or_when_all_is_checked(
    session: Session, survey: Survey
) -> None:
    definition = starting.latest(session, survey)
    with pytest.raises(NotSound):
        release(session, survey, definition, "uk", by="Birte", today=TODAY)
    for each in texts_of(session, survey, definition, "uk"):
        reword(session, survey, each.key, each.text or each.source)
    release(session, survey, definition, "uk", by="Birte", today=TODAY)
    release(session, survey, definition, "ar", by="Ada", today=TODAY, knowingly=True)
    assert {code: each.by for code, each in released(session, survey.id).items()} == {
        "uk": "Birte", "ar": "Ada",
    }  # fmt: skip
    reviewing.withdraw(session, survey, "uk")
    assert [*released(session, survey.id)] == ["ar"]


def test_the_next_wave_begins_with_all_of_it(
    session: Session, survey: Survey, project: Project, look: Look
) -> None:
    reword(session, survey, "place/label", "Де Ви живете?")
    definition = starting.latest(session, survey)
    release(session, survey, definition, "uk", by="Birte", today=TODAY, knowingly=True)
    wave = starting.new_wave(session, survey, project, "next", "Noch einmal", NOON)
    assert [*released(session, wave.id)] == ["uk"]
    assert standing(session, wave)["place/label"] == Standing.CHECKED
