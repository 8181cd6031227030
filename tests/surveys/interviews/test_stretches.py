import pytest

from surveys.interviews.stretches import digest, find, parted, where_now, whole

TEXT = "Wir suchen Räume.\nUnd  Räume für Kinder, \U0001f9f5 bitte!"


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("suchen Räume", "suchen Räume"),
        ("räume FÜR kinder", "Räume für Kinder"),
        ("Räume. Und Räume", "Räume.\nUnd  Räume"),  # as one line
        (" bitte! ", "bitte!"),
        ("a.b*c", None),
        ("  ", None),
        ("Wohnungen", None),
    ],
)
def test_words_are_found_whatever_space_is_between_them(words: str, found: str | None) -> None:
    place = find(TEXT, words)
    assert (place and TEXT[slice(*place)]) == found


def test_of_several_places_the_one_pointed_at_is_meant() -> None:
    assert find(TEXT, "Räume") == (11, 16)
    assert find(TEXT, "Räume", near=20) == (23, 28)


def test_the_whole_text_is_without_the_space_around_it() -> None:
    assert whole("  so viel \n") == (2, 9)
    assert whole(" \n ") == (3, 3)


def test_a_stretch_is_found_again_at_the_nearest_place_or_nowhere() -> None:
    known = digest(TEXT, (11, 16))
    assert where_now(TEXT, (11, 16), known) == (11, 16)
    assert where_now("Ja: " + TEXT, (11, 16), known) == (15, 20)
    assert where_now(TEXT.replace("suchen Räume", "suchen"), (11, 16), known) == (17, 22)
    assert where_now("Wir suchen nichts.", (11, 16), known) is None
    assert where_now("", (11, 16), known) is None


def test_a_text_is_parted_at_its_marks_and_nothing_of_it_is_lost() -> None:
    pieces = [*parted("abcdef", [(1, 4), (2, 5), (0, 6)])]
    assert pieces == [("a", False), ("b", True), ("cd", True), ("e", True), ("f", False)]
    assert [*parted("abc", [(0, 3)])] == [("abc", False)]
    assert [*parted("", [])] == []
