"""Who was named by others has their say by link."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from networks.analysing import Analysis
from networks.finding import find
from networks.models import NamedLink, Reply
from networks.network import Network
from networks.states import state_of
from networks.suggesting import suggest
from networks.tying import State
from people.models import Naming, NamingDecision, Organisation, Project, Sector, User
from surveys.models import Survey
from surveys.reporting import freezing, publishing
from surveys.reporting.figures import Figure
from surveys.reporting.models import Frozen
from tests.hostile import STRINGS
from tests.networks.story import a_response, a_wave, naming, network_of
from tests.story import NOON, an_organisation, browser_of

PAGE = "/p/buch/networks/autumn"
ENGLISH = {"Accept-Language": "en"}


@pytest.fixture
def reader(app: Flask, tarik: User) -> FlaskClient:
    """A browser of someone on the task force."""
    return browser_of(tarik, app)


@pytest.fixture
def people(session: Session, project: Project) -> dict[str, Organisation]:
    found = {
        code: an_organisation(project, code, name, Sector.SOCIETY, kind="provider", naming=may)
        for code, name, may in (
            ("O1", "Adas Laden", Naming.TEAM), ("O2", "Beas Hof", Naming.NETWORK),
            ("O3", "Cems Kiosk", Naming.TEAM), ("O4", "Duas Dach", Naming.NETWORK),
        )
    }  # fmt: skip
    session.add_all(found.values())
    session.commit()
    return found


@pytest.fixture
def survey(session: Session, project: Project, people: dict[str, Organisation]) -> Survey:
    """Ada and Bea name Cem, who has not answered; Ada calls the tie close."""
    survey = a_wave(session, project)
    a_response(
        session, survey, people["O1"], naming(("O3", ["rooms"], 3), ("O2", ["rooms"], 2))
    )
    a_response(session, survey, people["O2"], naming(("O3", ["funding"], 1)))
    return survey


@pytest.fixture
def link(desk: FlaskClient, survey: Survey) -> str:
    """The address on Cem's link."""
    desk.post(f"{PAGE}/named", data={"organisation": "O3"})
    return the_link(desk)


@pytest.fixture
def cem(app: Flask) -> FlaskClient:
    """A browser in which nobody has signed in."""
    return app.test_client()


def the_link(desk: FlaskClient) -> str:
    (found,) = re.findall(r'value="[^"]*(/named/[0-9a-f]{32})"', desk.get(f"{PAGE}/named").text)
    return str(found)


def words(html: str) -> str:
    return " ".join(re.sub("<[^>]*>", " ", html).split())


def network(session: Session, survey: Survey) -> Network:
    session.expire_all()
    return network_of(session, survey)


def states(session: Session, survey: Survey) -> dict[str, State]:
    """The ties of Cem that count, by who named them."""
    ties = network(session, survey).ties
    return {each.other("O3"): each.state for each in ties if "O3" in each.pair}


def test_links_are_made_for_those_who_were_named_and_agreed_to_nothing(
    desk: FlaskClient, session: Session, survey: Survey
) -> None:
    page = desk.get(f"{PAGE}/named", headers=ENGLISH).text
    assert re.findall(r'name="organisation" value="(O\d)"', page) == ["O3"]  # nobody names Ada
    for _ in range(2):
        desk.post(f"{PAGE}/named", data={"all": "1"})
    (row,) = session.query(NamedLink)
    address = the_link(desk)
    assert address.removeprefix("/named/") not in repr(vars(row))  # only its hash is kept
    table = desk.post(f"{PAGE}/named/mail-merge.csv").text
    assert "Cems Kiosk" in table and address in table
    assert "Links (1)" in words(desk.get(f"{PAGE}/named", headers=ENGLISH).text)


def test_no_link_opens_before_it_is_made_or_after_it_is_withdrawn(
    desk: FlaskClient, cem: FlaskClient, link: str
) -> None:
    assert cem.get(link).status_code == 200
    desk.post(f"{PAGE}/named/O3/removal")
    assert cem.get(link).status_code == 404
    assert cem.post(link, data={"naming": "public"}).status_code == 404
    desk.post(f"{PAGE}/named", data={"all": "1"})
    assert the_link(desk) != link


def test_who_guesses_links_is_slowed_down(cem: FlaskClient, link: str) -> None:
    tries = [cem.get(f"/named/{number:032x}").status_code for number in range(12)]
    assert tries == [404] * 10 + [429] * 2
    assert cem.get(link).status_code == 200


