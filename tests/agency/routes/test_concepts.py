import io
import re
from zipfile import ZipFile

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from agency.concepts import writing
from agency.concepts.models import Comment, Concept, Entry, Section
from agency.evidence import citing
from agency.evidence.references import Kind, Reference, from_json
from agency.funding import keeping as directory
from people.models import Naming, Organisation, Project, Side, User
from tests.agency.concepts.story import a_concept, an_entry
from tests.agency.story import a_listing
from tests.story import NOON, an_organisation, browser_of

CONCEPTS = "/p/buch/concepts"
BEGUN = {"key": "a form", "title": "Räder für alle", "evidence-sent": "1"}


@pytest.fixture
def radhaus(session: Session, project: Project) -> Organisation:
    found = an_organisation(project, "O17", "Radhaus Buch gGmbH", kind="provider")
    session.add(found)
    session.commit()
    return found


@pytest.fixture
def concept(session: Session, project: Project) -> Concept:
    found = a_concept(session, project)
    session.commit()
    return found


@pytest.fixture
def task_force(app: Flask, tarik: User) -> FlaskClient:
    return browser_of(tarik, app)


def entries(session: Session) -> list[Entry]:
    session.rollback()
    return list(session.scalars(select(Entry).order_by(Entry.id)))


def test_what_is_chosen_arrives_filled_in_with_its_evidence(
    desk: FlaskClient, session: Session, project: Project, radhaus: Organisation
) -> None:
    a_listing(session, project, Side.NEED, "Ein Ort zum Nähen", quantity=12)
    a_listing(session, project, Side.NEED, "Ein Zimmer", quantity=3)
    session.commit()
    field = f'<input type="checkbox" name="partners" value="{radhaus.id}">'
    assert field in desk.get(f"{CONCEPTS}/new").text
    chosen = {"evidence": ["gap:N1", "gap:N2", "gap:N77"], "partners": [str(radhaus.id)]}
    for _ in range(2):
        assert desk.post(CONCEPTS, data=BEGUN | chosen).status_code == 303
    many, few, partner = entries(session)
    assert (many.section, many.text) == (
        Section.PROBLEM, "12 Menschen suchen: Ein Ort zum Nähen.",
    )  # fmt: skip
    assert few.text == "Einige Menschen suchen: Ein Zimmer."  # so few could be known
    assert from_json(many.evidence) == (Reference(Kind.GAP, "N1"),)
    assert (partner.section, partner.organisation_id) == (Section.PARTNERS, radhaus.id)


def test_looking_for_evidence_keeps_what_was_typed_and_begins_nothing(
    desk: FlaskClient, session: Session, project: Project
) -> None:
    a_listing(session, project, Side.NEED, "Ein Ort zum Nähen")
    session.commit()
    looking = {"evidence-look": "1", "evidence-words": "naehen", "evidence-title": "Bericht"}
    page = desk.post(CONCEPTS, data=BEGUN | looking).text
    assert all(each in page for each in ("Räder für alle", "Ein Ort zum Nähen", "Bericht"))
    assert session.scalars(select(Concept)).all() == []


def test_a_source_of_ones_own_needs_a_whole_address(
    desk: FlaskClient, session: Session, project: Project
) -> None:
    named = {"evidence-title": "Bericht", "evidence-link": "javascript:alert(1)"}
    answer = desk.post(CONCEPTS, data=BEGUN | named)
    assert answer.status_code == 422
    assert "https://" in answer.text
    named["evidence-link"] = "https://example.org/bericht"
    assert desk.post(CONCEPTS, data=BEGUN | named).status_code == 303
    (entry,) = entries(session)
    assert from_json(entry.evidence)[0].kind == Kind.SOURCE


def test_two_at_once_see_both_and_may_keep_both(
    desk: FlaskClient, session: Session, concept: Concept
) -> None:
    entry = an_entry(session, concept, Section.PROBLEM, "Eins.")
    session.commit()
    place = f"{CONCEPTS}/{concept.id}/entries/{entry.id}"
    typed = {"key": "mine", "version": "1", "evidence-sent": "1"}
    assert desk.post(place, data=typed | {"text": "Von ihr."}).status_code == 303
    answer = desk.post(place, data=typed | {"text": "Von ihm."})
    assert answer.status_code == 409
    assert "Von ihr." in answer.text and "Von ihm." in answer.text
    assert desk.post(place, data=typed | {"text": "Von ihm.", "both": "1"}).status_code == 303
    assert [each.text for each in entries(session)] == ["Von ihr.", "Von ihm."]


