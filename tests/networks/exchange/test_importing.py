"""A network out of a file into a project, and out of it again."""

import io
import re
from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from markupsafe import escape
from sqlalchemy import select
from sqlalchemy.orm import Session

from core import clock
from core.forms import tidy
from networks.exchange import importing
from networks.exchange.exporting import WRITERS
from networks.exchange.plain import PlainNetwork, PlainTie
from networks.models import NetworkImport, RecordedTie, Source
from people.models import Organisation, Project, Sector
from people.naming import registered
from surveys.models import Survey
from tests.hostile import STRINGS
from tests.networks.exchange.plainly import a_node, plain
from tests.networks.story import a_wave
from tests.story import NOON, an_organisation

PAGE = "/p/buch/networks/import"
ENGLISH = {"Accept-Language": "en"}
TIES = "source;target;kinds;strength\nRadhaus;AWO Pankow;rooms;3\nAWO Pankow;Küche neu;;1\n"


@pytest.fixture
def known(session: Session, project: Project) -> list[Organisation]:
    found = [
        an_organisation(project, "O1", "Radhaus Buch gGmbH", short_name="Radhaus"),
        an_organisation(project, "O2", "Arbeiterwohlfahrt Pankow e.V.", short_name=""),
        an_organisation(project, "O3", "Sprachbrücke", Sector.SCIENCE),
    ]
    session.add_all(found)
    session.commit()
    return found


def upload(desk: FlaskClient, content: bytes | str, name: str = "a.csv", **more: Any) -> str:
    body = content if isinstance(content, bytes) else content.encode()
    data = {"key": "k", "seen": "2026-11-02", "file": (io.BytesIO(body), name)} | more
    answer = desk.post(PAGE, data=data)
    assert answer.status_code == 303, answer.text
    return answer.location


def ties(session: Session) -> set[tuple[str, str, str, int]]:
    """Who is tied to whom, by name, with kind and strength."""
    session.expire_all()
    name = dict(session.execute(select(Organisation.id, Organisation.name)).all())
    rows = session.scalars(select(RecordedTie))
    return {(name[row.a_id], name[row.b_id], row.kind, row.strength) for row in rows}


def test_nothing_is_written_before_somebody_has_said_who_is_who(
    desk: FlaskClient, session: Session, project: Project, known: list[Organisation]
) -> None:
    page = desk.get(upload(desk, TIES)).text
    assert "Küche neu" in page and "AWO Pankow" in page
    assert page.count('type="radio" name="who-') == 2  # leave out, or add
    assert ties(session) == set()
    assert len(registered(session, project)) == 3


def test_ties_between_those_who_are_known_are_taken_over_and_others_left_out(
    desk: FlaskClient, session: Session, project: Project, known: list[Organisation]
) -> None:
    page = upload(desk, TIES)
    assert desk.post(page, data={}).location == page
    radhaus, awo = known[0].name, known[1].name
    assert ties(session) == {(radhaus, awo, "rooms", 3)}
    assert len(registered(session, project)) == 3
    row = session.scalars(select(RecordedTie)).one()
    assert (row.source, row.about, str(row.seen), row.by) == (
        Source.IMPORT, "a.csv", "2026-11-02", "Birte",
    )  # fmt: skip
    assert not row.is_directed


def test_a_new_organisation_is_added_only_when_chosen_and_needs_a_sector(
    desk: FlaskClient, session: Session, project: Project, known: list[Organisation]
) -> None:
    page = upload(desk, TIES)
    refused = desk.post(page, data={"who-2": "new"})
    assert refused.status_code == 422 and 'id="sector-error"' in refused.text
    assert 'value="new" checked' in refused.text  # what was chosen stays
    assert ties(session) == set()
    desk.post(page, data={"who-2": "new", "sector": "society"})
    session.expire_all()
    added = registered(session, project)[-1]
    assert (added.name, added.sector, added.code) == ("Küche neu", Sector.SOCIETY, "O04")
    assert len(ties(session)) == 2


def test_whoever_is_called_almost_alike_can_be_the_same(
    desk: FlaskClient, session: Session, known: list[Organisation]
) -> None:
    page = upload(desk, "source,target\nSprachbrüke,Radhaus\n")
    assert "Sprachbrücke" in desk.get(page).text
    desk.post(page, data={"who-0": "O3"})
    assert ties(session) == {(known[0].name, "Sprachbrücke", "", 0)}


def test_candidates_stand_there_with_their_reasons(
    desk: FlaskClient, session: Session, project: Project, known: list[Organisation]
) -> None:
    names = (
        "Sprachbrücke",
        "Sprachbrücke Karow",
        "Sprachbrücken",
        "Sprachbrücke Verein",
        "AWO",
    )
    twins = [an_organisation(project, f"T{n}", name) for n, name in enumerate(names)]
    session.add_all(twins)
    session.commit()
    page = desk.get(upload(desk, "source,target\nSprachbrüke,Radhaus\n"), headers=ENGLISH).text
    offered = re.findall(r'name="who-0" value="(\w+)"', page)
    assert 1 < len(offered) - 1 <= 4 and {"O3", "T0"} <= {*offered}  # the other one is "new"
    assert "a slip of the pen" in page


