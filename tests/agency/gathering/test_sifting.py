from contextlib import nullcontext

import pytest
from flask import Flask
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from agency.gathering import rechecking, sifting, sourcing
from agency.gathering.models import ListingSource
from agency.gathering.sifting import GoneMeanwhile, NothingChosen, Wish
from agency.gathering.sourcing import Standing
from core.errors import FormUsedTwice
from people.listings import keeping
from people.listings.models import Listing, Origin
from people.models import Organisation, Project
from surveys.models import Response, Survey
from surveys.responses import erasing, following
from surveys.responses.sitting import sitting
from tests.agency.gathering.story import (
    ENTERPRISES,
    a_talk,
    a_wave,
    an_owner,
    asking,
    found,
    talks,
)
from tests.story import NOON
from tests.surveys.answers import a_survey
from tests.surveys.example import answer

LATER = NOON.replace(hour=16)


@pytest.fixture
def owner(session: Session, project: Project) -> Organisation:
    return an_owner(session, project)


@pytest.fixture
def wave(session: Session, project: Project) -> Survey:
    return a_wave(session, project)


@pytest.fixture
def said(session: Session, wave: Survey, owner: Organisation) -> Response:
    """Radhaus needs rooms and offers childcare."""
    answers = {"org_needs": ["rooms"], "offers": ["childcare"], "free_places": 6}
    return answer(session, wave, answers, owner)


def open_(session: Session, project: Project) -> dict[str, Wish]:
    finds = [*found(session, project).values()]
    wishes = [
        Wish(each, each.said.quantity or 1, each.term)
        for each in sifting.undecided(session, project, finds)
    ]
    return {wish.find.term: wish for wish in wishes}


def confirm(session: Session, project: Project, *terms: str) -> Listing:
    """Confirm what was said of some terms, and return the newest entry."""
    wishes = [open_(session, project)[term] for term in terms]
    sifting.confirm(session, project, wishes, f"form {terms}", "Birte", NOON)
    session.commit()
    return keeping.listed(session, project)[-1]


def standing(session: Session, project: Project) -> list[Standing]:
    listings = keeping.listed(session, project)
    all_ = [*found(session, project).values()]
    roots = sourcing.roots_of(session, project, listings, all_)
    return [each.standing for it in listings for each in roots[it.id]]


def test_what_is_confirmed_says_what_was_said(
    session: Session, project: Project, said: Response, owner: Organisation
) -> None:
    it = confirm(session, project, "childcare")
    assert (it.term, it.quantity, it.organisation_id) == ("childcare", 6, owner.id)
    assert (it.origin, it.locality, it.by) == (Origin.ANSWER, "buch", "Birte")
    assert standing(session, project) == [Standing.STANDS]
    assert [*open_(session, project)] == ["rooms"]


def test_a_form_that_is_sent_twice_confirms_once(
    session: Session, project: Project, said: Response
) -> None:
    wishes = [*open_(session, project).values()]
    first = sifting.confirm(session, project, wishes, "a form", "Birte", NOON)
    assert sifting.confirm(session, project, wishes, "a form", "Birte", NOON) == first
    assert len(keeping.listed(session, project)) == 2
    with pytest.raises(GoneMeanwhile):
        sifting.confirm(session, project, wishes, "another", "Tarik", NOON)
    with pytest.raises(NothingChosen):
        sifting.confirm(session, project, [], "a third", "Tarik", NOON)


def test_several_are_taken_back_together_and_confirmed_again(
    session: Session, project: Project, said: Response
) -> None:
    wishes = [*open_(session, project).values()]
    act = sifting.confirm(session, project, wishes, "a form", "Birte", NOON)
    sifting.undo(session, act, LATER)
    session.commit()
    assert keeping.listed(session, project) == []
    assert {*open_(session, project)} == {"rooms", "childcare"}
    it = confirm(session, project, "rooms")
    assert (it.code, it.deleted) == ("N1", None)  # the same entry, not another one


def test_what_is_set_aside_is_not_proposed_until_that_is_taken_back(
    session: Session, project: Project, said: Response
) -> None:
    wish = open_(session, project)["rooms"]
    sifting.dismiss(session, project, [wish], "a form", "Birte", NOON)
    assert [*open_(session, project)] == ["childcare"]
    all_ = [*found(session, project).values()]
    ((row, find),) = sifting.set_aside(session, project, all_)
    assert find.term == "rooms"
    sifting.propose_again(session, row)
    assert {*open_(session, project)} == {"rooms", "childcare"}


def test_an_entry_says_when_its_answer_is_corrected_withdrawn_or_erased(
    app: Flask, session: Session, project: Project, wave: Survey, said: Response
) -> None:
    confirm(session, project, "rooms")
    said.answers = {"offers": ["childcare"]}
    session.commit()
    assert standing(session, project) == [Standing.GONE]
    said.answers = {"org_needs": ["rooms"]}
    session.commit()
    assert standing(session, project) == [Standing.STANDS]
    place = sitting(session, said.id, wave.slug)
    assert place
    erasing.withdraw(session, place, NOON)
    session.commit()
    assert standing(session, project) == [Standing.GONE]
    erasing.erase(session, app.config["DATA"], place, NOON)
    session.commit()
    assert standing(session, project) == [Standing.GONE]
    assert [each.term for each in keeping.listed(session, project)] == ["rooms"]


def test_an_entry_says_when_a_newer_answer_does_not_repeat_it(
    session: Session, project: Project, said: Response, owner: Organisation
) -> None:
    confirm(session, project, "rooms")
    second = a_wave(session, project, "betriebe-2")
    answer(session, second, {"org_needs": ["funding"]}, owner, sent=LATER)
    assert standing(session, project) == [Standing.OLDER]