@pytest.mark.parametrize(
    ("section", "change", "said"),
    [
        ("budget", {"amount": "viel"}, "12.500"),
        ("budget", {"year": "0"}, "Zahl"),
        ("budget", {"text": ""}, "Bitte schreiben Sie hier etwas."),
        ("measures", {"begins": "5", "ends": "3"}, "Das liegt vor dem Beginn."),
        ("partners", {"organisation": ""}, "Register"),
        ("partners", {"organisation": "Gibt es nicht"}, "heißt so."),
    ],
)
def test_what_is_wrong_is_said_and_stays(
    desk: FlaskClient,
    session: Session,
    concept: Concept,
    section: str,
    change: dict[str, str],
    said: str,
) -> None:
    whole = {"key": "k", "text": "Eine Meisterin", "kind": "staff", "year": "1", "amount": "5"}
    place = f"{CONCEPTS}/{concept.id}/entries?section={section}"
    answer = desk.post(place, data=whole | {"evidence-sent": "1"} | change)
    assert answer.status_code == 422
    assert said in answer.text
    assert entries(session) == []


def test_all_evidence_can_be_reached_by_showing_more_and_what_is_ticked_stays(
    desk: FlaskClient, session: Session, project: Project
) -> None:
    for number in range(60):
        a_listing(session, project, Side.NEED, f"Bedarf {number}")
    session.commit()
    assert offered(desk.get(f"{CONCEPTS}/new").text) == 5
    more = {"evidence-more": "gap:5", "evidence": ["gap:N60"]}
    page = desk.post(CONCEPTS, data=BEGUN | more).text
    assert offered(page) == 56 and 'value="gap:N60" checked' in page
    assert 'value="gap:N6" autofocus' in page
    assert offered(desk.post(CONCEPTS, data=BEGUN | {"evidence-more": "gap:55"}).text) == 60
    assert offered(desk.post(CONCEPTS, data=BEGUN | {"evidence-more": "gap:x"}).text) == 50
    assert not session.scalars(select(Concept)).all()


def offered(page: str) -> int:
    return page.count('name="evidence" value="gap:')


def test_a_need_that_is_covered_is_no_gap_to_begin_with(
    desk: FlaskClient, session: Session, project: Project
) -> None:
    a_listing(session, project, Side.NEED, "Ein Ort zum Nähen")
    session.commit()
    assert "Ein Ort zum Nähen" in desk.get(f"{CONCEPTS}/new").text
    a_listing(session, project, Side.OFFER, "Nähstube")
    session.commit()
    assert "Ein Ort zum Nähen" not in desk.get(f"{CONCEPTS}/new").text


def test_an_offered_indicator_brings_its_unit_and_source(
    desk: FlaskClient, session: Session, concept: Concept
) -> None:
    place = f"{CONCEPTS}/{concept.id}/entries?section=indicators"
    desk.post(place, data={"key": "k", "code": "W3", "target": "6", "evidence-sent": "1"})
    (entry,) = entries(session)
    assert entry.text == "Neue Arbeitsplätze für Geflüchtete"
    assert entry.facts["unit"] == "Vollzeitstellen"


