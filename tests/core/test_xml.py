import pytest

from core.xml import NotXml, clean, read


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
