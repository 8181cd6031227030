from hypothesis import given
from hypothesis import strategies as st

from core.stems import key_of
from surveys.reporting.words import word_list


def test_forms_of_a_word_are_one_word_in_its_usual_spelling() -> None:
    texts = ["Räume fehlen", "Wir brauchen Räume, Räume, Räume!", "kein Raum"]
    assert [(word.text, word.people) for word in word_list(texts, "de", 2)] == [("Räume", 3)]


def test_words_are_counted_by_people_however_often_one_of_them_says_it() -> None:
    texts = ["Kita Kita Kita Kita Kita Kita", "Werkstatt", "Werkstatt"]
    assert [word.text for word in word_list(texts, "de", 2)] == ["Werkstatt"]


def test_words_that_fewer_used_are_not_shown() -> None:
    texts = ["Ausbildung"] * 4
    assert word_list(texts, "de", 5) == []
    assert [word.people for word in word_list([*texts, "Ausbildungen"], "de", 5)] == [5]


def test_arabic_words_are_one_with_and_without_article_signs_and_stretching() -> None:
    texts = ["المدرسة مهمة", "مـدرسـة", "مَدْرَسَة جيدة", "والمدرسة"]
    found = word_list(texts, "ar", 3)
    assert [word.people for word in found] == [4]
    assert key_of("إدارة", "ar") == key_of("ادارة", "ar")
    assert found[0].text in {"المدرسة", "مدرسة"}  # as people write it, not the stem


def test_a_language_without_stems_is_counted_as_written() -> None:
    assert [word.text for word in word_list(["ናይ ስራሕ", "ስራሕ"], "ti", 2)] == ["ስራሕ"]


@given(st.lists(st.text(max_size=40), max_size=12), st.sampled_from(["de", "en", "ar", "ti"]))
def test_no_word_has_more_people_than_there_are(texts: list[str], language: str) -> None:
    for word in word_list(texts, language, 1):
        assert 1 <= word.people <= len(texts)
        assert 1 <= word.size <= 5
        assert word.text