def test_the_document_of_word_holds_every_claim_with_its_link(
    desk: FlaskClient, session: Session, project: Project, concept: Concept,
    radhaus: Organisation,
) -> None:  # fmt: skip
    said = "Birte", NOON
    links = ["https://example.org/a?b=c&d=<e>", "http://example.org/zwei"]
    sources = [
        citing.add_source(
            session, project, link[:30], f"Bericht „{link}“ & mehr", link, "", *said
        )
        for link in links
    ]
    a_listing(session, project, Side.NEED, "Ein Ort zum Nähen")
    cited = [Reference(Kind.SOURCE, str(each.id)) for each in sources]
    an_entry(session, concept, Section.PROBLEM, "Es fehlt <Platz> & Zeit.", *cited)
    an_entry(session, concept, Section.TARGET, "Viele nähen.", Reference(Kind.GAP, "N1"))
    an_entry(session, concept, Section.RISKS, "Radhaus Buch gGmbH geht.", remedy="Wir bleiben.")
    an_entry(session, concept, Section.PARTNERS, "Räume", organisation_id=radhaus.id)
    an_entry(session, concept, Section.MEASURES, "Kurse", begins="1", ends="6")
    an_entry(session, concept, Section.BUDGET, "Miete", kind="rooms", year="1", amount="100.10")
    session.commit()

    file = desk.get(f"{CONCEPTS}/{concept.id}/concept.docx").data
    text = "\n".join(each.text for each in docx.Document(io.BytesIO(file)).paragraphs)
    assert "Es fehlt <Platz> & Zeit." in text
    assert "Organisation 17 (Träger) geht. Was wir dann tun: Wir bleiben." in text
    assert "ESF+ 40,04\xa0€ (40,0\xa0%), Land Berlin 60,06\xa0€ (60,0\xa0%)." in text
    assert "Kofinanziert von der Europäischen Union" in text
    with ZipFile(io.BytesIO(file)) as inside:
        assert b"Radhaus" not in b"".join(map(inside.read, inside.namelist()))
        notes = parse_xml(inside.read("word/footnotes.xml"))
        body = parse_xml(inside.read("word/document.xml"))
        relations = parse_xml(inside.read("word/_rels/footnotes.xml.rels"))
    written = {each.get("Target") for each in relations}
    assert written == {*links, "http://127.0.0.1:5000/p/buch/needs/gaps/1"}
    referred = [e.get(qn("w:id")) for e in body.iter(qn("w:footnoteReference"))]
    told = [e.get(qn("w:id")) for e in notes.iter(qn("w:footnote")) if not e.get(qn("w:type"))]
    assert referred == told == ["1", "2", "3"]
    linked = {each.get("Id") for each in relations}
    assert {each.get(qn("r:id")) for each in notes.iter(qn("w:hyperlink"))} == linked


def test_the_printed_page_is_german_and_names_nobody_without_consent(
    desk: FlaskClient, session: Session, concept: Concept, radhaus: Organisation
) -> None:
    an_entry(session, concept, Section.PARTNERS, "Räume", organisation_id=radhaus.id)
    session.commit()
    page = f"{CONCEPTS}/{concept.id}/print"
    assert "Organisation 17 (Träger)" in (text := desk.get(page).text)
    assert "Radhaus" not in text
    assert "noch zu belegen" in text
    radhaus.naming = Naming.PUBLIC
    session.commit()
    assert "Radhaus Buch gGmbH" in desk.get(page).text


def test_a_partner_comments_by_link_and_reads_the_answer(
    desk: FlaskClient, app: Flask, session: Session, concept: Concept, radhaus: Organisation
) -> None:
    an_entry(session, concept, Section.PROBLEM, "Radhaus Buch gGmbH sucht Platz.")
    session.commit()
    place = f"{CONCEPTS}/{concept.id}/versions"
    desk.post(place, data={"key": "v", "note": ""})
    desk.post(f"{place}/1/opening")
    found = re.search(r'value="[^"]*(/concept/[0-9a-f]+)"', desk.get(f"{place}/1").text)
    assert found
    guest = app.test_client()
    page = guest.get(found[1]).text
    assert "Organisation 17 (Träger) sucht Platz." in page and "Radhaus" not in page
    words = "Das stimmt, sagt Radhaus Buch gGmbH."
    said = {"key": "c", "entry": "", "name": "Frau Yılmaz", "text": words}
    for _ in range(2):
        assert guest.post(found[1], data=said).status_code == 303
    session.rollback()
    comment = session.scalars(select(Comment)).one()
    changed = guest.post(found[1], data=said | {"shows_name": "y"})
    assert changed.status_code == 409  # not silently left as it was
    answered = {"answer": "Danke! Radhaus Buch gGmbH auch.", "resolved": "y"}
    desk.post(f"{place}/1/answers/{comment.id}", data=answered)
    page = guest.get(found[1]).text
    assert "Das stimmt, sagt Organisation 17 (Träger)." in page and "Danke!" in page
    assert "Radhaus" not in page
    assert "Frau Yılmaz" not in page  # nobody else may see the name unless she says so
    desk.post(place, data={"key": "v2", "note": ""})
    assert guest.post(found[1], data=said | {"key": "d"}).status_code == 409
    assert guest.get("/concept/nonsense").status_code == 404


