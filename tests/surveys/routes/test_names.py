"""The queue of written names, on its page."""

from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from people.models import Alias, Organisation, Project
from surveys.models import Mention, Subject, Survey
from surveys.responses import clearing
from tests.networks.story import a_response, a_wave, network_of
from tests.story import NOON, an_organisation

QUEUE = "/p/buch/people/names"


@pytest.fixture(autouse=True)
def in_english(desk: FlaskClient) -> None:
    desk.post("/language", data={"language": "en", "page": "/"})


@pytest.fixture
def register(session: Session, project: Project) -> dict[str, Organisation]:
    names = {"O1": "Radhaus", "O2": "Pfefferwerk Stadtkultur gGmbH", "O3": "Lotus"}
    found = {code: an_organisation(project, code, name) for code, name in names.items()}
    session.add_all(found.values())
    session.commit()
    return found


@pytest.fixture
def survey(session: Session, project: Project, register: dict[str, Organisation]) -> Survey:
    return a_wave(session, project)


@pytest.fixture
def named(
    session: Session, survey: Survey, register: dict[str, Organisation]
) -> Callable[..., Mention]:
    """Let one of the register name somebody in words."""

    def name(words: str, by: str = "O1", instance: int = 1, **more: Any) -> Mention:
        said = {"others": [{"called": words, "bond": "2"}]}
        response = a_response(session, survey, register[by], said)
        mention = Mention(
            project_id=survey.project_id, survey_id=survey.id, response_id=response.id,
            question="called", instance=instance, name=words, given=NOON, **more,
        )  # fmt: skip
        session.add(mention)
        session.commit()
        return mention

    return name


def test_a_name_waits_with_who_wrote_it_and_who_may_be_meant(
    desk: FlaskClient, named: Callable[..., Mention]
) -> None:
    named("Pfefferwerk", sector="society")
    page = desk.get(QUEUE).text
    for words in ("Pfefferwerk", "named by Radhaus", "Civil society", "Stadtkultur",
                  "a part of the name is the same", "of 100"):  # fmt: skip
        assert words in page
    assert "Lotus" not in page.split('id="new"')[0].split('class="candidates"')[1]


def test_one_word_settles_a_name_wherever_it_was_written(
    desk: FlaskClient, session: Session, survey: Survey, register: dict[str, Organisation],
    named: Callable[..., Mention],
) -> None:  # fmt: skip
    first, second = named("Pfefferwerk"), named("PFEFFERWERK ", by="O3")
    whom = {"organisation": register["O2"].id, "remember": "yes"}
    answer = desk.post(f"{QUEUE}/mentions/{first.id}/organisation", data=whom)
    assert (answer.status_code, answer.location) == (303, f"{QUEUE}#case")
    session.expire_all()
    assert first.organisation_id == second.organisation_id == register["O2"].id
    assert [alias.name for alias in register["O2"].aliases] == ["Pfefferwerk"]
    assert "No name waits" in desk.get(QUEUE).text
    assert {t.other("O2") for t in network_of(session, survey).ties_of("O2")} == {"O1", "O3"}


def test_a_decision_is_taken_back_with_all_it_settled_and_taught(
    desk: FlaskClient, session: Session, survey: Survey, register: dict[str, Organisation],
    named: Callable[..., Mention],
) -> None:  # fmt: skip
    mention = named("Pfefferwerk")
    before = network_of(session, survey)
    whom = {"organisation": register["O2"].id, "remember": "yes"}
    desk.post(f"{QUEUE}/mentions/{mention.id}/organisation", data=whom)
    project = session.get_one(Project, survey.project_id)
    last = clearing.last_decision(session, project, "Birte")
    assert last and f"/decisions/{last.id}/removal" in desk.get(QUEUE).text
    session.rollback()
    for _ in range(2):  # twice is once
        answer = desk.post(f"{QUEUE}/decisions/{last.id}/removal")
        assert answer.location == f"{QUEUE}?case={mention.id}#case"
    session.expire_all()
    assert mention.organisation_id is None
    assert session.scalars(select(Alias)).all() == []
    assert network_of(session, survey) == before


