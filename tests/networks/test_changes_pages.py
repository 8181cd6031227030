"""The pages of what changed, and of who needs and offers what."""

import re
from time import process_time
from urllib.parse import quote

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from networks.models import Reply
from networks.tying import Say
from people.models import Naming, Offering, Organisation, Project, Sector, Side, User
from surveys.models import Survey
from tests.hostile import STRINGS
from tests.networks.story import a_response, a_wave, demo_wave, naming
from tests.story import NOON, an_organisation, browser_of

BEFORE, AFTER = "/p/buch/networks/autumn", "/p/buch/networks/spring"
PEOPLE = (
    ("O1", "Adas Laden", Naming.TEAM), ("O2", "Beas Hof", Naming.NETWORK),
    ("O3", "Cems Kiosk", Naming.NETWORK), ("O4", "Duas Dach", Naming.TEAM),
)  # fmt: skip


@pytest.fixture
def reader(app: Flask, tarik: User) -> FlaskClient:
    """A browser of someone on the task force."""
    return browser_of(tarik, app)


@pytest.fixture
def people(session: Session, project: Project) -> dict[str, Organisation]:
    found = {
        code: an_organisation(
            project, code, name, [*Sector][n % 2], kind="provider", naming=allowed,
        )
        for n, (code, name, allowed) in enumerate(PEOPLE)
    }  # fmt: skip
    for code, side, term in (
        ("O1", Side.NEED, "rooms"), ("O2", Side.OFFER, "rooms"), ("O2", Side.NEED, "staff"),
        ("O3", Side.NEED, "rooms"), ("O3", Side.NEED, "staff"),
        ("O4", Side.OFFER, "bike_workshop"),
    ):  # fmt: skip
        offering = Offering(project_id=project.id, side=side, term=term)
        found[code].terms = [*found[code].terms, offering]
    session.add_all(found.values())
    session.commit()
    return found


@pytest.fixture
def waves(
    session: Session, project: Project, people: dict[str, Organisation]
) -> tuple[Survey, Survey]:
    """Ada drops Bea for Cem, Bea and Cem stay, and Dua, whom Cem named, is not asked again."""
    before, after = a_wave(session, project), a_wave(session, project, "spring")
    one, two, three, four = people.values()
    new = [{"called": "Edes Erker", "bond": "1"}]
    a_response(session, before, one, naming(("O2", ["rooms"], 1)))
    a_response(session, before, two, naming(("O3", ["rooms"], 1)))
    a_response(session, before, three, naming(("O2", ["rooms"], 1)))
    a_response(session, before, four, naming(("O3", ["rooms"], 2), others=new))
    a_response(session, after, one, naming(("O3", ["rooms"], 3)))
    a_response(session, after, two, naming(("O3", ["rooms"], 3)))
    a_response(session, after, three, naming(("O2", ["rooms"], 3)))
    return before, after


def seen(client: FlaskClient, path: str) -> str:
    return client.get(path, headers={"Accept-Language": "en"}).text


def text_of(html: str) -> str:
    words = " ".join(re.sub("<[^>]*>", " ", html).split())
    return words.replace("&amp;", "&").replace("\xa0", " ").replace("\xad", "")


def rows_of(html: str) -> list[str]:
    body = html.partition('id="table"')[2].partition("<tbody>")[2].partition("</tbody>")[0]
    return [text_of(row) for row in body.split("</tr>")[:-1]]


