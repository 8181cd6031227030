"""The codebook as DDI, against what codebook.xsd of DDI Codebook 2.5 says."""

from dataclasses import replace
from xml.etree import ElementTree as Tree

import pytest
from sqlalchemy.orm import Session

from people.models import Organisation
from surveys.definition import Item
from surveys.exporting import ddi
from surveys.fieldwork.importing import add_version
from surveys.models import Survey
from tests.story import NOON
from tests.surveys.example import ENTERPRISES, answer
from tests.surveys.exporting.example import ANSWERS, taken

SPACE = {"d": "ddi:codebook:2_5"}
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
ORDER = {  # of children, and which must be there
    "codeBook": "stdyDscr fileDscr dataDscr",
    "stdyDscr": "citation",
    "citation": "titlStmt verStmt",
    "titlStmt": "titl parTitl IDNo",
    "verStmt": "version",
    "fileDscr": "fileTxt",
    "fileTxt": "fileName dimensns",
    "dimensns": "caseQnty varQnty",
    "dataDscr": "varGrp var",
    "varGrp": "labl",
    "var": "labl qstn sumStat catgry varFormat",
    "qstn": "qstnLit",
    "catgry": "catValu labl catStat",
}
ONCE = {"titlStmt", "titl", "version", "fileName", "dimensns", "catValu", "varFormat"}
VALUES = {
    ("varGrp", "type"): {"multipleResp"},
    ("var", "intrvl"): {"contin", "discrete"},
    ("sumStat", "type"): {"vald", "invd"},
    ("catStat", "type"): {"freq"},
    ("catgry", "missing"): {"Y", "N"},
    ("varFormat", "type"): {"numeric", "character"},
    ("varFormat", "category"): {"date", "time", "other"},
}


def name(element: Tree.Element) -> str:
    return element.tag.removeprefix("{ddi:codebook:2_5}")


@pytest.fixture
def book(session: Session, survey: Survey, radhaus: Organisation) -> Tree.Element:
    more = Item("question", "since", "date", {"de": "Seit wann? <&\x0b>"})
    add_version(session, survey, replace(ENTERPRISES, items=(*ENTERPRISES.items, more)), NOON)
    answer(session, survey, ANSWERS | {"since": "2024-02-29"}, radhaus)
    answer(session, survey, {"org_type": "migrant", "headcount": 3, "expiring": "0"})
    content = ddi.as_xml(taken(session, survey, language="en"))
    return Tree.fromstring(content)  # noqa: S314 - ours


def variable(book: Tree.Element, called: str) -> Tree.Element:
    found = book.find(f".//d:var[@name='{called}']", SPACE)
    assert found is not None
    return found


def said(parent: Tree.Element, path: str) -> list[str]:
    return [each.text or "" for each in parent.findall(path, SPACE)]


def test_elements_stand_in_the_order_of_the_schema(book: Tree.Element) -> None:
    assert (name(book), book.get("version")) == ("codeBook", "2.5")
    for element in book.iter():
        assert element.tag.startswith("{ddi:codebook:2_5}")
        children = [name(each) for each in element]
        order = ORDER.get(name(element), "").split()
        assert children == sorted(children, key=order.index)
        assert all(children.count(each) <= 1 for each in ONCE)


def test_attributes_hold_what_the_schema_lists(book: Tree.Element) -> None:
    for element in book.iter():
        for attribute, value in element.attrib.items():
            known = VALUES.get((name(element), attribute))
            assert known is None or value in known
    ids = [each for element in book.iter() if (each := element.get("ID"))]
    assert len(set(ids)) == len(ids)
    for element in book.iter():
        refs = (element.get("files", "") + " " + element.get("var", "")).split()
        assert {*refs} <= {*ids}


def test_title_versions_and_files_are_told(book: Tree.Element) -> None:
    titles = book.find(".//d:titlStmt", SPACE)
    assert titles is not None
    assert said(titles, "d:titl") == ["Survey of social enterprises"]
    assert said(titles, "d:parTitl") == ["Befragung soziale Betriebe"]
    versions = book.findall(".//d:version", SPACE)
    assert [(each.text, each.get("date")) for each in versions] == [
        ("1", "2026-11-02"), ("2", "2026-11-02"),
    ]  # fmt: skip
    assert said(book, ".//d:fileName") == ["responses.csv", "tie.csv"]
    assert said(book, ".//d:caseQnty") == ["2", "2"]


def test_a_question_has_its_wording_in_all_languages_and_its_numbers(
    book: Tree.Element,
) -> None:
    kind = variable(book, "org_type")
    assert said(kind, "d:qstn/d:qstnLit") == [
        "What kind of organisation are you?", "Was für eine Organisation sind Sie?",
    ]  # fmt: skip
    assert said(kind, "d:sumStat") == ["2", "0"]
    codes, counts = said(kind, "d:catgry/d:catValu"), said(kind, "d:catgry/d:catStat")
    assert dict(zip(codes, counts, strict=True)) == {
        "provider": "0", "enterprise": "0", "migrant": "2", "research": "0",
    }  # fmt: skip
    labels = kind.findall("d:catgry/d:labl", SPACE)
    assert [(each.get(LANGUAGE), each.text) for each in labels][:2] == [
        ("en", "Social provider"), ("de", "Träger der Wohlfahrtspflege"),
    ]  # fmt: skip


def test_what_is_no_answer_is_missing_and_not_valid(book: Tree.Element) -> None:
    expiring = variable(book, "expiring")
    missing = expiring.find("d:catgry[@missing='Y']/d:catValu", SPACE)
    assert missing is not None
    assert missing.text == "-98"
    assert said(expiring, "d:sumStat") == ["1", "1"]


def test_choices_of_one_question_are_a_group(book: Tree.Element) -> None:
    group = book.find(".//d:varGrp[@name='offers']", SPACE)
    assert group is not None
    rooms = variable(book, "offers_rooms")
    assert rooms.get("ID") in group.get("var", "").split()
    assert said(rooms, "d:catgry/d:catStat") == ["0", "1"]
    assert said(rooms, "d:sumStat") == ["1", "1"]


def test_no_words_of_a_respondent_are_in_it(book: Tree.Element) -> None:
    text = Tree.tostring(book, encoding="unicode")
    assert "+49 30" not in text
    assert "=Radhaus" not in text
    assert said(variable(book, "since"), "d:qstn/d:qstnLit") == ["Seit wann? <&>"]
