from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.errors import FormUsedTwice
from core.keys import Keyring
from core.sheets import read_table, write_csv
from people import importing
from people.columns import Words
from people.comparing import State, counted
from people.contacts import contact_of
from people.exporting import HEADS, rows_of
from people.importing import DraftExpired, NoRows, TooManyRows
from people.models import ImportDraft, Organisation, Project, Sector
from people.register import (
    Entry,
    add_organisation,
    bring_back,
    change_organisation,
    choices_for_roster,
    entry_of,
    remove,
)
from tests.story import NOON

WORDS = Words({})
TABLE = [
    ["Name", "Sektor", "E-Mail", "Kurzname"],
    ["Radhaus Buch", "Wirtschaft", "", "Rad"],
    ["Lotus e.V.", "", "lotus@example.org"],
    [],
    ["RADHAUS BUCH gGmbH", "Wirtschaft"],
    ["", "Wirtschaft"],
    ["Hochschule Nordost", "Wissenschaft", "h@example.org"],
]
pytestmark = pytest.mark.both_engines


@pytest.fixture
def keys(tmp_path: Path) -> Keyring:
    return Keyring(tmp_path / "keys")


@pytest.fixture
def radhaus(session: Session, project: Project) -> Organisation:
    entry = Entry("Radhaus Buch gGmbH", Sector.SOCIETY, locality="buch")
    organisation = add_organisation(session, project, entry, NOON)
    session.commit()
    return organisation


@pytest.fixture
def draft(session: Session, project: Project, keys: Keyring) -> ImportDraft:
    draft = importing.begin(session, keys, project, TABLE, "liste.csv", "k", NOON)
    session.commit()
    return draft


def bring_in(session: Session, keys: Keyring, project: Project, draft: ImportDraft) -> None:
    importing.bring_in(session, keys, project, draft, WORDS, NOON)
    session.commit()


def names(session: Session, project: Project) -> list[str]:
    return [each.name for each in choices_for_roster(session, project)]


def test_every_row_hears_what_becomes_of_it(
    session: Session, project: Project, keys: Keyring, draft: ImportDraft, radhaus: object
) -> None:
    rows = importing.preview(session, keys, project, draft, WORDS)
    assert [(row.line.number, row.state) for row in rows] == [
        (2, State.SAME), (3, State.PROBLEM), (5, State.TWICE),
        (6, State.PROBLEM), (7, State.NEW),
    ]  # fmt: skip
    importing.settle(draft, sector="society")
    rows = importing.preview(session, keys, project, draft, WORDS)
    assert counted(rows) == {"new": 2, "same": 1, "twice": 1, "problem": 1}


def test_an_import_enters_what_is_new_and_leaves_the_rest(
    session: Session, project: Project, keys: Keyring, draft: ImportDraft, radhaus: Organisation
) -> None:
    importing.settle(draft, sector="society")
    for _ in range(2):
        bring_in(session, keys, project, draft)
    assert names(session, project) == ["Hochschule Nordost", "Lotus e.V.", "Radhaus Buch gGmbH"]
    assert draft.report == {"added": 2, "changed": 0, "left": 2, "problems": 1}
    session.refresh(radhaus)
    assert radhaus.sector == Sector.SOCIETY
    lotus = session.scalars(select(Organisation).filter_by(name="Lotus e.V.")).one()
    assert contact_of(session, keys, lotus).email == "lotus@example.org"
    assert "lotus@" not in draft.sealed


