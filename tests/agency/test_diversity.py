"""Income: the figures of the demo, and what leaves the team of them."""

import pytest
from sqlalchemy import select

from agency import diversity
from core.db import db
from people.models import Project
from tests.story import a_project
from tests.world import HOME, World, filled, lasting

__all__ = ["filled", "lasting"]  # fixtures
PAGE = f"/p/{HOME}/income"
DE = {"Accept-Language": "de"}


@pytest.mark.parametrize(
    ("shares", "d"),
    [
        ([35, 0, 50, 15, 0, 0], 0.7260),
        ([5, 0, 90, 0, 5, 0], 0.2220),
        ([95, 3, 0, 2, 0, 0], 0.1154),
        ([30, 0, 10, 50, 10, 0], 0.7680),
        ([100, 0, 0, 0, 0, 0], 0),
        ([1, 1, 1, 1, 1, 1], 1),
        ([10, None, 10, None, None, None], 0.6),  # scaled to a whole
    ],
)
def test_diversity_of_income(shares: list[float | None], d: float) -> None:
    assert diversity.diversification(shares) == pytest.approx(d, abs=5e-5)
    assert diversity.diversification([None] * 6) is None


def test_the_demo_gives_the_expected_figures_over_its_waves(lasting: World) -> None:
    with lasting.app.app_context():
        project = db.session.scalars(select(Project).filter_by(slug=HOME)).one()
        waves = diversity.waves_of(db.session, project)
        assert [wave.key for wave in waves] == [
            "register", "befragung-pankow-2025", "befragung-pankow-2026",
        ]  # fmt: skip
        register = {each.organisation.code: each for each in waves[0].incomes}
        found = [round(register[code].d or 0, 4) for code in ("O01", "O03", "O16", "O26")]
        assert found == [0.7260, 0.2220, 0.1154, 0.7680]
        society = {each.sector: each for each in diversity.means(waves[0])}["society"]
        assert (society.ending, society.n_ending, society.is_exact) == (55.5, 20, True)
        for income in waves[1].incomes:  # asked in the long version only
            known = register[income.organisation.code]
            assert income.d == known.d
            assert income.least is not None and income.most is not None and known.ending
            assert income.least <= known.ending <= income.most


def test_a_page_reads_no_answers_to_know_that_nothing_tells_of_income(
    lasting: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    with lasting.app.app_context():
        project = db.session.scalars(select(Project).filter_by(slug=HOME)).one()
        assert diversity.tells(db.session, project)
        silent = a_project("silent")
        db.session.add(silent)
        db.session.flush()
        monkeypatch.setattr(diversity, "_waves", None)
        assert not diversity.tells(db.session, silent)
        db.session.rollback()


def test_outside_of_the_team_nothing_tells_of_few_or_of_one(lasting: World) -> None:
    team = lasting.staff("Birte").get(PAGE, headers=DE).text
    assert "55,5\xa0%" in team and "0,7260" in team and "Radhaus" in team
    for role in ("task_force", "adviser"):
        page = lasting.staff(role).get(PAGE, headers=DE).text
        assert "Zivilgesellschaft" in page and "Wirtschaft" in page
        table = page.split("<main")[1]
        for hidden in ("Wissenschaft", "Politik", "Alle Sektoren", "Radhaus", "2026", "0,7260"):
            assert hidden not in table, hidden
    assert lasting.staff("counsellor").get(PAGE).status_code == 403