def test_what_came_stayed_and_went_is_told_and_drawn(
    desk: FlaskClient, waves: tuple[Survey, Survey]
) -> None:
    page = seen(desk, f"{AFTER}/changes")
    rows = rows_of(page)
    assert [("new" in r, "still there" in r, "not named any more" in r) for r in rows[:3]] == [
        (True, False, False), (False, True, False), (False, False, True),
    ]  # fmt: skip
    assert "Adas Laden Cems Kiosk" in rows[0]
    assert "Beas Hof Cems Kiosk" in rows[1]
    assert "closer than before" in rows[1]
    assert "Adas Laden Beas Hof" in rows[2]
    assert "open: not answered again" in rows[3]
    assert "open: only one survey knows both" in rows[4]
    for kind in ("new", "kept", "lost", "unheard", "beyond"):
        assert page.count(f'<line class="way {kind}" x1="2"') >= 1, kind
    picture = page[page.index('<svg class="net fits overlay"') :].partition(
        "</svg>\n</figure>"
    )[0]
    assert re.findall(r'<line class="way (\w+)"', picture) == [
        "unheard", "beyond", "kept", "lost", "new",
    ]  # fmt: skip


def test_response_rates_stand_beside_the_figures(
    desk: FlaskClient, waves: tuple[Survey, Survey]
) -> None:
    words = text_of(seen(desk, f"{AFTER}/changes"))
    assert "Earlier, 4 of 4 have answered; later, 3 of 4. 3 answered both times." in words
    assert "Have answered 4 / 4 100 % 3 / 4 75 % 3 / 3 100 % 3 / 3 100 %" in words
    assert "1 was named by someone who has not answered again." in words


def test_it_does_not_matter_from_which_of_the_two_one_looks(
    desk: FlaskClient, waves: tuple[Survey, Survey]
) -> None:
    there = rows_of(seen(desk, f"{AFTER}/changes?with=autumn"))
    assert there == rows_of(seen(desk, f"{BEFORE}/changes"))
    assert there == rows_of(seen(desk, f"{BEFORE}/changes?with=spring"))


def test_everyone_stands_where_they_stand_in_the_newer_wave(
    desk: FlaskClient, waves: tuple[Survey, Survey]
) -> None:
    mark = re.compile(r'<use href="[^"]*#\w+" x="([\d.]+)" y="([\d.]+)" width="([\d.]+)"')

    def centres(path: str) -> set[tuple[int, int]]:
        page = seen(desk, path)
        found = mark.findall(page[page.index('<svg class="net') :])
        values = [[float(v) for v in each] for each in found]
        return {(round(x + w / 2), round(y + w / 2)) for x, y, w in values}

    now, both = centres(AFTER), centres(f"{AFTER}/changes")
    assert len(now) == 3
    assert now < both
    assert len(both) == 5


def test_the_table_is_sorted_and_searched_by_what_the_reader_may_see(
    desk: FlaskClient, reader: FlaskClient, waves: tuple[Survey, Survey]
) -> None:
    path = f"{AFTER}/changes"
    assert len(rows_of(seen(desk, f"{path}?q=adas"))) == 2
    assert rows_of(seen(reader, f"{path}?q=adas")) == []
    assert len(rows_of(seen(reader, f"{path}?q=bea"))) == 2
    assert len(rows_of(seen(desk, f"{path}?change=lost"))) == 1
    by_name = rows_of(seen(desk, f"{path}?sort=name"))
    assert by_name == sorted(by_name)
    assert "closer" in rows_of(seen(desk, f"{path}?sort=strength"))[0]
    assert rows_of(seen(desk, f"{path}?sort=x&change=%00&q=")) == rows_of(seen(desk, path))


def test_no_hidden_name_is_in_the_changes_or_the_terms(
    desk: FlaskClient, reader: FlaskClient, waves: tuple[Survey, Survey]
) -> None:
    for path in (f"{AFTER}/changes", f"{BEFORE}/changes?sort=name", f"{AFTER}/terms?all=1"):
        told, all_ = seen(reader, path), seen(desk, path)
        assert "Beas Hof" in told
        for secret in ("Adas Laden", "Duas Dach", "Edes Erker"):
            assert secret not in told, (path, secret)
        assert "Adas Laden" in all_