def test_anyone_in_the_register_can_be_chosen_by_name(
    desk: FlaskClient, session: Session, project: Project, known: list[Organisation]
) -> None:
    page = upload(desk, TIES)
    assert '<option value="Sprachbrücke">O3</option>' in desk.get(page).text
    desk.post(page, data={"who-2": "new", "name-2": " Sprachbrücke "})  # what is typed counts
    assert {(a, b) for a, b, _, _ in ties(session)} == {
        (known[0].name, known[1].name), (known[1].name, "Sprachbrücke"),
    }  # fmt: skip
    assert len(registered(session, project)) == 3
    assert desk.post(page, data={"name-2": "nobody"}).status_code == 303  # it is done already


def test_of_two_with_one_name_the_code_says_which(
    desk: FlaskClient, session: Session, project: Project, known: list[Organisation]
) -> None:
    session.add(an_organisation(project, "O4", "Sprachbrücke"))
    session.commit()
    page = upload(desk, TIES)
    assert 'value="Sprachbrücke (O4)"' in desk.get(page).text
    refused = desk.post(page, data={"name-2": "Sprachbrücke"})
    assert refused.status_code == 422 and 'id="name-2-error"' in refused.text
    desk.post(page, data={"name-2": "Sprachbrücke (O4)"})
    session.expire_all()
    assert session.query(Organisation).filter_by(code="O4").one().id in {
        row.b_id for row in session.scalars(select(RecordedTie))
    }


@pytest.mark.parametrize("typed", [*STRINGS, "O999", "Niemand"])
def test_a_name_that_nobody_has_is_said_at_its_field_and_stays(
    desk: FlaskClient, session: Session, known: list[Organisation], typed: str
) -> None:
    page = upload(desk, TIES)
    answer = desk.post(page, data={"who-0": "O3", "name-2": typed, "name-²": "x"})
    if tidy(typed):
        assert answer.status_code == 422
        assert f'value="{escape(tidy(typed)[:250])}"' in answer.text
        assert 'aria-describedby="name-2-error"' in answer.text
        assert ties(session) == set()
    else:
        assert answer.status_code == 303


def test_undo_takes_back_what_the_import_added_and_nothing_else(
    desk: FlaskClient, session: Session, project: Project, known: list[Organisation]
) -> None:
    desk.post(upload(desk, "source,target\nRadhaus,AWO Pankow\n", key="first"), data={})
    before = ties(session)
    page = upload(desk, "source,target\nRadhaus,AWO Pankow\nRadhaus,Neu\n", key="second")
    desk.post(page, data={"who-2": "new", "sector": "economy"})
    assert len(ties(session)) == 2
    assert desk.post(f"{page}/undoing").status_code == 303
    assert ties(session) == before
    assert len(registered(session, project)) == 3
    assert "<form" in desk.get(page).text and "undoing" not in desk.get(page).text
    desk.post(f"{page}/undoing")  # twice is once
    assert ties(session) == before


def test_an_organisation_that_was_changed_meanwhile_stays(
    desk: FlaskClient, session: Session, project: Project, known: list[Organisation]
) -> None:
    page = upload(desk, TIES)
    desk.post(page, data={"who-2": "new", "sector": "society"})
    session.expire_all()
    registered(session, project)[-1].changed()
    session.commit()
    answer = desk.post(f"{page}/undoing", follow_redirects=True)
    assert "O04" in answer.text
    assert len(registered(session, project)) == 4
    assert ties(session) == set()


def test_taking_over_twice_takes_over_once(
    desk: FlaskClient, session: Session, project: Project, known: list[Organisation]
) -> None:
    page = upload(desk, TIES)
    for _ in range(2):
        desk.post(page, data={"who-2": "new", "sector": "society"})
    assert len(registered(session, project)) == 4
    assert upload(desk, TIES) == page  # and the same form brings the same file


@pytest.mark.parametrize("format", [*WRITERS])
def test_every_kind_of_file_can_be_brought_in(
    desk: FlaskClient, session: Session, known: list[Organisation], format: str
) -> None:
    endings = {"csv": "zip", "pajek": "net", "kumu": "json"}
    content = WRITERS[format](plain([each.name for each in known]))
    page = upload(desk, content, f"a.{endings.get(format, format)}")
    desk.post(page, data={})
    assert {(a, b) for a, b, _, _ in ties(session)} == {
        (known[0].name, known[1].name), (known[1].name, known[2].name),
    }  # fmt: skip


def test_whoever_stands_in_our_file_with_a_number_is_known_again(
    desk: FlaskClient, session: Session, known: list[Organisation]
) -> None:
    nodes = (
        a_node("O1", "Organisation 1"),
        a_node("O3", "Organisation 3"),
        a_node("O2", "Fremd"),
    )
    links = (PlainTie("O1", "O3"), PlainTie("O1", "O2"))
    page = upload(desk, WRITERS["gexf"](PlainNetwork(nodes, links)), "a.gexf")
    desk.post(page, data={})
    assert ties(session) == {(known[0].name, "Sprachbrücke", "", 0)}


