"""The page that explains every measure, and what it says of one network."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from networks import explaining
from people.models import Naming, Organisation, Project
from surveys.models import Survey
from tests.networks.story import a_wave
from tests.networks.test_routes import PAGE, demo, reader, survey, text_of

__all__ = ["demo", "reader", "survey"]  # fixtures
MEASURES = f"{PAGE}/measures"
ENGLISH = {"Accept-Language": "en"}


def test_every_measure_is_defined_computed_and_told(desk: FlaskClient, demo: Survey) -> None:
    page = desk.get(MEASURES, headers=ENGLISH).text
    words = text_of(page)
    for each in explaining.ALL:
        card = page.partition(f'id="{each.key}"')[2].partition("</section>")[0]
        for part in (each.title, each.plain, each.limits, each.span, each.source):
            assert part.replace("&", "&amp;") in card.replace("&#39;", "'"), each.key
        assert '<p class="told">' in card
        assert "<math" in card
    for sentence in (
        "Nobody has more ties than Stadtteilzentrum Bucher Bogen e.V. : 9.",
        "Of 100 shortest ways between others, 22 lead over Stadtteilzentrum Bucher Bogen e.V.",
        "Of 100 possible ties, 7.7 exist.",
        "The network has 3 parts; 38 organisations are in the largest. 2 of those who answered",
        "Of 100 nominations, 87 are returned.",
        "It is +0.23.",
        "37 of 60 ties lead across the border of a sector.",
        "All have answered, so no range is needed.",
    ):
        assert sentence in words, sentence


def test_five_stand_first_and_nobody_last(desk: FlaskClient, demo: Survey) -> None:
    page = desk.get(MEASURES, headers=ENGLISH).text
    for each in explaining.EACH:
        card = page.partition(f'id="{each.key}"')[2].partition("</section>")[0]
        assert card.count('<th scope="row">') == 5, each.key
    assert "Kiezbäckerei" not in page  # who stands alone stands in no list of the first


def test_silence_gives_a_range_and_shames_nobody(desk: FlaskClient, survey: Survey) -> None:
    words = text_of(desk.get(MEASURES, headers=ENGLISH).text)
    assert "2 of 4 have answered." in words
    assert "Who has not answered is never called alone" in words
    assert "Had all answered, it could lie between" in words
    assert "0 of those who answered have no tie in it yet." in words


def test_names_stand_there_by_consent(
    desk: FlaskClient, reader: FlaskClient, survey: Survey
) -> None:
    seen = reader.get(MEASURES).text
    assert "Beas Hof" in seen
    for secret in ("Adas Laden", "Cems Kiosk", "Duas Dach", "Edes Erker"):
        assert secret not in seen
    assert "Adas Laden" in desk.get(MEASURES).text


def test_what_unnamed_members_share_names_no_community(
    desk: FlaskClient, reader: FlaskClient, session: Session, demo: Survey
) -> None:
    def names(browser: FlaskClient) -> str:
        page = browser.get(MEASURES, headers=ENGLISH).text
        return text_of(page.partition('id="community"')[2].partition("</section>")[0])

    assert " (community 1), 8 organisations" in names(reader)
    for organisation in session.query(Organisation):
        organisation.naming = Naming.TEAM
    session.commit()
    assert "(community 1)" not in names(reader)
    assert "Community 1 , 8 organisations" in names(reader)
    assert " (community 1), 8 organisations" in names(desk)


def test_measures_are_found_by_a_word(desk: FlaskClient, demo: Survey) -> None:
    page = desk.get(f"{MEASURES}?q=burt", headers=ENGLISH).text
    assert page.count('class="told"') == 2
    page = desk.get(f"{MEASURES}?q=%3Cscript%3E", headers=ENGLISH).text
    assert "No measure is like that." in page
    assert "<script>" not in page


def test_a_network_without_ties_has_nothing_to_measure(
    desk: FlaskClient, session: Session, project: Project
) -> None:
    a_wave(session, project)
    assert desk.get(MEASURES).status_code == 200
    assert desk.get(f"{PAGE.replace('autumn', 'nowhere')}/measures").status_code == 404


def test_an_organisation_sees_where_it_stands(desk: FlaskClient, survey: Survey) -> None:
    words = text_of(desk.get(f"{PAGE}/O3", headers=ENGLISH).text)
    assert "All measures of this organisation" in words
    assert "The range shows what could be, had all answered." in words


@pytest.mark.parametrize("path", [PAGE, f"{PAGE}/O14"])
def test_the_way_to_the_measures_is_short(desk: FlaskClient, demo: Survey, path: str) -> None:
    assert f'href="{MEASURES}' in desk.get(path).text