def test_who_named_them_is_told_only_with_consent_and_never_how_close(
    cem: FlaskClient, link: str
) -> None:
    text = words(cem.get(link, headers=ENGLISH).text)
    assert "Beas Hof Says: we work together. What about? funding" in text
    assert "Organisation 1 (provider)" in text.replace("Provider", "provider")
    for secret in ("Adas Laden", "close", "loose", "Duas Dach"):
        assert secret not in text


def test_what_is_not_right_is_denied(
    cem: FlaskClient, desk: FlaskClient, session: Session, survey: Survey, link: str
) -> None:
    before = state_of(session, survey)
    assert cem.post(link, data={"naming": "team", "tie-O1": "wrong"}).status_code == 303
    assert state_of(session, survey) != before
    assert states(session, survey) == {"O2": State.UNKNOWN}
    text = words(desk.get(f"{PAGE}/O3", headers=ENGLISH).text)
    assert "Not counted" in text and "one side says that there is no such tie" in text
    assert "is not right" in desk.get(f"{PAGE}/ties/O1/O3", headers=ENGLISH).text
    cem.post(link, data={"tie-O1": "show"})  # and changes their mind
    assert states(session, survey) == {"O1": State.UNKNOWN, "O2": State.UNKNOWN}


def test_to_show_confirms_only_with_a_word(
    cem: FlaskClient, session: Session, survey: Survey, link: str
) -> None:
    cem.post(link, data={"tie-O1": "show", "tie-O2": "confirm"})
    assert states(session, survey) == {"O1": State.UNKNOWN, "O2": State.CONFIRMED}
    page = cem.get(link).text
    assert re.findall(r'name="tie-O2" value="(\w+)" checked', page) == ["confirm"]


def test_nobody_outside_the_team_sees_what_is_hidden(
    cem: FlaskClient, reader: FlaskClient, desk: FlaskClient, session: Session, survey: Survey,
    link: str,
) -> None:  # fmt: skip
    cem.post(link, data={"naming": "network", "tie-O1": "hide", "tie-O2": "hide"})
    assert "3 ties" in desk.get(PAGE, headers=ENGLISH).text
    assert "1 tie." in words(reader.get(PAGE, headers=ENGLISH).text)
    text = reader.get(f"{PAGE}/ties/O1/O3", headers=ENGLISH).text
    assert "Nobody speaks of a tie" in text
    assert "Names the other" not in text
    assert "Cems Kiosk" not in reader.get(f"{PAGE}/O1").text
    assert "Cems Kiosk" not in reader.get(f"{PAGE}/files/svg").text  # though it may be named
    assert "Cems Kiosk" not in reader.get(f"{PAGE}/picture.svg").text
    assert desk.post(f"{PAGE}/stand").status_code == 303
    session.expire_all()
    frozen = session.scalars(select(Frozen)).one()
    assert "Cems Kiosk" not in f"{frozen.content} {frozen.public}"
    assert desk.get(f"{PAGE}/files/graphml").text.count("<edge ") == 1  # for others
    assert desk.get(f"{PAGE}/files/graphml?names=team").text.count("<edge ") == 3
    assert "hidden outside the team" in desk.get(f"{PAGE}/ties/O1/O3", headers=ENGLISH).text


def test_who_hides_a_tie_is_not_said_to_have_none(
    cem: FlaskClient, reader: FlaskClient, desk: FlaskClient, session: Session, survey: Survey,
    people: dict[str, Organisation], link: str,
) -> None:  # fmt: skip
    cem.post(link, data={"naming": "network", "tie-O1": "hide", "tie-O2": "hide"})
    a_response(session, survey, people["O3"], naming())
    page = words(reader.get(f"{PAGE}?ego=O3", headers=ENGLISH).text)
    assert "Nothing is to be shown here." in page
    assert "named by nobody" not in page
    assert "Adas Laden" in desk.get(f"{PAGE}?ego=O3", headers=ENGLISH).text
    part = network(session, survey).for_audience(Naming.NETWORK)
    assert "open" not in {each.kind for each in find(Analysis(part), [], {})}


