import pytest

from core.xml import NotXml, clean, listen, read


def test_what_xml_cannot_hold_is_left_out() -> None:
    told = "a\x00b\x1fc\ud800d\ufffee\uffffF\U0001f600 ä\tg\n"
    assert clean(told) == "abcdeF\U0001f600 ä\tg\n"


def test_a_document_is_read_by_local_names() -> None:
    found = read(b"<a xmlns:o='urn:x' o:id='1' id='2'><o:b> x<c/>y </o:b><b/></a>")
    assert (found.name, found.attributes["id"]) == ("a", "2")
    first = found.first("b")
    assert first
    assert first.text == "xy"
    assert len(found.all("b")) == 2
    assert found.first("nothing") is None


LAUGHS = b"".join(
    b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10 if n else b"ha") for n in range(9)
)


@pytest.mark.parametrize(
    "document",
    [
        b"<!DOCTYPE a [" + LAUGHS + b"]><a>&l8;</a>",
        b'<!DOCTYPE a SYSTEM "http://127.0.0.1/x.dtd"><a/>',
        b"<!DOCTYPE a><a/>",
        b"<a>&nothing;</a>",
        b"<a>" * 200 + b"</a>" * 200,
        b"<a>" + b"<b/>" * 60_000 + b"</a>",
        b"<a/><a/>",
        b"",
    ],
    ids=["laughs", "fetches", "doctype", "undeclared", "deep", "many", "two", "nothing"],
)
def test_what_no_form_of_ours_needs_is_not_read(document: bytes) -> None:
    with pytest.raises(NotXml):
        read(document)


def heard(document: bytes) -> list[tuple[str, str, int]]:
    """What is told at the end of each element."""
    told: list[tuple[str, str, int]] = []
    listen(document, lambda *_: None, lambda *said: told.append(said))
    return told


def test_a_long_document_is_told_element_by_element_with_its_lines() -> None:
    document = b'<a xmlns="urn:x">\n<b>one &amp; two</b>\n<c/></a>'
    assert heard(document) == [("b", "one & two", 2), ("c", "", 3), ("a", "\n\n", 3)]


@pytest.mark.parametrize(
    ("document", "line"),
    [
        (b"<a>\n<b></a>", 2),
        (b'\n<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', 2),
        (b"<a>" * 200, 1),
        (b'<?xml version="1.0" encoding="klingon"?><a/>', 1),
        (b"", 1),
    ],
)
def test_where_a_document_cannot_be_heard_any_further_is_told(
    document: bytes, line: int
) -> None:
    with pytest.raises(NotXml) as refused:
        heard(document)
    assert refused.value.args == (line,)
