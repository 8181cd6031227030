import re
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from core.languages import SPOKEN
from networks.models import Fate, Finding, SharedView
from people.models import Naming, Organisation, Project, Sector
from surveys.models import Survey
from tests.networks.story import a_response, a_wave, naming
from tests.networks.test_routes import PAGE, sizes, text_of
from tests.story import NOON, an_organisation

SECRETS = ("Adas Laden", "Cems Kiosk", "Duas Dach", "Edes Erker", "kochen")


@pytest.fixture
def survey(session: Session, project: Project) -> Survey:
    """Everyone may name Gretas Garten, the network Beas Hof, only the team the others."""
    survey = a_wave(session, project)
    people = {}
    for code, name, allowed in (
        ("O1", "Adas Laden", Naming.TEAM), ("O2", "Beas Hof", Naming.NETWORK),
        ("O3", "Cems Kiosk", Naming.TEAM), ("O4", "Duas Dach", Naming.TEAM),
        ("O5", "Gretas Garten", Naming.PUBLIC),
    ):  # fmt: skip
        people[code] = an_organisation(
            project, code, name, Sector.SOCIETY, kind="provider", locality="karow",
            naming=allowed,
        )  # fmt: skip
    session.add_all(people.values())
    session.commit()
    new = [{"called": "Edes Erker", "sphere": "economy", "bond": "1"}]
    a_response(
        session, survey, people["O1"],
        naming(("O2", ["rooms"], 3), ("O3", ["rooms"], 1), others=new, dreams=["O4"],
               reason="Gemeinsam kochen"),
    )  # fmt: skip
    a_response(session, survey, people["O5"], naming(("O1", ["funding"], 1)))
    return survey


@pytest.fixture
def guest(app: Flask) -> Iterator[FlaskClient]:
    """A browser of somebody without an account."""
    yield app.test_client()


def shared(desk: FlaskClient, naming: str = "public", query: str = "", key: str = "k1") -> str:
    """Make a link, and return where it leads."""
    form = {"title": "Unser Netz", "naming": naming, "key": key}
    assert desk.post(f"{PAGE}/links{query}", data=form).status_code == 303
    return links(desk)[0]


def links(desk: FlaskClient) -> list[str]:
    return re.findall(r'href="[^"]*(/n/\w+)"', desk.get(f"{PAGE}/links").text)


def test_whoever_has_the_link_sees_the_network(
    desk: FlaskClient, guest: FlaskClient, survey: Survey
) -> None:
    answer = guest.get(shared(desk), headers={"Accept-Language": "de"})
    assert answer.status_code == 200
    assert sizes(answer.text) == (4, 5)
    words = text_of(answer.text)
    assert "Unser Netz" in words
    assert "5 Organisationen, 4 Beziehungen. 2 von 5 haben geantwortet." in words
    assert "Gretas Garten" in words
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert 'name="robots" content="noindex' in answer.text


@pytest.mark.parametrize("language", SPOKEN)
@pytest.mark.parametrize("level", ["public", "network"])
def test_no_hidden_name_stands_in_it_in_any_language(
    desk: FlaskClient, guest: FlaskClient, session: Session, survey: Survey,
    language: str, level: str,
) -> None:  # fmt: skip
    session.add(
        Finding(
            project_id=survey.project_id, survey_id=survey.id, key="k", fate=Fate.RELEASED,
            words={"de": "Cems Kiosk steht am Rand."}, figures={}, by="Birte", at=NOON,
        )
    )  # fmt: skip
    session.commit()
    everything = f"{PAGE}/links?layer=wishes&q=Adas&ego=O1"
    path = shared(desk, level, everything.partition("/links")[2])
    page = guest.get(path, headers={"Accept-Language": language}).text
    assert f'lang="{language}' in page or language in ("prs", "de-simple")
    for secret in (*SECRETS, *(["Beas Hof"] if level == "public" else [])):
        assert secret not in page, secret
    assert "new-" not in page  # a name could be guessed from its digest
    assert not re.search(r"\bO1\b", page)  # not within a random token


def test_released_findings_stand_in_it_and_drafts_do_not(
    desk: FlaskClient, guest: FlaskClient, survey: Survey
) -> None:
    path = shared(desk)
    drafts = re.findall(r'name="key" value="([^"]+)"', desk.get(f"{PAGE}/findings").text)
    assert drafts
    assert 'class="finds"' not in guest.get(path).text
    desk.post(f"{PAGE}/findings", data={"key": drafts, "fate": "released"})
    page = guest.get(path).text
    told = page.partition('class="finds"')[2].partition("</ol>")[0]
    assert told.count("<li>") == len(drafts)
    assert re.search(r"Organisation \d", told)  # nobody here agreed to be named
    assert not {"\ue000", "\ue001"} & {*page}


