from dataclasses import replace

import pytest
from sqlalchemy.orm import Session

from people.models import Naming, Organisation, Project
from surveys.reporting.figures import Figure, Part, Row
from surveys.reporting.withholding import as_of_now
from tests.story import NOON, an_organisation

NETWORK = Figure(
    "Netz", "Wer mit wem?", "de", "n = 3", ("Größe", "Wert"),
    (("Befund", "Haus & Hof verbindet Bucher Bogen e.V. und Bucher Bogen."),),
    svg='<svg><text x="1">Haus &amp; Hof</text><text x="2">Bucher Bo…</text></svg>',
    named=(("O1", "Haus & Hof"), ("O2", "Bucher Bogen")),
)  # fmt: skip


@pytest.fixture
def people(session: Session, project: Project) -> dict[str, Organisation]:
    """Three who may be named to everyone."""
    names = {"O1": "Haus & Hof", "O2": "Bucher Bogen", "O3": "Bucher Bogen e.V."}
    found = {
        code: an_organisation(project, code, name, naming=Naming.PUBLIC, kind="provider")
        for code, name in names.items()
    }
    session.add_all(found.values())
    session.commit()
    return found


def seen(session: Session, project: Project, figure: Figure = NETWORK) -> str:
    return str(as_of_now(session, project.id, figure, Naming.PUBLIC).to_json())


def test_while_all_may_be_named_a_figure_is_as_it_was(
    session: Session, project: Project, people: dict[str, Organisation]
) -> None:
    assert as_of_now(session, project.id, NETWORK, Naming.PUBLIC) == NETWORK


def test_who_takes_the_name_back_has_none_in_picture_and_table(
    session: Session, project: Project, people: dict[str, Organisation]
) -> None:
    people["O1"].naming = Naming.NETWORK
    session.flush()
    now = as_of_now(session, project.id, NETWORK, Naming.PUBLIC)
    assert "Haus" not in str(now.to_json())
    assert ">Organisation 1<" in now.svg and "Bucher Bo…" in now.svg
    assert now.table[0][1].startswith("Organisation 1 (Träger) verbindet Bucher Bogen")
    assert as_of_now(session, project.id, NETWORK, Naming.NETWORK) == NETWORK
    assert as_of_now(session, project.id, NETWORK, Naming.TEAM) == NETWORK


def test_a_name_that_begins_like_another_takes_it_not_along(
    session: Session, project: Project, people: dict[str, Organisation]
) -> None:
    people["O2"].naming = Naming.TEAM
    session.flush()
    now = as_of_now(session, project.id, NETWORK, Naming.PUBLIC)
    assert now.table[0][1].endswith("verbindet Bucher Bogen e.V. und Organisation 2 (Träger).")
    assert "Bucher Bo…" not in now.svg  # a cut label tells who it is as well


@pytest.mark.parametrize("how", ["renamed", "deleted", "gone"])
def test_who_is_called_otherwise_or_is_gone_is_found_by_the_code(
    session: Session, project: Project, people: dict[str, Organisation], how: str
) -> None:
    if how == "renamed":
        people["O1"].name = people["O1"].short_name = "Neu"
        people["O1"].naming = Naming.TEAM
    elif how == "deleted":
        people["O1"].deleted = NOON
    else:
        session.delete(people["O1"])
    session.flush()
    assert "Haus" not in seen(session, project)
    assert "Organisation 1" in seen(session, project)


def test_figures_that_never_told_whom_they_name_are_searched_for_names(
    session: Session, project: Project, people: dict[str, Organisation]
) -> None:
    drawn = (Row("Haus & Hof", (Part(1.0, 1),), "10"),)
    chart = replace(NETWORK, named=(), svg="", drawn=drawn, filters=("Nur Haus & Hof.",))
    people["O1"].naming = Naming.TEAM
    session.flush()
    assert "Haus" not in seen(session, project, chart)


def test_a_figure_that_names_nobody_is_stored_as_ever() -> None:
    plain = replace(NETWORK, named=())
    assert "named" not in plain.to_json()
    assert Figure.from_json(plain.to_json()) == plain
    assert Figure.from_json(NETWORK.to_json()) == NETWORK