def test_who_is_new_comes_into_the_register_and_goes_again(
    desk: FlaskClient, session: Session, named: Callable[..., Mention]
) -> None:
    mention = named("Chor der Nachbarn")
    form = {"name": "Chor der Nachbarn", "sector": "society", "key": "new"}
    for _ in range(2):  # the same form once more
        desk.post(f"{QUEUE}/mentions/{mention.id}/organisation/new", data=form)
    session.expire_all()
    (added,) = session.scalars(select(Organisation).filter_by(name="Chor der Nachbarn"))
    assert mention.organisation_id == added.id
    last = clearing.last_decision(session, session.get_one(Project, added.project_id), "Birte")
    assert last
    desk.post(f"{QUEUE}/decisions/{last.id}/removal")
    session.expire_all()
    assert added.deleted
    assert mention.organisation_id is None


def test_what_is_left_comes_last(
    desk: FlaskClient, session: Session, project: Project, named: Callable[..., Mention]
) -> None:
    first, second = named("Erste Idee"), named("Zweite Idee", by="O3")
    assert [case.id for case in clearing.waiting(session, project)] == [first.id, second.id]
    desk.post(f"{QUEUE}/mentions/{first.id}/later")
    session.expire_all()
    cases = clearing.waiting(session, project)
    assert [(case.id, case.is_left) for case in cases] == [(second.id, False), (first.id, True)]


def test_a_second_opinion_is_told_that_somebody_was_faster(
    desk: FlaskClient, register: dict[str, Organisation], named: Callable[..., Mention]
) -> None:
    mention = named("Pfefferwerk")
    address = f"{QUEUE}/mentions/{mention.id}/organisation"
    assert desk.post(address, data={"organisation": register["O2"].id}).status_code == 303
    assert desk.post(address, data={"organisation": register["O2"].id}).status_code == 303
    answer = desk.post(address, data={"organisation": register["O3"].id})
    assert answer.status_code == 409
    assert "Somebody else has said already" in answer.text


@pytest.mark.parametrize("typed", ["", "x", "-1", "99999999999", "0"])
def test_nonsense_is_refused_in_words(
    desk: FlaskClient, named: Callable[..., Mention], typed: str
) -> None:
    mention = named("Pfefferwerk")
    answer = desk.post(
        f"{QUEUE}/mentions/{mention.id}/organisation", data={"organisation": typed}
    )
    assert answer.status_code in {404, 422}


def test_answers_of_persons_and_ones_own_name_never_wait_here(
    session: Session, project: Project, survey: Survey, named: Callable[..., Mention]
) -> None:
    named("Wir selbst", instance=0)
    assert clearing.waiting(session, project) == []
    named("Ein Verein", by="O3")
    survey.subject = Subject.PERSONS
    session.commit()
    assert clearing.waiting(session, project) == []


def test_without_scripts_the_register_is_searched_by_a_form(
    desk: FlaskClient, named: Callable[..., Mention]
) -> None:
    mention = named("Unbekannt")
    page = desk.get(f"{QUEUE}?case={mention.id}&q-organisation=lots").text
    assert 'form="choose"' in page
    assert "Lotus" in page


def test_the_home_page_leads_to_the_queue(
    desk: FlaskClient, named: Callable[..., Mention]
) -> None:
    named("Unbekannt")
    assert f'href="{QUEUE}"' in desk.get("/p/buch").text


def test_taking_back_a_new_organisation_frees_what_was_found_to_mean_it_since(
    desk: FlaskClient, session: Session, project: Project, named: Callable[..., Mention]
) -> None:
    first = named("Chor Karow")
    added = {"name": "Chor Karow", "sector": "society", "key": "a form"}
    answer = desk.post(f"{QUEUE}/mentions/{first.id}/organisation/new", data=added)
    assert answer.status_code == 303, answer.text
    chor = session.scalars(select(Organisation).filter_by(name="Chor Karow")).one()
    later = named("Chor Karow", by="O3", organisation_id=chor.id)
    done = clearing.last_decision(session, project, "Birte")
    assert done
    clearing.undo(session, done, now=NOON)
    session.commit()
    session.expire_all()
    assert (first.organisation_id, later.organisation_id) == (None, None)