def test_a_link_shows_the_selection_it_was_made_of(
    desk: FlaskClient, guest: FlaskClient, survey: Survey, session: Session
) -> None:
    path = shared(desk, query="?sector=economy&q=Adas&table=ties")
    assert session.query(SharedView).one().view == {"sector": ["economy"]}
    page = guest.get(path, headers={"Accept-Language": "de"}).text
    assert sizes(page) == (0, 1)
    assert "Sie sehen einen Teil des Netzwerks." in page


def test_an_ended_link_says_so_until_it_opens_again(
    desk: FlaskClient, guest: FlaskClient, survey: Survey, session: Session
) -> None:
    path = shared(desk)
    number = session.query(SharedView).one().id
    assert desk.post(f"{PAGE}/shared/{number}/end").status_code == 303
    answer = guest.get(path, headers={"Accept-Language": "de"})
    assert answer.status_code == 410
    assert "Dieser Link ist beendet" in answer.text
    assert "Gretas Garten" not in answer.text
    desk.post(f"{PAGE}/shared/{number}/again")
    assert guest.get(path).status_code == 200


def test_the_same_form_makes_one_link(desk: FlaskClient, survey: Survey) -> None:
    assert shared(desk) == shared(desk)
    assert len(links(desk)) == 1
    other = {"title": "Anders", "naming": "public", "key": "k1"}
    assert desk.post(f"{PAGE}/links", data=other).status_code == 409
    assert shared(desk, key="k2") != shared(desk, key="k3")


def test_a_link_without_title_or_naming_is_not_made(desk: FlaskClient, survey: Survey) -> None:
    for form in ({"title": " ", "naming": "public"}, {"title": "A", "naming": "team"}):
        answer = desk.post(f"{PAGE}/links", data={"key": "k", **form})
        assert answer.status_code == 422
        assert 'class="err"' in answer.text
    assert links(desk) == []


def test_the_database_does_not_tell_the_link(
    desk: FlaskClient, session: Session, survey: Survey
) -> None:
    key = shared(desk).rpartition("/")[2]
    row = session.query(SharedView).one()
    assert key not in repr({c.name: getattr(row, c.name) for c in SharedView.__table__.c})


def test_who_guesses_links_is_slowed_down(guest: FlaskClient, survey: Survey) -> None:
    codes = [guest.get(f"/n/{number:032}").status_code for number in range(12)]
    assert codes[0] == 404
    assert codes[-1] == 429


def test_titles_are_text(desk: FlaskClient, guest: FlaskClient, survey: Survey) -> None:
    form = {"title": "<script>alert(1)</script>\"'&\u202e", "naming": "public", "key": "k"}
    desk.post(f"{PAGE}/links", data=form)
    page = guest.get(links(desk)[0]).text
    assert "<script>alert" not in page
    assert "<script>alert" not in desk.get(f"{PAGE}/links").text


def test_an_organisation_that_takes_its_consent_back_is_gone_at_once(
    desk: FlaskClient, guest: FlaskClient, survey: Survey, session: Session
) -> None:
    path = shared(desk)
    assert "Gretas Garten" in guest.get(path).text
    session.query(Organisation).filter_by(code="O5").one().naming = Naming.TEAM
    session.commit()
    assert "Gretas Garten" not in guest.get(path).text


def test_a_large_shared_picture_is_drawn_by_the_browser(
    desk: FlaskClient, guest: FlaskClient, survey: Survey, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("networks.routes.showing.MOST_IN_SVG", 3)
    path = shared(desk)
    page = guest.get(path).text
    assert f'data-from="{path}/drawing.json" data-to="#o_"' in page
    assert "/p/buch" not in page

    answer = guest.get(f"{path}/drawing.json", headers={"Accept-Language": "de"})
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
    found = answer.get_json()
    rows = dict(re.findall(r'<tr id="o(\d+)">.*?<bdi>(.*?)</bdi>', page, re.DOTALL))
    full = {int(at): name for at, name in found["full"].items()}
    drawn = {code: full.get(at, found["names"][at]) for at, code in enumerate(found["codes"])}
    assert drawn == rows  # known by the rows of the table, not by their codes

    svg = guest.get(f"{path}/picture.svg", headers={"Accept-Language": "de"})
    assert svg.mimetype == "image/svg+xml"
    for text in (page, answer.text, svg.text):
        assert not [name for name in (*SECRETS, "Beas Hof") if name in text]
    known = {"If-None-Match": answer.headers["ETag"], "Accept-Language": "de"}
    assert guest.get(f"{path}/drawing.json", headers=known).status_code == 304


def test_with_the_link_its_numbers_and_its_image_end(
    desk: FlaskClient, guest: FlaskClient, survey: Survey
) -> None:
    path = shared(desk)
    assert guest.get("/n/unknown/drawing.json").status_code == 404
    assert guest.get("/n/unknown/picture.svg").status_code == 404
    end = re.search(r'action="([^"]*/shared/\d+/end)"', desk.get(f"{PAGE}/links").text)
    assert end
    assert desk.post(end[1]).status_code == 303
    for kind in ("drawing.json", "picture.svg"):
        assert guest.get(f"{path}/{kind}").status_code == 410