def test_a_list_may_speak_for_those_who_are_there_and_be_undone(
    session: Session, project: Project, keys: Keyring, draft: ImportDraft, radhaus: Organisation
) -> None:
    importing.settle(draft, sector="society", existing="update")
    bring_in(session, keys, project, draft)
    session.refresh(radhaus)
    assert (radhaus.sector, radhaus.short_name, radhaus.locality) == ("economy", "Rad", "buch")
    lotus = session.scalars(select(Organisation).filter_by(name="Lotus e.V.")).one()
    for _ in range(2):
        with suppress(DraftExpired):  # the second time there is nothing left to undo
            assert importing.undo(session, keys, draft, NOON) == []
        session.commit()
    session.refresh(radhaus)
    assert names(session, project) == ["Radhaus Buch gGmbH"]
    assert (radhaus.sector, radhaus.short_name) == ("society", "")
    assert not contact_of(session, keys, lotus)


def test_undoing_leaves_what_somebody_changed_since(
    session: Session, project: Project, keys: Keyring, draft: ImportDraft, radhaus: Organisation
) -> None:
    importing.settle(draft, existing="update")
    bring_in(session, keys, project, draft)
    remove(radhaus, NOON)
    bring_back(radhaus)
    session.commit()
    assert importing.undo(session, keys, draft, NOON) == ["O01"]
    assert radhaus.short_name == "Rad"


def test_undoing_leaves_who_came_with_the_list_and_was_changed_since(
    session: Session, project: Project, keys: Keyring, draft: ImportDraft
) -> None:
    importing.settle(draft, sector="society")
    bring_in(session, keys, project, draft)
    lotus = session.scalars(select(Organisation).filter_by(name="Lotus e.V.")).one()
    change_organisation(session, lotus, Entry("Lotus Buch e.V.", Sector.SOCIETY), lotus.version)
    session.commit()
    assert importing.undo(session, keys, draft, NOON) == [lotus.code]
    session.commit()
    assert names(session, project) == ["Lotus Buch e.V."]
    assert contact_of(session, keys, lotus).email == "lotus@example.org"


def test_lists_are_forgotten_after_a_day(
    session: Session, project: Project, keys: Keyring, draft: ImportDraft
) -> None:
    other = importing.begin(session, keys, project, TABLE, "b.csv", "k2", NOON)
    bring_in(session, keys, project, other)
    importing.forget(session, NOON + timedelta(hours=25))
    session.commit()
    session.expire_all()
    assert session.scalars(select(ImportDraft.id)).all() == [other.id]
    with pytest.raises(DraftExpired):
        importing.undo(session, keys, other, NOON)


def test_the_same_form_uploads_once(
    session: Session, project: Project, keys: Keyring, draft: ImportDraft
) -> None:
    again = importing.begin(session, keys, project, TABLE, "liste.csv", "k", NOON)
    assert again.id == draft.id
    with pytest.raises(FormUsedTwice):
        importing.begin(session, keys, project, TABLE[:3], "other.csv", "k", NOON)


def test_empty_and_endless_lists_are_refused(
    session: Session, project: Project, keys: Keyring
) -> None:
    with pytest.raises(NoRows):
        importing.begin(session, keys, project, [[], []], "a", "k1", NOON)
    with pytest.raises(TooManyRows):
        importing.begin(session, keys, project, [["x"]] * 5_002, "a", "k2", NOON)


def test_what_is_exported_comes_in_elsewhere_unchanged(
    session: Session, project: Project, elsewhere: Project, keys: Keyring
) -> None:
    entry = Entry(
        "=Küche, der Welt eG", Sector.ECONOMY, "Küche", "business", "eg", "buch",
        ("Welt; Küche".replace(";", ","), "+49"), ("staff", "rooms"), ("jobs", "counselling"),
    )  # fmt: skip
    add_organisation(session, project, entry, NOON)
    session.commit()
    rows = rows_of(choices_for_roster(session, project), {}, "de")
    table = read_table(write_csv([[*HEADS], *rows]))
    draft = importing.begin(session, keys, elsewhere, table, "r.csv", "k", NOON)
    importing.settle(draft, columns=HEADS, head=True)
    bring_in(session, keys, elsewhere, draft)
    (copy,) = choices_for_roster(session, elsewhere)

    assert entry_of(copy) == entry
