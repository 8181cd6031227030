"""What the pages of surveys and results look like to axe, to eyes and without scripts."""

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from people.models import Project, Sector, User
from surveys.models import Subject
from tests.browser.accessibility import LAPTOP, PHONE, barriers
from tests.browser.conftest import Visitor
from tests.browser.pressing import press
from tests.story import an_organisation
from tests.surveys.example import a_survey, answer

PAGES = ["", "/results", "/responses", "/texts/idea", "/versions/1"]


@pytest.fixture
def slug(session: Session, project: Project) -> str:
    """A survey with answers of all sectors, of two languages, and one without a home."""
    survey = a_survey(session, project)
    for number, sector in enumerate([*Sector] * 2):
        organisation = an_organisation(project, f"O{number}", f"Haus {number}", sector)
        session.add(organisation)
        session.flush()
        document = {
            "org_type": "provider", "headcount": number**4, "offers": ["rooms", "jobs"],
            "willing": str(number % 5 + 1), "min_german": "b1", "b_language": "3",
            "b_admin": str(number % 4), "expiring": "dk", "idea": "Räume für die Werkstatt",
        }  # fmt: skip
        arabic = {"idea": "مدرسة اللغة"} if number < 2 else {}
        language = "ar" if arabic else "de"
        answer(session, survey, document | arabic, organisation, language=language)
    answer(session, survey, {"org_other": "Kiezküche"}, leading=False)
    session.commit()
    return survey.slug


@pytest.mark.parametrize(
    ("locale", "window"), [("de-DE", PHONE), ("en-GB", LAPTOP)], ids=["de", "en"]
)
def test_axe_finds_nothing(
    visit: Visitor, birte: User, slug: str, locale: str, window: dict[str, int]
) -> None:
    page = visit("/p/buch/surveys", birte, locale=locale, viewport=window)
    found = barriers(page)
    for place in ["/new", *(f"/{slug}{each}" for each in PAGES)]:
        page.goto(f"/p/buch/surveys{place}")
        found += barriers(page)
    assert found == []


def test_results_are_read_without_scripts_on_a_narrow_phone(
    app: Flask, visit: Visitor, birte: User, slug: str
) -> None:
    narrow = {"viewport": {"width": 320, "height": 640}, "java_script_enabled": False}
    page = visit(f"/p/buch/surveys/{slug}/results", birte, **narrow)
    page.get_by_text("Als Tabelle").first.click()
    assert page.locator("#barriers table, #b_language table").first.is_visible()
    press(page.locator(".cloud a").first)
    assert page.locator("mark").is_visible()


def test_a_survey_is_begun_opened_and_closed_by_clicks(visit: Visitor, birte: User) -> None:
    page = visit("/p/buch/surveys", birte)
    page.get_by_role("link", name="Befragung beginnen").first.click()
    press(page.get_by_role("button", name="Als Entwurf beginnen", exact=True))
    press(page.get_by_role("button", name="Befragung öffnen"))
    assert page.locator(".qr").is_visible()
    press(page.get_by_role("button", name="Öffnen rückgängig machen"))
    press(page.get_by_role("button", name="Befragung öffnen"))
    press(page.get_by_role("button", name="Befragung schließen"))
    assert page.get_by_role("button", name="Wieder öffnen").is_visible()


def test_small_figures_about_persons_are_hatched(
    visit: Visitor, birte: User, session: Session, project: Project
) -> None:
    survey = a_survey(session, project, subject=Subject.PERSONS)
    for kind in ["provider"] * 12 + ["migrant"] * 3:
        answer(session, survey, {"org_type": kind, "willing": "4"})
    session.commit()
    page = visit(f"/p/buch/surveys/{survey.slug}/results", birte)
    assert page.locator(".hid").count() > 0
    assert "12" not in page.locator("#org_type").inner_text()
    assert barriers(page) == []