def test_a_direction_in_the_file_is_kept(
    desk: FlaskClient, session: Session, known: list[Organisation]
) -> None:
    page = upload(desk, "source,target,directed\nSprachbrücke,Radhaus,1\n")
    desk.post(page, data={})
    row = session.scalars(select(RecordedTie)).one()
    assert row.is_directed and ties(session) == {("Sprachbrücke", known[0].name, "", 0)}


@pytest.mark.parametrize(
    ("weights", "expected"), [((1, 3), {1, 3}), ((1, 1), {0}), ((1, 17), {0}), ((2.5, 1), {0})]
)
def test_weights_are_a_strength_only_where_they_are_our_steps(
    desk: FlaskClient, session: Session, known: list[Organisation],
    weights: tuple[float, float], expected: set[int],
) -> None:  # fmt: skip
    one, two = weights
    text = f"source,target,weight\nRadhaus,AWO Pankow,{one}\nRadhaus,Sprachbrücke,{two}\n"
    desk.post(upload(desk, text), data={})
    assert {strength for *_, strength in ties(session)} == expected


def test_what_is_amiss_is_said_beside_the_file(desk: FlaskClient) -> None:
    for content, name in ((b"source,target\na,\n", "a.csv"), (b"", "a.gexf"), (b"x", "a.exe")):
        data = {"key": "k", "seen": "2026-11-02", "file": (io.BytesIO(content), name)}
        answer = desk.post(PAGE, data=data)
        assert answer.status_code == 422 and 'id="file-error"' in answer.text
    for content in (
        b"source,target\n",
        b"source,target\n" + b"".join(b"x,%d\n" % n for n in range(1_001)),
    ):
        data = {"key": "k", "seen": "2026-11-02", "file": (io.BytesIO(content), "a.csv")}
        assert desk.post(PAGE, data=data).status_code == 422
    data = {"key": "k", "seen": "2999-01-01", "file": (io.BytesIO(TIES.encode()), "a.csv")}
    assert 'id="seen-error"' in desk.post(PAGE, data=data).text


def test_hostile_names_come_in_as_they_are(
    desk: FlaskClient, session: Session, project: Project
) -> None:
    names = [text[:200] for text in STRINGS]
    network = plain(names)
    page = upload(desk, WRITERS["graphml"](network), "a.graphml")
    new = {f"who-{number}": "new" for number in range(len(network.nodes))}
    assert desk.post(page, data=new).status_code == 303
    expected = [node.name for node in network.nodes]
    assert [each.name for each in registered(session, project)] == expected
    assert desk.get(page).status_code == 200


def test_choices_that_make_no_sense_are_left_out(
    desk: FlaskClient, session: Session, known: list[Organisation]
) -> None:
    page = upload(desk, TIES)
    odd = {
        "who-2": "O999",
        "who-x": "new",
        "who-99999999999": "new",
        "who-0": "O3",
        "who-²": "new",
    }
    assert desk.post(page, data=odd).status_code == 303
    assert len(ties(session)) == 1


def test_a_file_is_kept_for_a_day_only(
    desk: FlaskClient, session: Session, known: list[Organisation]
) -> None:
    page = upload(desk, TIES)
    draft = session.scalars(select(NetworkImport)).one()
    draft.network = {}
    session.commit()
    assert desk.get(page).status_code == 409
    assert desk.post(page, data={}).status_code == 409


def test_the_page_is_led_to_from_the_network(
    desk: FlaskClient, session: Session, project: Project
) -> None:
    assert PAGE in desk.get("/p/buch/networks").text
    survey: Survey = a_wave(session, project)
    assert PAGE in desk.get(f"/p/buch/networks/{survey.slug}").text
    assert desk.get(PAGE).status_code == 200


def test_files_that_nobody_took_over_are_forgotten_after_a_day(
    desk: FlaskClient, session: Session, known: list[Organisation]
) -> None:
    upload(desk, TIES)
    importing.forget_old(session, clock.now() + timedelta(hours=23))
    assert session.scalars(select(NetworkImport)).all()
    importing.forget_old(session, clock.now() + timedelta(hours=25))
    assert session.scalars(select(NetworkImport)).all() == []


def test_a_tie_that_was_removed_comes_back_with_its_file_and_goes_with_undo(
    desk: FlaskClient, session: Session, known: list[Organisation]
) -> None:
    desk.post(upload(desk, TIES), data={})
    row = session.scalars(select(RecordedTie)).one()
    row.removed = NOON
    session.commit()
    desk.post(again := upload(desk, TIES, key="another form"), data={})
    session.expire_all()
    assert row.removed is None
    desk.post(f"{again}/undoing")
    session.expire_all()
    assert row.removed is not None