def test_the_task_force_reads_versions_and_not_what_is_written(
    task_force: FlaskClient, desk: FlaskClient, session: Session, concept: Concept,
    radhaus: Organisation,
) -> None:  # fmt: skip
    an_entry(session, concept, Section.PROBLEM, "Es fehlt Platz.")
    an_entry(
        session, concept, Section.INDICATORS, "Räder", baseline=f"3 bei {radhaus.name}",
        code="", target="4", unit="Räder", source="Buch",
    )  # fmt: skip
    concept.title = f"Räder für alle mit {radhaus.name}"
    session.commit()
    note = f"nach dem Gespräch mit {radhaus.name}"
    desk.post(f"{CONCEPTS}/{concept.id}/versions", data={"key": "v", "note": note})
    for page in (CONCEPTS, f"{CONCEPTS}/{concept.id}/versions/1"):
        assert "Radhaus" not in task_force.get(page).text
    assert task_force.get(f"{CONCEPTS}/{concept.id}").status_code == 403
    assert "Räder für alle" in task_force.get(CONCEPTS).text
    page = task_force.get(f"{CONCEPTS}/{concept.id}/versions/1").text
    assert "Es fehlt Platz." in page and "/concept/" not in page


def test_what_was_deleted_comes_back(
    desk: FlaskClient, session: Session, concept: Concept
) -> None:
    entry = an_entry(session, concept, Section.PROBLEM, "Es fehlt Platz.")
    session.commit()
    place = f"{CONCEPTS}/{concept.id}/entries/{entry.id}"
    desk.post(f"{place}/removal")
    session.rollback()
    assert writing.content(session, concept).parts == ()
    desk.post(f"{place}/return")
    session.rollback()
    assert len(writing.content(session, concept).parts) == 1


def test_a_month_beyond_every_calendar_is_refused_at_its_field(
    desk: FlaskClient, session: Session, concept: Concept
) -> None:
    page = f"{CONCEPTS}/{concept.id}/frame"
    said = {"version": "1", "title": "Räder", "starts": "9999-12", "months": "24"}
    answer = desk.post(page, data=said)
    assert answer.status_code == 422
    assert 'value="9999-12"' in answer.text


def test_the_real_shares_are_told_to_a_tenth_and_what_is_due_by_the_programme(
    desk: FlaskClient, session: Session, project: Project, concept: Concept
) -> None:
    entry = directory.Entry("Modellprojekt", note="40 % ESF+, 60 % Land")
    directory.add(session, project, entry, "Birte", NOON, code="model")
    an_entry(session, concept, Section.BUDGET, "R", kind="rooms", year="1", amount="1000.00")
    session.commit()
    page = f"{CONCEPTS}/{concept.id}"
    said = {"version": "1", "title": "Räder", "months": "24", "programme": "model"}
    desk.post(f"{page}/frame", data=said | {"esf": "333,33", "land": "666,67"})
    text = desk.get(page).text
    assert re.search(r"333,33.€ \(33,3.%\).*666,67.€ \(66,7.%\)", text)
    assert re.search(r"40.%.*400,00.€", text)
    assert re.search(r"40.%.*60.%", desk.get(f"{page}/frame").text)


def test_whom_a_partner_was_merged_into_stands_in_the_form(
    desk: FlaskClient, session: Session, project: Project, concept: Concept,
    radhaus: Organisation,
) -> None:  # fmt: skip
    whole = an_organisation(project, "O18", "Radhaus Pankow gGmbH")
    session.add(whole)
    entry = an_entry(session, concept, Section.PARTNERS, "R", organisation_id=radhaus.id)
    session.flush()
    radhaus.merged_into_id, radhaus.deleted = whole.id, NOON
    session.commit()
    page = desk.get(f"{CONCEPTS}/{concept.id}/entries/{entry.id}").text
    assert 'name="organisation" type="text" value="Radhaus Pankow gGmbH"' in page


def test_a_version_that_no_database_could_count_is_not_found(
    desk: FlaskClient, concept: Concept
) -> None:
    for number in (7, -1, 10**25):
        for page in ("print", "concept.docx"):
            address = f"{CONCEPTS}/{concept.id}/{page}?version={number}"
            assert desk.get(address).status_code == 404
