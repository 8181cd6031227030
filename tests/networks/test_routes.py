import gzip
import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from people.models import Naming, Organisation, Project, Sector, User
from surveys.models import Survey
from tests.networks.story import a_response, a_wave, demo_wave, naming
from tests.story import an_organisation, browser_of

PAGE = "/p/buch/networks/autumn"


@pytest.fixture
def demo(session: Session, project: Project) -> Survey:
    return demo_wave(session, project)


@pytest.fixture
def reader(app: Flask, tarik: User) -> FlaskClient:
    """A browser of someone on the task force."""
    return browser_of(tarik, app)


@pytest.fixture
def survey(session: Session, project: Project) -> Survey:
    """Three of four answer; Bea may be named in the network, the others may not."""
    survey = a_wave(session, project)
    people = {}
    for code, name, allowed in (
        ("O1", "Adas Laden", Naming.TEAM), ("O2", "Beas Hof", Naming.NETWORK),
        ("O3", "Cems Kiosk", Naming.TEAM), ("O4", "Duas Dach", Naming.TEAM),
    ):  # fmt: skip
        people[code] = an_organisation(
            project, code, name, Sector.SOCIETY, kind="provider", locality="karow",
            naming=allowed, details={"headcount": 4711},
        )  # fmt: skip
    session.add_all(people.values())
    session.commit()
    new = [{"called": "Edes Erker", "sphere": "economy", "bond": "1"}]
    a_response(
        session, survey, people["O1"],
        naming(("O2", ["rooms"], 3), ("O3", ["rooms"], 1), others=new, dreams=["O4"],
               reason="Gemeinsam kochen"),
    )  # fmt: skip
    a_response(session, survey, people["O2"], naming(("O1", ["funding"], 1)))
    return survey


def sizes(page: str) -> tuple[int, int]:
    """How many ties and organisations the picture has."""
    picture = page[page.index('<svg class="net') :].partition("</figure>")[0]
    return picture.count("<line"), picture.count("</a>")


def text_of(html: str) -> str:
    return " ".join(re.sub("<[^>]*>", " ", html).split())


def test_the_demo_is_drawn_told_and_listed(desk: FlaskClient, demo: Survey) -> None:
    page = desk.get(PAGE, headers={"Accept-Language": "de"}).text
    assert sizes(page) == (60, 40)
    assert page.count('<tr aria-current="true"') == 1
    assert page.count('<th scope="row"') == 10
    words = text_of(page)
    for finding in (
        "40 Organisationen, 60 Beziehungen. 40 von 40 haben geantwortet.",
        "Stadtteilzentrum Bucher Bogen e.V. verbindet die anderen. Von 100 kürzesten Wegen "
        "zwischen anderen führen 22 über diese Organisation.",
        "Für 2 Organisationen stehen erste Beziehungen noch bevor: Kiezbäckerei Korn & Co.",
        "37 von 60 Beziehungen gehen über die Grenze des eigenen Sektors.",
        "+0,23",
        "87 %",
        "7,7 %",
    ):
        assert finding in words.replace("&amp;", "&").replace("\xa0", " "), finding


def test_all_organisations_are_listed_on_request(desk: FlaskClient, demo: Survey) -> None:
    assert desk.get(f"{PAGE}?all=1").text.count('<th scope="row"') == 40


def first_rows(page: str) -> list[str]:
    rows = page.partition("<tbody>")[2].partition("</tbody>")[0]
    return re.findall(r"<bdi>(.*?)</bdi>", rows)


@pytest.mark.parametrize(
    ("sort", "first"),
    [
        ("degree", "Stadtteilzentrum Bucher Bogen e.V."),
        ("betweenness", "Stadtteilzentrum Bucher Bogen e.V."),
        ("name", "Afghanischer Frauenkreis Buch e.V."),
        ("nonsense", "Stadtteilzentrum Bucher Bogen e.V."),
    ],
)
def test_the_table_is_sorted_by_links(
    desk: FlaskClient, demo: Survey, sort: str, first: str
) -> None:
    assert first_rows(desk.get(f"{PAGE}?sort={sort}").text)[0] == first


def test_the_table_can_be_searched(desk: FlaskClient, demo: Survey) -> None:
    assert first_rows(desk.get(f"{PAGE}?q=kuche").text) == []
    assert first_rows(desk.get(f"{PAGE}?q=Küche").text) == ["Küche der Welt eG"]
    found = first_rows(desk.get(f"{PAGE}?kind=inclusion_enterprise&sort=name").text)
    assert found == ["Gartenwerk Panke gGmbH", "Wäscherei Sauberfreund gGmbH"]
    assert "<tbody>" not in desk.get(f"{PAGE}?q=nobody").text


def test_a_selection_narrows_picture_and_figures(desk: FlaskClient, demo: Survey) -> None:
    page = desk.get(f"{PAGE}?sector=economy&sector=politics&strength=3").text
    ties, organisations = sizes(page)
    assert (ties, organisations) == (3, 17)
    page = desk.get(f"{PAGE}?confirmed=1&tie=funding").text
    assert 0 < sizes(page)[0] < 46
    assert 'name="confirmed" value="1" checked' in page
    assert "Die Befunde gelten für das ganze Netzwerk, nicht für die Auswahl." in page


