import pytest
from sqlalchemy.orm import Session

from agency.funding import exporting, importing, keeping
from agency.funding.columns import Words, number_in
from agency.funding.importing import State
from agency.funding.models import ProgrammeList
from agency.funding.words import FORMS, KINDS
from core.sheets import read_table, write_csv
from people.models import Project
from tests.story import NOON

GERMAN = {KINDS["grant"]: "Zuschuss", FORMS["ev"]: "Eingetragener Verein (e. V.)"}
WORDS = Words(GERMAN)
LIST = (
    "Förderprogramm,Fördergeber,Förderart,Höchstbetrag,Antragsfrist,Förderquote\r\n"
    "Kiezfonds,Bezirk,Zuschuss,20.000 €,15.09.2027,90 %\r\n"
    'LSI Modellprojekt (Typ C),Land Berlin / ESF+ (IBB),grant,"250,000.00",,\r\n'
    ",Niemand,,,,\r\n"
    "Kiezfonds,Bezirk,,1,,\r\n"
    "Wunder,Fee,Goldregen,viel,31.02.2027,150\r\n"
)


def begun(session: Session, project: Project, content: bytes, key: str = "a") -> ProgrammeList:
    table = read_table(content, "liste.csv")
    draft = importing.begin(session, project, table, "liste.csv", WORDS, key, NOON)
    session.commit()
    return draft


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t"])
def test_a_list_of_any_delimiter_and_encoding_is_understood(
    session: Session, project: Project, encoding: str, delimiter: str
) -> None:
    text = LIST if delimiter == "," else LIST.replace('"250,000.00"', "250000")
    text = text.replace(",", delimiter)
    keeping.take_over(session, project, "Birte", NOON)
    draft = begun(session, project, text.encode(encoding))
    assert draft.columns == ["name", "funder", "kind", "amount_max", "deadlines", "rate"]
    rows = importing.preview(session, project, draft, WORDS)
    assert [row.state for row in rows] == [
        State.NEW, State.CHANGED, State.PROBLEM, State.TWICE, State.PROBLEM,
    ]  # fmt: skip
    assert len(rows[4].line.notes) == 3


def test_an_import_is_made_once_and_undone_as_a_whole(
    session: Session, project: Project
) -> None:
    keeping.take_over(session, project, "Birte", NOON)
    before = exporting.rows_of(keeping.listed(session, project), {})
    draft = begun(session, project, LIST.encode())
    for _ in range(2):
        importing.bring_in(session, project, draft, WORDS, "Birte", NOON)
        session.commit()
    after = {each.name: each for each in keeping.listed(session, project)}
    assert len(after) == 17
    assert (after["Kiezfonds"].due, after["Kiezfonds"].deadlines) == ("dates", "2027-09-15")
    model = after["LSI Modellprojekt (Typ C)"]
    assert (str(model.amount_max), model.months_max) == ("250000.00", 24)
    assert importing.undo(session, draft, "Birte", NOON) == []
    session.commit()
    assert exporting.rows_of(keeping.listed(session, project), {}) == before


def test_what_was_changed_since_stays(session: Session, project: Project) -> None:
    draft = begun(session, project, LIST.encode())
    importing.bring_in(session, project, draft, WORDS, "Birte", NOON)
    session.commit()
    it = next(each for each in keeping.listed(session, project) if each.name == "Kiezfonds")
    keeping.change(session, it, keeping.Entry("Kiezfonds II"), it.version, "Ada", NOON)
    session.commit()
    assert importing.undo(session, draft, "Birte", NOON) == ["Kiezfonds II"]
    assert [each.name for each in keeping.listed(session, project)] == ["Kiezfonds II"]


def test_what_is_exported_reads_back_the_same(
    session: Session, project: Project, elsewhere: Project
) -> None:
    keeping.take_over(session, project, "Birte", NOON)
    draft = begun(session, project, LIST.encode())
    importing.bring_in(session, project, draft, WORDS, "Birte", NOON)
    one = keeping.listed(session, project)[3]
    keeping.note_checked(one, "Birte", NOON.date())
    session.commit()
    exported = write_csv(exporting.rows_of(keeping.listed(session, project), GERMAN))
    again = begun(session, elsewhere, exported, "b")
    importing.bring_in(session, elsewhere, again, WORDS, "Ada", NOON)
    session.commit()
    there = write_csv(exporting.rows_of(keeping.listed(session, elsewhere), GERMAN))
    assert there.decode().splitlines() == exported.decode().splitlines()
    unchanged = begun(session, project, exported, "c")
    states = {each.state for each in importing.preview(session, project, unchanged, WORDS)}
    assert states == {State.SAME}


@pytest.mark.parametrize(
    ("text", "number"),
    [("20.000 €", "20000"), ("20,000.00", "20000"), ("12,5 %", "12.5"), ("1.5", "1.5"),
     ("300 000 Euro", "300000"), ("viel", "None"), ("1e9", "None")],
)  # fmt: skip
def test_numbers_are_read_as_people_write_them(text: str, number: str) -> None:
    found = number_in(text)
    assert str(found if found is None else f"{found.normalize():f}") == number


def test_a_list_brings_no_address_and_no_day_that_a_page_cannot_bear(
    session: Session, project: Project
) -> None:
    text = "Name,Link,Fristen\nA,javascript:alert(1),9999-12-31\nB,www.kiez.example,1.2.2027\n"
    one, two = importing.preview(
        session, project, begun(session, project, text.encode()), WORDS
    )
    assert len(one.line.notes) == 2
    assert one.line.values == {"name": "A"}
    assert two.line.values["url"] == "https://www.kiez.example"