@pytest.mark.parametrize(("says", "for_team"), [(Say.HIDE, True), (Say.WRONG, False)])
def test_a_tie_that_somebody_hides_or_denies_is_not_told_as_lost(
    desk: FlaskClient, reader: FlaskClient, session: Session, says: Say, for_team: bool,
    people: dict[str, Organisation], waves: tuple[Survey, Survey],
) -> None:  # fmt: skip
    two, three = people["O2"], people["O3"]
    reply = Reply(
        project_id=two.project_id, survey_id=waves[1].id, organisation_id=two.id,
        other_id=three.id, says=says, at=NOON,
    )  # fmt: skip
    session.add(reply)
    session.commit()
    for client, is_told in ((desk, for_team), (reader, False)):
        page = seen(client, f"{AFTER}/changes")
        told = [row for row in rows_of(page) if "Beas Hof" in row and "Cems Kiosk" in row]
        assert bool(told) is is_told
    assert ("1 tie is left out" in text_of(seen(desk, f"{AFTER}/changes"))) is not for_team
    assert "left out:" not in text_of(page)


def test_what_an_unnamed_organisation_needs_is_left_out_and_counted(
    desk: FlaskClient, reader: FlaskClient, waves: tuple[Survey, Survey]
) -> None:
    assert 'id="t-bike_workshop"' in seen(desk, f"{AFTER}/terms")
    page = seen(reader, f"{AFTER}/terms")
    assert "bike_workshop" not in page
    assert "2 organisations more have said so" in text_of(page)


def test_with_one_wave_the_page_says_what_to_do(
    desk: FlaskClient, reader: FlaskClient, session: Session, project: Project,
    people: dict[str, Organisation],
) -> None:  # fmt: skip
    first = a_wave(session, project)
    a_response(session, first, people["O1"], naming(("O2", ["rooms"], 1)))
    a_wave(session, project, "spring")
    for path in (f"{BEFORE}/changes", f"{AFTER}/changes", f"{BEFORE}/changes?with=spring"):
        page = seen(desk, path)
        assert "There is nothing to compare yet" in page
        assert "/p/buch/surveys/" in page.partition("<main")[2]
    assert "Nobody has answered “Spring” yet." in page
    assert "/surveys/" not in seen(reader, f"{BEFORE}/changes").partition("<main")[2]


def test_a_comparison_with_a_foreign_wave_looks_like_one_with_none(
    desk: FlaskClient, session: Session, elsewhere: Project, waves: tuple[Survey, Survey]
) -> None:
    a_wave(session, elsewhere, "theirs")
    for slug in ("theirs", "nowhere"):
        assert desk.get(f"{AFTER}/changes?with={slug}").status_code == 404
        assert desk.get(f"/p/buch/networks/{slug}/changes").status_code == 404
        assert desk.get(f"/p/buch/networks/{slug}/terms").status_code == 404


def test_a_wave_compared_with_itself_is_compared_with_another(
    desk: FlaskClient, waves: tuple[Survey, Survey]
) -> None:
    same = rows_of(seen(desk, f"{AFTER}/changes?with=spring"))
    assert same == rows_of(seen(desk, f"{AFTER}/changes"))


def test_the_answers_of_today_are_in_the_changes_of_today(
    desk: FlaskClient, session: Session, people: dict[str, Organisation],
    waves: tuple[Survey, Survey],
) -> None:  # fmt: skip
    assert "open: not answered again" in seen(desk, f"{AFTER}/changes")
    a_response(session, waves[1], people["O4"], naming(("O1", ["rooms"], 1)))
    rows = rows_of(seen(desk, f"{AFTER}/changes"))
    assert len([row for row in rows if "open" in row]) == 1  # whom nobody names any more
    assert len([row for row in rows if "not named any more" in row]) == 2