def test_nobody_keeps_their_place_less_for_a_selection(desk: FlaskClient, demo: Survey) -> None:
    place = re.compile(r'<use href="[^"]*#politics" x="[^"]*"')
    whole = place.findall(desk.get(PAGE).text)
    assert len(whole) == 4
    part = desk.get(f"{PAGE}?sector=politics").text
    centre = re.compile(r'x="([\d.]+)" y="([\d.]+)" width="([\d.]+)"')

    def centres(page: str) -> set[tuple[int, int]]:
        marks = re.findall(r"<use [^>]*#politics[^>]*>", page[page.index('<svg class="net') :])
        found = [centre.search(mark) for mark in marks]
        values = [[float(v) for v in hit.groups()] for hit in found if hit]
        return {(round(x + w / 2), round(y + w / 2)) for x, y, w in values}

    assert centres(part) == centres(desk.get(PAGE).text)


def test_the_answers_of_today_are_in_the_picture_of_today(
    desk: FlaskClient, session: Session, survey: Survey
) -> None:
    assert sizes(desk.get(PAGE).text) == (3, 4)
    four = session.query(Organisation).filter_by(code="O4").one()
    a_response(session, survey, four, naming(("O1", ["rooms"], 1)))
    assert sizes(desk.get(PAGE).text) == (4, 5)
    four.short_name = "Umbenannt"
    session.commit()
    assert "Umbenannt" in desk.get(PAGE).text


def test_who_is_missing_is_said(desk: FlaskClient, survey: Survey) -> None:
    words = text_of(desk.get(PAGE, headers={"Accept-Language": "de"}).text)
    assert "2 von 4 haben geantwortet. Was die anderen 2 tun, weiß das Bild nicht." in words
    assert "1 fehlt im Bild Gefragt, nicht geantwortet und von niemandem genannt." in words
    assert "Duas Dach" in words


def test_ties_of_an_organisation_are_told_in_words(desk: FlaskClient, survey: Survey) -> None:
    words = text_of(desk.get(f"{PAGE}/O1", headers={"Accept-Language": "de"}).text)
    assert "beide nennen einander, beschreiben es aber verschieden" in words
    assert "Diese: eng · rooms auf Deutsch. Die andere: locker · funding auf Deutsch." in words
    assert "diese Organisation; die andere hat nicht geantwortet" in words
    assert "Möchte (mehr) zusammenarbeiten mit Duas Dach Wofür? Gemeinsam kochen" in words
    words = text_of(desk.get(f"{PAGE}/O4", headers={"Accept-Language": "de"}).text)
    assert "Wurde gefragt, hat nicht geantwortet" in words
    assert "Wird gewünscht von Adas Laden" in words


def test_needs_and_offers_stand_beside_the_ties(desk: FlaskClient, demo: Survey) -> None:
    words = text_of(desk.get(f"{PAGE}/O14", headers={"Accept-Language": "de"}).text)
    assert "9 Beziehungen" in words
    assert "17 Beschäftigte · 45 Freiwillige · Task-Force" in words
    assert "sucht Fördermittelberatung" in words


def everything(client: FlaskClient) -> str:
    """All that the pages and files of the network say."""
    page = client.get(f"{PAGE}?all=1").text
    strangers = re.findall(r'href="([^"]*/new-[^"]*)"', page)
    pages = [PAGE, f"{PAGE}?q=Adas", *(f"{PAGE}/O{n}" for n in (1, 2, 3, 4)), *strangers[:1]]
    files = [f"{PAGE}/files/{kind}" for kind in ("gexf", "graphml", "svg")]
    files += [f"{PAGE}/drawing.json", f"{PAGE}/drawing.json?layer=wishes&layer=recorded"]
    return page + "".join(client.get(path).text for path in (*pages, *files))


def test_the_task_force_sees_names_only_by_consent(
    reader: FlaskClient, desk: FlaskClient, survey: Survey
) -> None:
    seen = everything(reader)
    assert "Beas Hof" in seen
    assert "Organisation 1 (Träger)" in seen
    for secret in ("Adas Laden", "Cems Kiosk", "Duas Dach", "Edes Erker", "kochen", "Diese: "):
        assert secret not in seen.replace('value="Adas"', ""), secret
    assert "Edes Erker" in everything(desk)


def test_what_gives_an_unnamed_organisation_away_is_hidden_too(
    reader: FlaskClient, desk: FlaskClient, demo: Survey, session: Session
) -> None:
    session.query(Organisation).filter_by(code="O14").one().naming = Naming.TEAM
    session.commit()
    path = f"{PAGE}/O14"
    words = text_of(reader.get(path, headers={"Accept-Language": "de"}).text)
    assert "17 Beschäftigte" not in words
    assert "sucht Fördermittelberatung" not in words
    assert "Zivilgesellschaft · Buch" not in words.partition("9 Beziehungen")[0]
    assert "17 Beschäftigte" in desk.get(path, headers={"Accept-Language": "de"}).text


