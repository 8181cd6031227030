"""No organisation is named where it did not agree: on no page outside the team, in no file.

One test that looks everywhere, so that whoever adds a page or a format need not remember.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from hashlib import sha256
from urllib.parse import unquote

import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image
from sqlalchemy.orm import Session

from networks.exchange.kinds import KINDS_OF_FILE
from people.models import (
    Alias,
    Naming,
    Offering,
    Organisation,
    Project,
    Role,
    Sector,
    Side,
    User,
)
from people.naming import fold, normalise
from surveys.models import Survey
from tests.crawl import walk
from tests.networks.story import a_response, a_wave, naming
from tests.story import NOON, a_member, a_user, an_organisation, browser_of

SECRETS = {  # name, short name, alias: words that stand nowhere else
    "O3": ("Zwirbelquast Genossenschaft", "ZwirbQ", "Quastenfreunde"),
    "O4": ("Knödelfröhlich & Söhne", "KnöFrö", "Klößchenbande"),
    "O5": ("مؤسسة الياسمينة", "الياسمينة", "ياسمينة الشرق"),
}
STRANGER = "Mümmelschnack Verbund"
WORDS = {
    "zwirb", "quast", "knodel", "knoedel", "knofro", "knoefroe", "klosschen", "kloesschen",
    "ياسمين", "mummelschnack", "muemmelschnack",
}  # fmt: skip
AUDIENCES = ("network", "public")
PAGE = "/p/buch/networks"
REGISTER = "/p/buch/people"


@pytest.fixture
def survey(session: Session, project: Project) -> Survey:
    """Who may not be named stands in every part: answers, names, wishes, keeps silent."""
    survey = a_wave(session, project)
    people = {
        code: an_organisation(
            project, code, f"Offener Laden {code}", naming=Naming.PUBLIC, kind="provider"
        )
        for code in ("O1", "O2")
    }
    for code, (name, short_name, alias) in SECRETS.items():
        people[code] = an_organisation(
            project, code, name, Sector.ECONOMY, short_name=short_name, kind="provider",
            locality="karow",
        )  # fmt: skip
        people[code].aliases = [Alias(project_id=project.id, name=alias)]
        people[code].terms = [Offering(project_id=project.id, side=Side.NEED, term="staff")]
    gone = an_organisation(project, "O8", "Quastenladen", naming=Naming.PUBLIC, deleted=NOON)
    session.add_all([*people.values(), gone])
    session.flush()
    gone.merged_into_id = people["O3"].id
    session.commit()
    new = [{"called": STRANGER, "sphere": "economy", "bond": "1"}]
    a_response(
        session, survey, people["O1"],
        naming(("O2", ["rooms"], 3), ("O3", ["rooms"], 1), others=new, dreams=["O4"],
               reason="Mit Knödelfröhlich kochen"),
    )  # fmt: skip
    a_response(
        session, survey, people["O3"], naming(("O1", ["funding"], 3), ("O4", ["rooms"], 2))
    )
    return survey


def texts_in(content: bytes) -> Iterator[str]:
    """Yield all that stands in a file: names and contents of parts, what a picture notes."""
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for name in archive.namelist():
                yield name
                yield from texts_in(archive.read(name))
    elif content.startswith(b"\x89PNG"):
        yield from map(str, Image.open(io.BytesIO(content)).info.items())
    else:
        text = content.decode(errors="replace")
        yield text
        yield re.sub(r"&#x?[0-9a-fA-F]+;", lambda found: _sign(found[0]), text)
        yield unquote(text)


def _sign(reference: str) -> str:
    digits = reference.strip("&#;")
    return chr(int(digits[1:], 16) if digits.startswith("x") else int(digits))


def given_away(content: bytes, where: str = "") -> set[str]:
    """Say which of the words that nobody may read stand there, however written."""
    text = " ".join([fold(unquote(where)), *map(fold, texts_in(content))])
    plain = text.replace("\xa0", " ")
    bare = {fold(part) for names in SECRETS.values() for part in names} | {fold(STRANGER)}
    return {word for word in WORDS | bare if word in plain}


def test_the_test_would_see_a_name(desk: FlaskClient, survey: Survey) -> None:
    pages = [f"{PAGE}/autumn", f"{PAGE}/autumn/O4"]
    assert all(given_away(desk.get(page).data) for page in pages)
    for format in sorted(KINDS_OF_FILE.keys() - {"png"}):
        answer = desk.get(f"{PAGE}/autumn/files/{format}?names=team")
        assert len(given_away(answer.data)) >= 4, format


@pytest.mark.parametrize("language", ["de", "en"])
def test_no_page_outside_the_team_gives_a_name_away(
    app: Flask, survey: Survey, tarik: User, session: Session, language: str
) -> None:
    tarik.language = language
    session.commit()
    reader = browser_of(tarik, app)
    starts = [PAGE, f"{PAGE}/autumn", *(f"{PAGE}/autumn/{code}" for code in SECRETS)]
    starts += [f"{PAGE}/autumn?{query}" for query in (
        "all=1&sort=name", "q=Zwirbel", "q=Quast&all=1", "sector=economy", "strength=2",
        "tie=rooms", "confirmed=1",
    )]  # fmt: skip
    starts += [f"{REGISTER}{query}" for query in (
        "", "/task-force", *(f"/organisations/{code}" for code in (*SECRETS, "O8")), "?q=O3",
        "?q=Zwirbel", "?q=Quasten", "?locality=karow", "?need=staff", "?sector=economy",
    )]  # fmt: skip
    pages = walk(app, reader, *starts, each=40)
    for part in (PAGE, REGISTER):
        assert len([path for path in pages if path.startswith(part)]) > 10
    for path in pages:
        answer = reader.get(path)
        asked = {"zwirb", "quast"} if "q=" in path else set()  # what was typed comes back
        assert given_away(answer.data, path) - asked == set(), path
        headers = " ".join(f"{name}: {value}" for name, value in answer.headers)
        assert given_away(headers.encode()) - asked == set(), path


def test_searching_tells_nobody_that_a_hidden_name_fits(
    app: Flask, survey: Survey, tarik: User
) -> None:
    reader = browser_of(tarik, app)
    right, wrong = (reader.get(f"{PAGE}/autumn?q={word}").text for word in ("Zwirb", "Zwurb"))
    assert right.replace("Zwirb", "Zwurb") == wrong or _rows(right) == _rows(wrong) == 0


@pytest.mark.parametrize(
    "query",
    ["q=Zwirbelquast", "q=Quastenladen", "q=Klößchenbande", "locality=karow", "need=staff"],
)
def test_the_register_finds_no_hidden_organisation_for_the_task_force(
    app: Flask, survey: Survey, desk: FlaskClient, tarik: User, query: str
) -> None:
    link, address = f"{REGISTER}/organisations/", f"{REGISTER}?{query}"
    assert link in desk.get(address).text.partition('id="found"')[2]
    assert link not in browser_of(tarik, app).get(address).text


def test_the_register_lists_whom_it_does_not_name_for_the_task_force(
    app: Flask, survey: Survey, tarik: User
) -> None:
    reader = browser_of(tarik, app)
    page = reader.get(REGISTER).text
    order = [
        "Offener Laden O1",
        "Offener Laden O2",
        *(f"Organisation {n} (" for n in (3, 4, 5)),
    ]
    assert sorted(order, key=page.index) == order and "· Karow" not in page
    assert reader.get(f"{REGISTER}?q=o3").text.count("/organisations/O") == 1
    hidden = reader.get(f"{REGISTER}/organisations/O3").text
    assert "hat nicht zugestimmt" in hidden or "has not agreed" in hidden
    assert reader.get(f"{REGISTER}/organisations/O8").status_code == 404


@pytest.mark.parametrize("role", [Role.COUNSELLOR, Role.ADVISER])
def test_who_reads_no_networks_reads_the_names_of_the_register(
    app: Flask, survey: Survey, session: Session, project: Project, role: Role
) -> None:
    user = a_user("Olga")
    session.add(user)
    session.flush()
    session.add(a_member(project, user, role))
    session.commit()
    reader = browser_of(user, app)
    assert reader.get(PAGE).status_code == 403
    assert given_away(reader.get(f"{REGISTER}?q=Zwirbelquast").data) >= {"zwirb", "quast"}
    assert "ZwirbQ" in reader.get(f"{REGISTER}/organisations/O3").text


def _rows(page: str) -> int:
    return page.count('<th scope="row"')


@pytest.mark.parametrize("audience", AUDIENCES)
@pytest.mark.parametrize("format", [*KINDS_OF_FILE])
def test_no_file_outside_the_team_gives_a_name_away(
    app: Flask, survey: Survey, tarik: User, format: str, audience: str
) -> None:
    reader = browser_of(tarik, app)
    answer = reader.get(f"{PAGE}/autumn/files/{format}?names={audience}")
    assert answer.status_code == 200
    assert given_away(answer.data, answer.headers["Content-Disposition"]) == set()
    guess = sha256(normalise(STRANGER).encode()).hexdigest()[:8]
    assert not any(guess in text for text in texts_in(answer.data))
    assert not any("karow" in text for text in texts_in(answer.data))


def test_nobody_outside_the_team_gets_a_file_with_all_names(
    app: Flask, survey: Survey, tarik: User
) -> None:
    for format in KINDS_OF_FILE:
        address = f"{PAGE}/autumn/files/{format}?names=team"
        assert browser_of(tarik, app).get(address).status_code == 403


def test_the_order_of_a_file_tells_nothing_of_hidden_names(
    app: Flask, survey: Survey, tarik: User, session: Session
) -> None:
    """Whatever the hidden are called, the file is the same to the byte."""
    reader = browser_of(tarik, app)

    def files() -> dict[str, bytes]:
        kinds = {kind: f"{PAGE}/autumn/files/{kind}" for kind in KINDS_OF_FILE}
        return {kind: reader.get(address).data for kind, address in kinds.items()}

    before = files()
    for each in session.query(Organisation).filter(Organisation.code.in_(SECRETS)):
        each.name, each.short_name = f"Anders {each.code}", f"A{each.code}"
    session.commit()
    after = files()
    for kind, content in before.items():
        assert [*texts_in(after[kind])] == [*texts_in(content)], kind