def test_what_is_no_organisation_makes_no_tie_until_that_is_taken_back(
    desk: FlaskClient, session: Session, project: Project, survey: Survey,
    named: Callable[..., Mention],
) -> None:  # fmt: skip
    first, second = named("mein Nachbar"), named("Mein Nachbar ", by="O3")
    before = network_of(session, survey)
    assert len(before.ties) == 2
    for _ in range(2):  # the same form once more
        assert desk.post(f"{QUEUE}/mentions/{first.id}/none").status_code == 303
    session.expire_all()
    assert "No name waits" in desk.get(QUEUE).text
    assert network_of(session, survey).ties == []
    last = clearing.last_decision(session, project, "Birte")
    assert last
    clearing.undo(session, last, now=NOON)
    session.commit()
    assert [case.id for case in clearing.waiting(session, project)] == [first.id]
    assert network_of(session, survey) == before
    assert (first.is_none, second.is_none) == (False, False)


def test_what_means_somebody_is_not_called_no_organisation_by_a_second_opinion(
    desk: FlaskClient, register: dict[str, Organisation], named: Callable[..., Mention]
) -> None:
    mention = named("Pfefferwerk")
    whom = {"organisation": register["O2"].id}
    desk.post(f"{QUEUE}/mentions/{mention.id}/organisation", data=whom)
    assert desk.post(f"{QUEUE}/mentions/{mention.id}/none").status_code == 409


def test_what_is_no_organisation_becomes_none_by_an_older_page(
    desk: FlaskClient, register: dict[str, Organisation], named: Callable[..., Mention]
) -> None:
    mention = named("Pfefferwerk")
    desk.post(f"{QUEUE}/mentions/{mention.id}/none")
    address = f"{QUEUE}/mentions/{mention.id}/organisation"
    assert desk.post(address, data={"organisation": register["O2"].id}).status_code == 409


def test_what_was_clear_by_itself_is_listed_and_waits_again_when_taken_back(
    desk: FlaskClient, named: Callable[..., Mention], register: dict[str, Organisation],
    session: Session,
) -> None:  # fmt: skip
    mention = named("Rad-Haus e.V.", organisation_id=register["O1"].id)
    named("Lotos", instance=2)
    page = desk.get(f"{QUEUE}/settled").text
    assert "Rad-Haus e.V." in page
    assert "clear by itself" in page
    assert "Lotos" not in page
    back = f"{QUEUE}/mentions/{mention.id}/organisation/removal"
    assert f'action="{back}"' in page
    assert desk.post(back).status_code == 303
    session.expire_all()
    assert mention.organisation_id is None
    assert "Rad-Haus e.V." in desk.get(QUEUE).text
    assert "Rad-Haus e.V." not in desk.get(f"{QUEUE}/settled").text


def test_what_somebody_said_is_listed_with_who_said_it_and_found_by_words(
    desk: FlaskClient, named: Callable[..., Mention], register: dict[str, Organisation],
    session: Session,
) -> None:  # fmt: skip
    mention, other = named("Pfeffer"), named("Nur ich", instance=2)
    said = {"organisation": str(register["O2"].id)}
    assert (
        desk.post(f"{QUEUE}/mentions/{mention.id}/organisation", data=said).status_code == 303
    )
    assert desk.post(f"{QUEUE}/mentions/{other.id}/none").status_code == 303
    page = desk.get(f"{QUEUE}/settled").text
    assert page.count("Birte</bdi>, ") == 2
    assert "Not an organisation" in page
    found = desk.get(f"{QUEUE}/settled?q=stadtkultur").text
    assert "Pfeffer</bdi>" in found
    assert "Nur ich" not in found
    assert "No such name." in desk.get(f"{QUEUE}/settled?q=zzz").text
    back = f"{QUEUE}/mentions/{mention.id}/organisation/removal"
    desk.post(back)  # what somebody said is undone as a decision, with what it taught
    session.expire_all()
    assert mention.organisation_id == register["O2"].id