def test_whose_only_tie_is_denied_is_not_said_to_name_nobody(
    cem: FlaskClient, reader: FlaskClient, desk: FlaskClient, session: Session, survey: Survey,
    people: dict[str, Organisation], link: str,
) -> None:  # fmt: skip
    a_response(session, survey, people["O4"], naming(("O3", ["rooms"], 2)))
    cem.post(link, data={"naming": "network", "tie-O4": "wrong"})
    team = words(desk.get(f"{PAGE}?ego=O4", headers=ENGLISH).text)
    assert "None out of the answers." in team
    others = [reader.get(f"{PAGE}{at}", headers=ENGLISH).text for at in ("?ego=O4", "/O4")]
    assert all("Nothing is to be shown here." in each for each in others)
    assert not any("named by nobody" in words(each) for each in (team, *others))
    for audience in (Naming.TEAM, Naming.NETWORK):
        part = network(session, survey).for_audience(audience)
        assert [node.code for node in Analysis(part).isolates] == ["O4"]
        assert "open" not in {each.kind for each in find(Analysis(part), [], {})}


def test_those_whose_tie_is_hidden_are_suggested_to_nobody(
    cem: FlaskClient, reader: FlaskClient, session: Session, survey: Survey, link: str
) -> None:
    cem.post(link, data={"naming": "network", "tie-O1": "hide"})
    for audience in (Naming.TEAM, Naming.NETWORK):
        part = network(session, survey).for_audience(audience)
        assert ("O1", "O3") not in {each.pair for each in suggest(part, {})}
    page = words(reader.get(f"{PAGE}/introductions", headers=ENGLISH).text)
    assert "but not with each other" not in page


def test_figures_for_others_go_together(
    cem: FlaskClient, session: Session, survey: Survey, link: str
) -> None:
    cem.post(link, data={"tie-O1": "hide", "tie-O2": "hide"})
    whole = network(session, survey)
    part = whole.for_audience(Naming.NETWORK)
    assert whole.for_audience(Naming.TEAM) is whole
    assert ([*whole.nodes], len(whole.ties)) == (["O1", "O2", "O3"], 3)
    assert ([*part.nodes], len(part.ties)) == (["O1", "O2"], 1)
    assert [*part.silent] == ["O3", "O4"]  # as if nobody had named Cem
    assert part.asked == whole.asked


def test_hiding_takes_back_what_everyone_could_see(
    cem: FlaskClient, session: Session, survey: Survey, link: str
) -> None:
    figure = Figure("Netz", "Wer?", "de", "n = 3", ("a", "b"), (("c", "1"),), svg="<svg/>")
    frozen, _ = freezing.freeze(session, survey, figure, "Ada", NOON, figure)
    publishing.publish(session, survey, [frozen.code], NOON)
    session.commit()
    cem.post(link, data={"naming": "team", "tie-O1": "hide"})
    session.expire_all()
    assert not session.scalars(select(Frozen)).one().is_public


def test_the_name_is_decided_by_link_and_the_word_is_kept(
    cem: FlaskClient, session: Session, people: dict[str, Organisation], link: str
) -> None:
    cem.post(link, data={"naming": "public"})
    session.expire_all()
    assert people["O3"].naming == Naming.PUBLIC
    (decision,) = session.scalars(select(NamingDecision))
    assert (decision.naming, decision.by) == (Naming.PUBLIC, "")


@pytest.mark.parametrize("sent", [{"naming": "nobody"}, {"tie-O1": "maybe"}])
def test_what_was_not_offered_changes_nothing(
    cem: FlaskClient, session: Session, link: str, sent: dict[str, str]
) -> None:
    answer = cem.post(link, data={"tie-O2": "hide"} | sent, headers=ENGLISH)
    assert answer.status_code == 422
    assert re.findall(r'name="tie-O2" value="(\w+)" checked', answer.text) == ["hide"]
    assert session.query(Reply).count() == 0


def test_a_link_speaks_for_ones_own_ties_only(
    cem: FlaskClient, session: Session, survey: Survey, link: str
) -> None:
    cem.post(link, data={"tie-O4": "confirm", "tie-X1": "wrong"})
    assert session.query(Reply).count() == 0


@pytest.mark.parametrize("code", ["de", "ar", "uk", "ru", "prs", "tr", "en"])
def test_the_page_speaks_every_language(cem: FlaskClient, link: str, code: str) -> None:
    page = cem.get(link, headers={"Accept-Language": "fa-AF" if code == "prs" else code}).text
    assert f'dir="{"rtl" if code in ("ar", "prs") else "ltr"}"' in page.partition("<head>")[0]


def test_names_that_hurt_are_text(
    cem: FlaskClient, session: Session, people: dict[str, Organisation], link: str
) -> None:
    for string in STRINGS[::11]:
        people["O2"].name = people["O3"].name = string.replace("\x00", "") or "x"
        session.commit()
        page = cem.get(link)
        assert page.status_code == 200
        assert "<script>window" not in page.text