def test_searching_does_not_find_hidden_names(reader: FlaskClient, survey: Survey) -> None:
    assert first_rows(reader.get(f"{PAGE}?q=Beas").text) == ["Beas Hof"]
    assert "<tbody>" not in reader.get(f"{PAGE}?q=Adas").text


def test_files_with_all_names_are_for_the_team(
    reader: FlaskClient, desk: FlaskClient, survey: Survey
) -> None:
    path = f"{PAGE}/files/gexf"
    assert reader.get(f"{path}?names=team").status_code == 403
    assert desk.get(f"{path}?names=nobody").status_code == 404
    assert "Adas Laden" not in desk.get(path).text
    answer = desk.get(f"{path}?names=team")
    assert "Adas Laden" in answer.text
    assert answer.headers["Content-Disposition"] == "attachment; filename=autumn-team.gexf"


def test_the_first_page_is_the_newest_wave_with_answers(
    desk: FlaskClient, session: Session, project: Project, survey: Survey
) -> None:
    later = a_wave(session, project, "spring")
    assert desk.get("/p/buch/networks").location == PAGE
    two = session.query(Organisation).filter_by(code="O2").one()
    a_response(session, later, two, naming(("O1", ["rooms"], 2)))
    assert desk.get("/p/buch/networks").location == "/p/buch/networks/spring"
    assert f'href="{PAGE}"' in desk.get("/p/buch/networks/spring").text


def test_a_wave_without_answers_says_so(
    desk: FlaskClient, session: Session, project: Project
) -> None:
    a_wave(session, project)
    assert "Noch kein Netzwerk" in desk.get(PAGE).text


def test_the_tab_appears_with_the_first_survey_about_ties(
    desk: FlaskClient, session: Session, project: Project
) -> None:
    assert "/networks" not in desk.get("/p/buch/people").text
    assert "Noch kein Netzwerk" in desk.get("/p/buch/networks").text
    a_wave(session, project)
    assert "/p/buch/networks" in desk.get("/p/buch/people").text


@pytest.mark.parametrize("path", ["", "/O1", "/files/csv"])
def test_a_foreign_wave_looks_like_one_that_is_not_there(
    desk: FlaskClient, session: Session, elsewhere: Project, carim: User, path: str
) -> None:
    a_wave(session, elsewhere, "theirs")
    a_wave(session, elsewhere, "mine")
    for slug in ("theirs", "nowhere"):
        assert desk.get(f"/p/buch/networks/{slug}{path}").status_code == 404
    assert desk.get(f"/p/elsewhere/networks/theirs{path}").status_code == 404


def test_unknown_organisations_are_not_there(desk: FlaskClient, survey: Survey) -> None:
    assert {desk.get(f"{PAGE}/{code}").status_code for code in ("O9", "new-1", "x")} == {404}


def test_whatever_people_wrote_is_text(
    desk: FlaskClient, session: Session, survey: Survey
) -> None:
    evil = "<script>alert(1)</script>\"'&"
    one = session.query(Organisation).filter_by(code="O1").one()
    one.name = one.short_name = evil
    session.commit()
    for path in (PAGE, f"{PAGE}/O1", f"{PAGE}?q=%3Cscript%3E", f"{PAGE}?tie=%00%3Cb%3E&all=1"):
        answer = desk.get(path)
        assert answer.status_code == 200
        assert "<script>alert" not in answer.text
        assert 'value="<b>' not in answer.text


def test_a_network_of_a_hundred_is_light_on_the_wire(
    desk: FlaskClient, session: Session, project: Project,
    keep: Callable[[Any], Any],
) -> None:  # fmt: skip
    survey = a_wave(session, project)
    people = [
        an_organisation(
            project, f"O{n:03}", f"Gemeinnütziger Verein Nummer {n} e.V.",
            [*Sector][n % 4], short_name=f"Verein {n}", locality="karow", kind="provider",
        )
        for n in range(100)
    ]  # fmt: skip
    session.add_all(people)
    session.commit()
    for n, organisation in enumerate(people):
        partners = [(f"O{(n * k + k) % 100:03}", ["rooms"], 1 + k % 3) for k in (1, 7, 31)]
        a_response(session, survey, organisation, naming(*partners, dreams=["O001"]))
    assert weight(desk, f"{PAGE}?all=1") <= 75_000


def weight(browser: FlaskClient, path: str) -> int:
    """All bytes of a first visit, compressed as a browser asks for them."""
    coded = {"Accept-Encoding": "gzip, br"}
    answer = browser.get(path, headers=coded)
    packed = answer.headers.get("Content-Encoding")
    assert packed in ("br", "gzip")
    page = gzip.decompress(answer.data).decode() if packed == "gzip" else browser.get(path).text
    files = set(re.findall(r'(?:href|src)="(/static/[^"#]*)', page))
    assert len(files) >= 3
    return len(answer.data) + sum(len(browser.get(f, headers=coded).data) for f in files)
