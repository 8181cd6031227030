"""A round from its beginning to the first contact, and who sees what of it on the way."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from agency.models import Release
from agency.rounds import beginning, deciding, wishing
from agency.rounds.beginning import RoundIsOver
from agency.rounds.deciding import ContactsReleased
from agency.rounds.models import RankingPerson, RankingRound
from core.errors import FormUsedTwice
from core.keys import Keyring
from people.models import Membership, Organisation, Project, Role
from surveys.models import Response, Survey
from tests.agency.gathering.story import a_talk, an_owner, talks
from tests.agency.rounds.story import B1, a_profile, a_round, a_vacancy, let_wish
from tests.story import NOON, a_user, browser_of

TEAM, DESK = "/p/buch/needs/rankings", "/p/buch/conversations/rankings"
SAMIRA = "S4-MRA"
Browser = Callable[..., FlaskClient]


@pytest.fixture
def keys(app: Flask) -> Keyring:
    keys: Keyring = app.extensions["keys"]
    return keys


@pytest.fixture
def providers(session: Session, project: Project) -> tuple[Organisation, Organisation]:
    return an_owner(session, project, "O14"), an_owner(session, project, "O18")


@pytest.fixture
def survey(session: Session, project: Project) -> Survey:
    return talks(session, project)


@pytest.fixture
def samira(
    session: Session, survey: Survey, providers: tuple[Organisation, Organisation]
) -> Response:
    said = {"german": "a2", "occ_done": ["occ_bike", "occ_cook"], "feedback_ok": "yes"}
    return a_talk(session, survey, providers[0], SAMIRA, **said)


@pytest.fixture
def it(session: Session, project: Project, keys: Keyring, samira: Response) -> RankingRound:
    return a_round(session, keys, project, "Küchenhilfe", "Radwerkstatt")


@pytest.fixture
def sign_in(app: Flask, session: Session, project: Project) -> Browser:
    def sign_in(role: Role, provider: Organisation | None = None) -> FlaskClient:
        user = a_user(f"{role} of {provider.code if provider else 'none'}")
        session.add(user)
        session.flush()
        number = provider.id if provider else None
        session.add(
            Membership(project_id=project.id, user_id=user.id, role=role, provider_id=number)
        )
        session.commit()
        return browser_of(user, app)

    return sign_in


@pytest.fixture
def counsellor(sign_in: Browser, providers: tuple[Organisation, Organisation]) -> FlaskClient:
    return sign_in(Role.COUNSELLOR, providers[0])


def hers(it: RankingRound, act: str = "") -> str:
    return f"/p/buch/conversations/{SAMIRA}/rankings/{it.id}{act}"


def link(keys: Keyring, it: RankingRound, which: int = 0) -> str:
    return f"/places/{beginning.key_of(keys, it.places[which])}"


def said_of_her(it: RankingRound, *wishes: int, **more: object) -> dict[str, object]:
    said: dict[str, object] = {"german": "a2", "hours": "20", "starts": "2026-12-01"}
    said |= {"wish": [it.places[each].id for each in wishes], "fields": ["5", "7"]}
    return said | {"agreed": "2026-11-01", "is_agreed": "y"} | more


def others(session: Session, survey: Survey, it: RankingRound, who: Organisation) -> None:
    """Five people of a provider who would like the first place, too."""
    for number in range(5):
        a_talk(session, survey, who, f"B{number}-BBB")
        let_wish(session, it, f"B{number}-BBB", 0, german="b2")


def main(page: str) -> str:
    return re.sub(r"\s+", " ", page.partition("<main")[2].partition("</main")[0])


def test_the_team_begins_a_round_with_vacancies_and_their_places(
    desk: FlaskClient, session: Session, project: Project
) -> None:
    assert "Zurzeit sucht kein Betrieb Personal" in desk.get(TEAM).text
    vacancy = a_vacancy(session, project, "Küchenhilfe", quantity=3)
    session.commit()
    key = re.findall(r'name="key"[^>]*value="([^"]+)"', desk.get(TEAM).text)[0]
    said = {"key": key, "title": "Frühjahr", "vacancy": str(vacancy.id)}
    seats = f"seats-{vacancy.id}"
    assert desk.post(TEAM, data=said | {seats: "0"}).status_code == 422
    assert desk.post(TEAM, data={"key": key, "title": "Frühjahr"}).status_code == 422
    for _ in range(2):  # sent twice is once
        assert desk.post(TEAM, data=said | {seats: "2"}).status_code == 303
    (it,) = session.scalars(select(RankingRound)).all()
    assert [each.seats for each in it.places] == [2]
    assert "Küchenhilfe" in desk.get(f"{TEAM}/{it.id}").text
    assert desk.post(TEAM, data=said | {seats: "3"}).status_code == 409


@pytest.mark.both_engines
def test_the_same_form_begins_one_round(
    session: Session, project: Project, keys: Keyring, it: RankingRound
) -> None:
    vacancies = {each.vacancy: each.seats for each in it.places}
    again = vacancies, "Birte", NOON, it.form_key
    assert beginning.begin(session, keys, project, it.title, *again).id == it.id
    with pytest.raises(FormUsedTwice):
        beginning.begin(session, keys, project, "Herbst", *again)


def test_an_enterprise_says_by_its_link_what_counts(
    client: FlaskClient, session: Session, keys: Keyring, it: RankingRound
) -> None:
    here = link(keys, it)
    assert "Sie sehen keine Liste von Menschen" in client.get(here).text
    assert client.post(here, data={"german_weight": "much"}).status_code == 422
    assert client.post(here, data={"hours": "99", "hours_weight": "must"}).status_code == 422
    said = {"german": "b1", "german_weight": "much", "hours": "20", "hours_weight": ""}
    assert client.post(here, data=said).status_code == 303
    session.expire_all()
    assert it.places[0].wanted == {"german": ["b1", "much"]}
    assert re.search(
        r'value="much"[^>]*checked|checked[^>]*value="much"', client.get(here).text
    )
    assert client.get("/places/" + "0" * 32).status_code == 404


def test_what_is_known_of_a_vacancy_is_not_asked_again(
    client: FlaskClient, session: Session, keys: Keyring, it: RankingRound
) -> None:
    it.places[0].vacancy.german = "b1"
    session.commit()
    assert '<option selected value="b1">' in client.get(link(keys, it)).text


def test_a_counsellor_enters_wishes_and_knows_already_what_was_told(
    counsellor: FlaskClient, session: Session, it: RankingRound
) -> None:
    page = counsellor.get(hers(it)).text
    assert '<option selected value="a2">' in page
    assert set(re.findall(r'name="fields" value="(\d)" checked', page)) == {
        "5",
        "7",
    }
    mistakes: list[dict[str, object]] = [
        {"wish": []},
        {"is_agreed": ""},
        {"hours": "0"},
        {"german": "c9"},
    ]
    for wrong in mistakes:
        assert counsellor.post(hers(it), data=said_of_her(it, 0) | wrong).status_code == 422
    assert counsellor.post(hers(it), data=said_of_her(it, 0, 0)).status_code == 422
    late = said_of_her(it, 0, agreed="2199-01-01")
    assert counsellor.post(hers(it), data=late).status_code == 409
    assert session.scalars(select(RankingPerson)).all() == []
    assert counsellor.post(hers(it), data=said_of_her(it, 0, 1)).status_code == 303
    (person,) = session.scalars(select(RankingPerson)).all()
    assert person.wishes == [each.id for each in it.places]
    assert counsellor.post(hers(it), data=said_of_her(it, 0, 1, up="1")).status_code == 303
    session.expire_all()
    assert person.wishes == [each.id for each in reversed(it.places)]
    assert counsellor.post(hers(it, "/removal")).status_code == 303
    assert session.scalars(select(RankingPerson)).all() == []


def test_what_is_decided_is_told_with_its_reason_and_what_would_open_more(
    desk: FlaskClient,
    counsellor: FlaskClient,
    session: Session,
    survey: Survey,
    providers: tuple[Organisation, Organisation],
    it: RankingRound,
) -> None:
    wishing.say(session, it.places[0], [B1], NOON)
    let_wish(session, it, SAMIRA, 0, 1)
    others(session, survey, it, providers[1])
    assert desk.post(f"{TEAM}/{it.id}/decision").status_code == 303
    page = main(counsellor.get(hers(it)).text)
    assert "Wunsch 2: „Radwerkstatt“." in page
    assert "Bei „Küchenhilfe“ (Wunsch 1) gehen andere vor." in page
    assert "Mit Deutsch B1: die Person" in page
    assert "Wunsch 2: „Radwerkstatt“." in main(counsellor.get(f"{DESK}/{it.id}").text)


def test_a_decided_round_stays_and_can_be_opened_until_somebody_is_released(
    desk: FlaskClient,
    client: FlaskClient,
    counsellor: FlaskClient,
    session: Session,
    keys: Keyring,
    it: RankingRound,
) -> None:
    let_wish(session, it, SAMIRA, 1)
    assert desk.post(f"{TEAM}/{it.id}/decision").status_code == 303
    assert desk.post(f"{TEAM}/{it.id}/decision").status_code == 409
    assert counsellor.post(hers(it), data=said_of_her(it, 0)).status_code == 409
    assert counsellor.post(hers(it, "/removal")).status_code == 409
    assert client.post(link(keys, it), data={}).status_code == 409
    assert desk.post(f"{TEAM}/{it.id}/decision/removal").status_code == 303
    assert counsellor.post(hers(it), data=said_of_her(it, 0)).status_code == 303
    desk.post(f"{TEAM}/{it.id}/decision")
    assert released(counsellor, it) == 303
    assert desk.post(f"{TEAM}/{it.id}/decision/removal").status_code == 409
    assert desk.post(f"{TEAM}/{it.id}/removal").status_code == 409


def released(browser: FlaskClient, it: RankingRound, **more: str) -> int:
    said = {"key": "once", "contact_agreed": "2026-11-01", "contact_is_agreed": "y"} | more
    return browser.post(hers(it, "/release"), data=said).status_code


def test_an_enterprise_hears_whom_to_ask_once_the_person_has_said_yes(
    desk: FlaskClient,
    client: FlaskClient,
    counsellor: FlaskClient,
    session: Session,
    keys: Keyring,
    it: RankingRound,
) -> None:
    let_wish(session, it, SAMIRA, 0)
    assert released(counsellor, it) == 409  # nothing is decided
    desk.post(f"{TEAM}/{it.id}/decision")
    assert "noch niemand freigegeben" in client.get(link(keys, it)).text
    assert released(counsellor, it, contact_is_agreed="") == 422
    assert released(counsellor, it, contact_agreed="2199-01-01") == 409
    assert session.scalars(select(Release)).all() == []
    assert released(counsellor, it) == released(counsellor, it) == 303
    (release,) = session.scalars(select(Release)).all()
    assert (release.vacancy_id, release.people) == (it.places[0].vacancy_id, 1)
    page = client.get(link(keys, it)).text
    assert "Bitte fragen Sie Radhaus O14." in page and "besetzt" in page
    assert "Radhaus O14" not in client.get(link(keys, it, 1)).text
    assert "Radhaus O14 hat 1 Kontakt freigegeben." in desk.get(f"{TEAM}/{it.id}").text
    counsellor.post(f"/p/buch/needs/releases/{release.id}/removal")
    assert "Radhaus O14" not in client.get(link(keys, it)).text


@pytest.mark.both_engines
def test_a_vacancy_that_is_filled_meanwhile_takes_nobody(
    session: Session, it: RankingRound, counsellor: FlaskClient
) -> None:
    let_wish(session, it, SAMIRA, 0, 1)
    it.places[0].vacancy.met = NOON
    session.commit()
    deciding.decide(session, it, NOON)
    session.commit()
    (person,) = session.scalars(select(RankingPerson)).all()
    assert person.place_id == it.places[1].id
    assert "war nicht mehr frei" in counsellor.get(hers(it)).text


def test_a_round_is_gone_with_its_links_and_comes_back(
    desk: FlaskClient, client: FlaskClient, keys: Keyring, it: RankingRound
) -> None:
    assert desk.post(f"{TEAM}/{it.id}/removal").status_code == 303
    assert client.get(link(keys, it)).status_code == 404
    assert desk.get(f"{TEAM}/{it.id}").status_code == 404
    assert desk.post(f"{TEAM}/{it.id}/return").status_code == 303
    assert client.get(link(keys, it)).status_code == 200


@pytest.mark.both_engines
def test_what_is_said_too_late_changes_nothing(session: Session, it: RankingRound) -> None:
    let_wish(session, it, SAMIRA, 0)
    deciding.decide(session, it, NOON)
    session.commit()
    (person,) = session.scalars(select(RankingPerson)).all()
    for late in (
        lambda: wishing.say(session, it.places[0], [B1], NOON),
        lambda: wishing.withdraw(session, person),
        lambda: deciding.decide(session, it, NOON),
    ):
        with pytest.raises(RoundIsOver):
            late()  # type: ignore[no-untyped-call]
    it.released = NOON
    session.commit()
    for undoing in (deciding.undo, lambda s, i: deciding.remove(s, i, NOON)):
        with pytest.raises(ContactsReleased):
            undoing(session, it)


def test_with_her_conversation_she_leaves_the_round(
    session: Session, it: RankingRound, samira: Response
) -> None:
    let_wish(session, it, SAMIRA, 0)
    session.execute(delete(Response).filter_by(id=samira.id))
    session.commit()
    assert session.scalars(select(RankingPerson)).all() == []


# Who sees what: her own counsellor all, everyone else nothing (DESIGN §5).


@pytest.mark.parametrize("is_decided", [False, True])
def test_nobody_but_her_own_counsellor_reads_of_her(
    sign_in: Browser,
    client: FlaskClient,
    session: Session,
    keys: Keyring,
    providers: tuple[Organisation, Organisation],
    it: RankingRound,
    is_decided: bool,
) -> None:
    let_wish(session, it, SAMIRA, 0, 1, hours=37, starts=NOON.date())
    if is_decided:
        deciding.decide(session, it, NOON)
        session.commit()
    own = sign_in(Role.COUNSELLOR, providers[0])
    assert SAMIRA in own.get(f"{DESK}/{it.id}").text
    seen = [client.get(link(keys, it, which)).text for which in (0, 1)]
    for role in Role:
        browser = sign_in(role, providers[1] if role == Role.COUNSELLOR else None)
        status = browser.get(hers(it)).status_code
        assert status == (404 if role == Role.COUNSELLOR else 403)
        assert browser.post(hers(it), data=said_of_her(it, 0)).status_code == status
        assert released(browser, it) == status
        for page in (
            DESK,
            f"{DESK}/{it.id}",
            TEAM,
            f"{TEAM}/{it.id}",
            "/p/buch/needs/vacancies",
        ):
            seen.append(browser.get(page).text)
    for text in seen:
        assert SAMIRA not in text
        assert not re.search(r"\b37\b", main(text))
        assert "Radhaus O14" not in main(text)


def test_what_the_team_and_enterprises_read_is_the_same_with_her_and_without(
    desk: FlaskClient,
    client: FlaskClient,
    session: Session,
    survey: Survey,
    keys: Keyring,
    providers: tuple[Organisation, Organisation],
    it: RankingRound,
) -> None:
    def seen() -> list[str]:
        pages = [client.get(link(keys, it)).text, desk.get(f"{TEAM}/{it.id}").text]
        return [main(re.sub(r'name="(csrf_token|key)"[^>]*', "", each)) for each in pages]

    others(session, survey, it, providers[1])
    assert "Mindestens <b>5 Menschen</b> nehmen teil." in seen()[1]
    before = seen()
    let_wish(session, it, SAMIRA, 0)
    assert seen() == before


def test_of_people_elsewhere_a_counsellor_hears_in_fives_only(
    session: Session,
    survey: Survey,
    providers: tuple[Organisation, Organisation],
    it: RankingRound,
) -> None:
    let_wish(session, it, SAMIRA, 0, german="a1")
    wishing.say(session, it.places[0], [B1], NOON)
    for number in range(5):
        a_talk(session, survey, providers[1], f"C{number}-CCC")
        let_wish(session, it, f"C{number}-CCC", 0, german="a2")
        deciding.decide(session, it, NOON)
        person = session.scalars(select(RankingPerson).order_by(RankingPerson.id)).first()
        assert person
        person.place_id = None  # even if the lot was hers
        hopes = deciding.hopes_of(deciding.market_of(session, it), it, person)
        assert all(not each.is_certain for each in hopes) or number == 4
        deciding.undo(session, it)
        session.commit()


def test_a_profile_has_no_more_than_what_counts() -> None:
    """Never a code, a name, an origin, sex, age or residence status."""
    assert {*vars(a_profile())} == {"fields", "german", "hours", "starts"}
    told = {column.name for column in RankingPerson.__table__.columns}
    links = {"id", "project_id", "round_id", "conversation_id", "place_id", "release_id"}
    assert told - links == {"fields", "german", "hours", "starts", "wishes", "agreed"}