def test_who_needs_and_offers_what_is_told_drawn_and_listed(
    desk: FlaskClient, waves: tuple[Survey, Survey]
) -> None:
    page = seen(desk, f"{AFTER}/terms")
    words = text_of(page)
    assert "1 term is needed by one and offered by another. Rooms (2)" in words
    assert "1 term is needed, and nobody here offers it: Staff / skilled workers (2)" in words
    assert page.count('<path class="c-met"') == 3
    assert page.count('<path class="c-kept"') == 3
    rows = {row.partition(" Needed")[0]: row for row in rows_of(page)}
    assert "Adas Laden Cems Kiosk" in rows["Rooms"]
    assert "Beas Hof Cems Kiosk both" not in words
    assert "Beas Hof Cems Kiosk need Staff / skilled workers 1.00" in words
    meetings = page.partition('id="meetings"')[2].partition("</tbody>")[0]
    assert "work with each other" in meetings  # Cem and Bea
    assert "none yet" in meetings  # Ada and Bea do no more


@pytest.mark.parametrize(
    ("query", "terms"),
    [
        ("group=workshop", ["bike_workshop"]),
        ("only=met", ["rooms"]),
        ("only=gaps", ["staff"]),
        ("only=idle", ["bike_workshop"]),
        ("sector=economy", ["rooms", "staff"]),
        ("sort=offered", ["rooms", "bike_workshop", "staff"]),
        ("sort=name", ["bike_workshop", "rooms", "staff"]),
        ("group=nonsense&sort=x&only=%00&sector=y", ["rooms", "staff", "bike_workshop"]),
    ],
)
def test_terms_are_filtered_and_sorted(
    desk: FlaskClient, waves: tuple[Survey, Survey], query: str, terms: list[str]
) -> None:
    page = seen(desk, f"{AFTER}/terms?{query}")
    found = re.findall(r'<tr id="t-(\w+)"', page)
    assert found == terms if "sort" in query else set(found) == set(terms)


def test_a_long_name_is_shortened_in_the_picture_and_told_in_full(
    desk: FlaskClient, session: Session, people: dict[str, Organisation],
    waves: tuple[Survey, Survey],
) -> None:  # fmt: skip
    people["O1"].name = people["O1"].short_name = "Lang" * 20
    session.commit()
    page = seen(desk, f"{AFTER}/terms")
    picture = page[page.index('class="threads"') :].partition("</svg>\n  </div>")[0]
    short = ("Lang" * 20)[:33] + "…"
    assert f'aria-label="{short}, {"Lang" * 20}, needs: Rooms"' in picture
    assert f">{short}</text>" in picture


def test_without_needs_and_offers_the_page_says_where_they_come_from(
    desk: FlaskClient, session: Session, project: Project
) -> None:
    a_wave(session, project)
    page = seen(desk, f"{BEFORE}/terms")
    assert "No needs and offers here yet" in page
    assert "Nobody in this selection" in seen(desk, f"{BEFORE}/terms?group=work")


@pytest.mark.parametrize("evil", STRINGS[:60])
def test_whatever_people_wrote_is_text(
    desk: FlaskClient, session: Session, people: dict[str, Organisation],
    waves: tuple[Survey, Survey], evil: str,
) -> None:  # fmt: skip
    name = "".join(c for c in evil if c.isprintable())[:120] or "x"
    people["O1"].name = people["O1"].short_name = f"<script>{name}"
    session.commit()
    for path in (
        f"{AFTER}/changes?q={quote(evil[:200])}",
        f"{AFTER}/terms?group={quote(evil[:200])}",
    ):
        answer = desk.get(path)
        assert answer.status_code == 200
        assert "<script>" + name[:1] not in answer.text.partition("<main")[2]


def test_the_demo_and_itself_a_year_later_are_compared_in_time(
    desk: FlaskClient, session: Session, project: Project
) -> None:
    before = demo_wave(session, project)
    after = a_wave(session, project, "spring")
    people = {each.code: each for each in session.query(Organisation).all()}
    for code in [*people][:20]:
        a_response(session, after, people[code], naming(("O14", ["rooms"], 1)))
    assert before.created == after.created == NOON  # who was made later comes later
    desk.get(f"{AFTER}/changes")
    begun = process_time()
    words = text_of(seen(desk, f"{AFTER}/changes"))
    assert process_time() - begun < 1.5
    assert "Earlier, 40 of 40 have answered; later, 20 of 40." in words
