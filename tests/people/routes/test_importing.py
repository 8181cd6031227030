import io

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from core.sheets import write_xlsx
from people.models import Project, User
from people.register import choices_for_roster
from tests.hostile import STRINGS
from tests.story import browser_of

LIST = "Name;Sektor;E-Mail\nRadhaus Büch;Wirtschaft;\nLotus e.V.;;lotus@example.org\n"


def upload(desk: FlaskClient, content: bytes, name: str = "liste.csv", key: str = "k") -> str:
    data = {"key": key, "file": (io.BytesIO(content), name)}
    answer = desk.post("/p/buch/people/import", data=data)
    assert answer.status_code == 303
    return answer.location.removesuffix("/columns")


def test_a_list_goes_step_by_step_into_the_register_and_out_again(
    desk: FlaskClient, session: Session, project: Project
) -> None:
    draft = upload(desk, LIST.encode("cp1252"))
    assert "Radhaus Büch" in desk.get(f"{draft}/columns").text
    columns = {"head": "yes", "column-0": "name", "column-1": "sector", "column-2": "email"}
    assert desk.post(f"{draft}/columns", data=columns).location.endswith("/preview")
    assert "The sector is missing" in desk.get(f"{draft}/preview?show=problem").text
    desk.post(f"{draft}/settings", data={"sector": "society", "existing": "leave"})
    assert not choices_for_roster(session, project)
    done = desk.post(draft, follow_redirects=True)
    assert "2" in done.text and desk.post(draft).status_code == 303
    assert [each.name for each in choices_for_roster(session, project)] == [
        "Lotus e.V.", "Radhaus Büch",
    ]  # fmt: skip
    assert desk.get(f"{draft}/preview").status_code == 303
    desk.post(f"{draft}/undoing")
    session.expire_all()
    assert not choices_for_roster(session, project)


def test_a_list_without_names_goes_no_further(desk: FlaskClient) -> None:
    draft = upload(desk, LIST.encode())
    answer = desk.post(f"{draft}/columns", data={"column-0": "", "head": "yes"})
    assert answer.location.endswith("/columns")


def test_what_cannot_be_read_is_said_beside_the_field(desk: FlaskClient) -> None:
    for content, name in ((b"", "a.csv"), (b"PK\x03\x04kaputt", "a.xlsx"), (b"a\0b", "a.csv")):
        data = {"key": "k", "file": (io.BytesIO(content), name)}
        answer = desk.post("/p/buch/people/import", data=data)
        assert answer.status_code == 422 and 'id="file-error"' in answer.text
    assert desk.post("/p/buch/people/import", data={"key": "k"}).status_code == 422


def test_hostile_cells_do_no_harm(
    desk: FlaskClient, session: Session, project: Project
) -> None:
    rows = [["Name", "Kurzname", "E-Mail"], *([text, text, text] for text in STRINGS)]
    draft = upload(desk, write_xlsx({"s": rows}), "x.xlsx")
    desk.post(f"{draft}/settings", data={"sector": "society", "existing": "update"})
    for page in ("columns", "preview", "preview?show=problem", "preview?page=2"):
        shown = desk.get(f"{draft}/{page}")
        assert shown.status_code == 200
        assert "<script>window" not in shown.text and "<img src=q" not in shown.text
    assert desk.post(draft, follow_redirects=True).status_code == 200
    names = {each.name for each in choices_for_roster(session, project)}
    assert "{{ 7*191 }}" in names and "جمعية التعاون" in names
    assert desk.get("/p/buch/people/export.xlsx?contacts=yes").status_code == 200


def test_a_foreign_draft_is_not_there(desk: FlaskClient, app: Flask, carim: User) -> None:

    draft = upload(desk, LIST.encode()).replace("buch", "elsewhere")
    stranger = browser_of(carim, app)
    for page in ("", "/columns", "/preview"):
        assert stranger.get(draft + page).status_code == 404


def test_an_empty_list_with_headings_can_be_had(desk: FlaskClient) -> None:
    assert b"Name" in desk.get("/p/buch/people/import/sample.csv").data
