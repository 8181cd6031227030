from core.xml import clean


def test_what_xml_cannot_hold_is_left_out() -> None:
    told = "a\x00b\x1fc\ud800d\ufffee\uffffF\U0001f600 ä\tg\n"
    assert clean(told) == "abcdeF\U0001f600 ä\tg\n"