@pytest.fixture
def people(session: Session, project: Project, owner: Organisation) -> list[Response]:
    """Five people who need childcare, and five who need something else."""
    survey = talks(session, project)
    terms = ["childcare"] * 5 + ["jobs"] * 5
    return [
        a_talk(session, survey, owner, f"A{n}-AAA", needs=[term])
        for n, term in enumerate(terms)
    ]


def test_an_entry_of_people_goes_when_too_few_of_them_are_left(
    app: Flask, session: Session, project: Project, people: list[Response]
) -> None:
    confirm(session, project, "childcare")
    confirm(session, project, "jobs")
    place = sitting(session, people[0].id, "gespraeche")
    assert place
    erasing.erase(session, app.config["DATA"], place, NOON)
    session.commit()
    assert [each.term for each in keeping.listed(session, project)] == ["jobs"]


def test_an_entry_of_people_goes_when_one_takes_back_what_she_said(
    session: Session, project: Project, people: list[Response]
) -> None:
    confirm(session, project, "childcare")
    people[0].answers = {"consent": "yes", "needs": ["counselling"]}
    session.flush()
    following.changed(session, people[0].id)
    session.commit()
    assert keeping.listed(session, project) == []


def test_an_entry_of_people_stays_when_all_answers_are_over(
    app: Flask, session: Session, project: Project, people: list[Response]
) -> None:
    confirm(session, project, "childcare")
    survey = session.scalars(select(Survey)).one()
    survey.keep_until = NOON.date()
    session.commit()
    erasing.purge(session, app.config["DATA"], NOON.replace(year=NOON.year + 1))
    session.commit()
    assert standing(session, project) == [Standing.GONE]


def test_people_are_counted_anew(
    session: Session, project: Project, people: list[Response], owner: Organisation
) -> None:
    it = confirm(session, project, "childcare")
    for number in range(5):
        survey = session.scalars(select(Survey)).one()
        a_talk(session, survey, owner, f"B{number}-AAA", needs=["childcare"])
    roots = sourcing.roots_of(session, project, [it], [*found(session, project).values()])
    assert [each.number for each in roots[it.id]] == [10]
    sifting.take_number(session, it, 10, it.version, "Birte", NOON)
    assert it.quantity == 10


def test_no_word_of_an_answer_is_copied(
    session: Session, project: Project, said: Response
) -> None:
    it = confirm(session, project, "rooms")
    assert (it.note, it.source) == ("", "")


def test_a_form_that_is_sent_again_with_other_entries_is_refused_and_not_swallowed(
    session: Session, project: Project, said: Response
) -> None:
    for term, is_refused in (("childcare", False), ("rooms", True)):
        wish = [open_(session, project)[term]]
        with pytest.raises(FormUsedTwice) if is_refused else nullcontext():
            sifting.confirm(session, project, wish, "form", "Birte", NOON)
    assert [*open_(session, project)] == ["rooms"]


def test_what_is_needed_besides_keeps_its_own_place_and_time(
    session: Session, project: Project, owner: Organisation
) -> None:
    """A find took the place of its organisation, and what it required the times of the rest."""
    form = asking(ENTERPRISES, kids="offer.childcare", when="offer.time", where="offer.place")
    form = asking(form, kids_when="offer.childcare.time", kids_where="offer.childcare.place")
    survey = a_survey(session, project, form, "orte", released=["de"])
    answers = {"offers": ["language_course", "childcare"], "kids": "yes", "where": "pankow"}
    answers |= {"when": "t_morning", "kids_when": "t_evening", "kids_where": "karow"}
    answer(session, survey, answers, owner)
    confirm(session, project, "language_course", "childcare")
    course, care = keeping.listed(session, project)
    assert (course.locality, course.times) == ("pankow", "t_morning")
    assert (care.locality, care.times) == ("karow", "t_evening")
    own = keeping.Beside("karow", ("t_evening",))
    assert keeping.besides_of(course) == {"childcare": own}
    assert keeping.entry_of(course).besides == {"childcare": own}


def test_many_entries_of_one_older_answer_ask_for_it_once(
    session: Session, project: Project, wave: Survey, owner: Organisation
) -> None:
    terms = ["rooms", "funding", "funding_advice", "legal_advice", "staff", "mentoring"]
    said = answer(session, wave, {"org_needs": terms}, owner)
    confirm(session, project, *terms)
    second = a_wave(session, project, "betriebe-2")
    answer(session, second, {"org_needs": ["jobs"]}, owner)
    session.commit()
    everything, told = keeping.listed(session, project), [*found(session, project).values()]
    asked: list[str] = []
    engine = session.get_bind()

    def note(*what: object) -> None:
        asked.append(str(what[2]))

    event.listen(engine, "before_cursor_execute", note)
    try:
        roots = sourcing.roots_of(session, project, everything, told)
    finally:
        event.remove(engine, "before_cursor_execute", note)
    assert sum("FROM response" in each for each in asked) == 1
    assert {each.standing for some in roots.values() for each in some} == {Standing.OLDER}
    (question,) = rechecking.questions(everything, roots)
    assert (len(question.listings), question.root.response_id) == (len(terms), said.id)


def test_an_entry_that_still_rests_on_something_is_not_asked_about(
    session: Session, project: Project, said: Response
) -> None:
    it = confirm(session, project, "rooms")
    values = {"project_id": project.id, "listing_id": it.id, "term": "rooms"}
    session.add(ListingSource(**values))  # what it rested on besides was erased
    session.commit()
    roots = sourcing.roots_of(session, project, [it], [*found(session, project).values()])
    assert {each.standing for each in roots[it.id]} == {Standing.STANDS, Standing.GONE}
    assert rechecking.questions([it], roots) == []
