from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from core import erasing as erasures
from people.models import Organisation, Project, Sector
from surveys.interviews import coding, interviewing
from surveys.interviews.coding import mark
from surveys.interviews.interviewing import KeptNoLonger, Overtaken, Record, WithOrganisations
from surveys.interviews.listing import passages
from surveys.interviews.models import GENERAL, Interview, Meaning, Passage
from surveys.interviews.quoting import NotToBeQuoted
from surveys.models import Subject, Survey
from surveys.responses import erasing
from tests.story import NOON, an_organisation, at_once
from tests.surveys.example import a_survey, answer
from tests.surveys.interviews.story import IDEA, QUESTION, asking, marks, radhaus, wish

both_engines = pytest.mark.both_engines
RECORD = Record(NOON.date(), "Birte", held=True, may_quote=True, notes={GENERAL: "Alles gut."})


@pytest.fixture
def survey(session: Session, project: Project) -> Survey:
    return asking(session, project)


@pytest.fixture
def organisation(session: Session, project: Project) -> Organisation:
    found = radhaus(session, project)
    session.commit()
    return found


def keep(
    session: Session, survey: Survey, whom: Organisation, record: Record, read: int = 0
) -> int:
    lost = interviewing.keep(session, survey, whom, record, read, NOON)
    session.commit()
    session.expire_all()
    return lost


def noted(session: Session, survey: Survey, whom: Organisation) -> Interview:
    found = interviewing.interview_with(session, survey, whom)
    assert found
    return found


def test_those_who_answered_are_invited_or_met_are_guests(
    session: Session, survey: Survey, project: Project, organisation: Organisation
) -> None:
    silent = an_organisation(project, "O2", "Nadelwerk", Sector.ECONOMY)
    session.add_all([silent, an_organisation(project, "O3", "Fremde")])
    session.flush()
    answer(session, survey, {QUESTION: IDEA}, organisation)
    keep(session, survey, silent, replace(RECORD, held=False))
    found = interviewing.guests(session, survey)
    assert [(each.organisation.name, each.answered) for each in found] == [
        ("Nadelwerk", False), ("Radhaus Buch", True),
    ]  # fmt: skip
    assert [each.interview is None for each in found] == [False, True]


def test_nobody_interviews_organisations_about_a_survey_of_persons(
    session: Session, elsewhere: Project
) -> None:
    talks = a_survey(session, elsewhere, subject=Subject.PERSONS)
    with pytest.raises(WithOrganisations):
        interviewing.guests(session, talks)


@both_engines
def test_notes_are_kept_and_never_overwritten_unseen(
    session: Session, survey: Survey, organisation: Organisation
) -> None:
    keep(session, survey, organisation, replace(RECORD, notes={GENERAL: "", "idea": "Mehr."}))
    first = noted(session, survey, organisation)
    assert (first.revision, first.notes) == (1, {"idea": "Mehr."})
    keep(session, survey, organisation, RECORD, read=1)
    for stale in (0, 1, 3):
        with pytest.raises(Overtaken):
            keep(session, survey, organisation, replace(RECORD, notes={}), read=stale)
        session.rollback()
    assert noted(session, survey, organisation).notes == {GENERAL: "Alles gut."}


@both_engines
@pytest.mark.parametrize("read", [0, 1])
def test_of_many_who_save_at_once_one_does(
    sessions: sessionmaker[Session],
    session: Session,
    survey: Survey,
    organisation: Organisation,
    read: int,
) -> None:
    def save(which: int) -> None:
        with sessions() as mine:
            try:
                interviewing.keep(mine, survey, organisation, texts[which], read, NOON)
            except Overtaken:
                overtaken.append(which)
                return
            mine.commit()

    texts = [replace(RECORD, notes={GENERAL: f"Notiz {n}"}) for n in range(4)]
    overtaken: list[int] = []
    if read:
        keep(session, survey, organisation, RECORD)
    for each in (survey, organisation):
        session.refresh(each)
    session.expunge_all()
    session.rollback()
    at_once(4, save)
    assert len(overtaken) == 3
    (winner,) = {0, 1, 2, 3} - {*overtaken}
    assert noted(session, survey, organisation).notes == {GENERAL: f"Notiz {winner}"}


@both_engines
def test_passages_move_with_the_notes_or_go_with_their_words(
    session: Session, survey: Survey, organisation: Organisation
) -> None:
    text = "Sie suchen eine Halle. „Wir helfen gern.“"
    keep(session, survey, organisation, replace(RECORD, notes={GENERAL: text}))
    for key, words, meaning in (
        ("a", "eine Halle", Meaning.NEED), ("b", "Wir helfen gern.", Meaning.QUOTE),
    ):  # fmt: skip
        source = sources(session, survey, organisation)
        wanted = wish("rooms", words=words, meaning=meaning)
        mark(session, source, wanted, "Birte", key, NOON)
    session.commit()
    more = replace(RECORD, notes={GENERAL: f"Dringend! {text}"})
    assert keep(session, survey, organisation, more, read=1) == 0
    assert marks(sources(session, survey, organisation)) == [
        (Meaning.NEED, "eine Halle"), (Meaning.QUOTE, "Wir helfen gern."),
    ]  # fmt: skip
    assert [each.words for each in passages(session, survey.project_id)] == [
        "Wir helfen gern.", "eine Halle",
    ]  # fmt: skip
    assert keep(session, survey, organisation, replace(more, may_quote=False), read=2) == 1
    with pytest.raises(NotToBeQuoted):
        wanted = wish(words="helfen", meaning=Meaning.QUOTE)
        mark(session, sources(session, survey, organisation), wanted, "Birte", "c", NOON)
    assert keep(session, survey, organisation, replace(RECORD, notes={}), read=3) == 1
    assert session.scalar(select(func.count()).select_from(Passage)) == 0


def sources(session: Session, survey: Survey, whom: Organisation) -> coding.Source:
    (found,) = interviewing.notes_of(session, noted(session, survey, whom)).values()
    return found


@both_engines
def test_notes_are_kept_no_longer_than_answers(
    session: Session, survey: Survey, organisation: Organisation, tmp_path: Path
) -> None:
    keep(session, survey, organisation, RECORD)
    survey.keep_until = NOON.date() - timedelta(days=1)
    session.commit()
    with pytest.raises(KeptNoLonger):
        keep(session, survey, organisation, RECORD, read=1)
    session.rollback()
    erasing.purge(session, tmp_path, NOON)
    session.commit()
    assert interviewing.interview_with(session, survey, organisation) is None


@both_engines
def test_a_deleted_interview_stays_deleted_when_a_backup_is_put_back(
    session: Session, survey: Survey, organisation: Organisation, tmp_path: Path
) -> None:
    keep(session, survey, organisation, RECORD)
    gone = noted(session, survey, organisation)
    key = gone.key
    interviewing.erase(session, tmp_path, gone)
    session.commit()
    session.expire_all()
    assert interviewing.interview_with(session, survey, organisation) is None
    keep(session, survey, organisation, RECORD)
    restored = noted(session, survey, organisation)
    assert restored.key != key
    erasures.replay(session, tmp_path)
    session.commit()
    assert noted(session, survey, organisation)  # a later one is another
    restored.key = key
    session.commit()
    erasures.replay(session, tmp_path)
    session.commit()
    session.expire_all()
    assert interviewing.interview_with(session, survey, organisation) is None
