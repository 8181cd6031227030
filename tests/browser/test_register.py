import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy.orm import Session

from people import consents
from people.models import Project, User
from tests.browser.accessibility import barriers
from tests.browser.conftest import Visitor
from tests.browser.pressing import press
from tests.story import NOON, an_organisation

LIST = (
    "Einrichtung;Sektor;E-Mail\nRadhaus Büch;Wirtschaft;rad@example.org\n"
    "Teestube;;kein\nTeestube e.V.;;\n;Wirtschaft;\n"
)


@pytest.fixture
def address_list(tmp_path: Path) -> Path:
    path = tmp_path / "liste.csv"
    path.write_bytes(LIST.encode("cp1252"))
    return path


def test_an_address_list_comes_in_without_scripts(
    visit: Visitor, birte: User, address_list: Path
) -> None:
    phone = {"width": 390, "height": 800}
    page = visit("/p/buch/people", birte, java_script_enabled=False, viewport=phone)
    page.get_by_role("link", name="Adressliste einlesen").click()
    page.get_by_label("Ihre Adressliste").set_input_files(address_list)
    press(page.get_by_role("button", name="Liste ansehen"))
    expect(page.get_by_label("Spalte 1: Einrichtung")).to_have_value("name")
    press(page.get_by_role("button", name="Sehen, was aus jeder Zeile wird"))
    page.go_back()
    press(page.get_by_role("button", name="Sehen, was aus jeder Zeile wird"))
    page.get_by_label("Sektor für Zeilen, die keinen nennen").select_option("society")
    page.get_by_role("button", name="Auf die Liste anwenden").click()
    expect(page.get_by_text("Dieselbe Organisation steht schon in Zeile 3")).to_be_visible()
    page.get_by_role("button", name="2 Zeilen übernehmen").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("2 Organisationen sind neu")
    page.get_by_role("button", name="Den ganzen Import rückgängig machen").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("rückgängig")


def test_what_was_deleted_comes_back_from_the_notice(
    visit: Visitor, birte: User, session: Session, project: Project
) -> None:
    session.add(an_organisation(project, "O01", "Radhaus Buch"))
    session.commit()
    page = visit("/p/buch/people/organisations/O01", birte, java_script_enabled=False)
    page.get_by_role("button", name="Diese Organisation löschen").click()
    press(page.get_by_role("button", name="Rückgängig"))
    expect(page).to_have_url(re.compile("O01$"))
    page.goto("/p/buch/people?q=radhaus")
    expect(page.get_by_role("link", name="Radhaus Buch")).to_be_visible()


@pytest.mark.parametrize(("width", "locale"), [(320, "de-DE"), (1280, "en-GB")])
def test_the_register_has_no_barriers(
    visit: Visitor,
    birte: User,
    session: Session,
    project: Project,
    address_list: Path,
    width: int,
    locale: str,
) -> None:
    session.add(an_organisation(project, "O01", "Radhaus Buch"))
    consents.seed(session, project, NOON)
    session.commit()
    window = {"width": width, "height": 800}
    page: Page = visit("/p/buch/people/import", birte, locale=locale, viewport=window)
    page.locator("[type=file]").set_input_files(address_list)
    press(page.locator("main .btn.go"))
    found = barriers(page)
    press(page.locator("main .btn.go"))
    found += barriers(page)
    for path in ("", "/new", "/organisations/O01", "/task-force", "/consents/naming/ar"):
        page.goto(f"/p/buch/people{path}")
        found += barriers(page)
    assert not found
