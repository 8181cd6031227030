import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.reporting.words import key_of, word_list, words_of


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


def test_stop_words_say_nothing() -> None:
    assert words_of("Und wir möchten mehr mit der Kita, z.B. dort", "de") == ["Kita"]
    assert words_of("we would like more childcare for them", "en") == ["childcare"]


def test_arabic_words_are_one_with_and_without_article_signs_and_stretching() -> None:
    texts = ["المدرسة مهمة", "مـدرسـة", "مَدْرَسَة جيدة", "والمدرسة"]
    found = word_list(texts, "ar", 3)
    assert [word.people for word in found] == [4]
    assert key_of("إدارة", "ar") == key_of("ادارة", "ar")
    assert found[0].text in {"المدرسة", "مدرسة"}  # as people write it, not the stem


def test_arabic_stop_words_are_left_out_in_every_spelling() -> None:
    assert words_of("نحتاج إلى دورة", "ar") == ["دورة"]
    assert words_of("نحتاج الى دورة", "ar") == ["دورة"]


def test_fillers_say_nothing_in_any_of_their_forms() -> None:
    text = "Uns fehlen gemeinsame Räume, mehreren passt es; Kolleg*innen wünschen sich Zeit"
    assert "Räume" in words_of(text, "de")
    assert not {"fehlen", "gemeinsame", "mehreren", "innen"} & {*words_of(text, "de")}
    assert "Kolleginnen" in words_of(text, "de")
    assert words_of("ومع وفي", "ar") == []


@pytest.mark.parametrize(
    "forms",
    [
        "لغة اللغة باللغة للغة واللغة",
        "عمل العمل للعمل بالعمل والعمل",
        "سكن السكن للسكن بالسكن",
        "وظيفة الوظيفة للوظيفة والوظيفة",
        "لاجئين اللاجئين للاجئين لاجئون",
        "ألمانية الألمانية بالألمانية المانية",
    ],
)
def test_an_arabic_word_is_one_with_whatever_is_joined_to_it(forms: str) -> None:
    assert len({key_of(word, "ar") for word in forms.split()}) == 1


def test_a_letter_that_looks_joined_may_belong_to_the_word() -> None:
    assert key_of("ورشة", "ar") != key_of("رشة", "ar")
    assert key_of("والد", "ar") != key_of("د", "ar")


def test_a_variant_of_a_language_has_its_stop_words() -> None:
    assert words_of("und die Kita", "de-simple") == ["Kita"]


def test_a_language_without_stems_is_counted_as_written() -> None:
    assert [word.text for word in word_list(["ናይ ስራሕ", "ስራሕ"], "ti", 2)] == ["ስራሕ"]


@given(st.lists(st.text(max_size=40), max_size=12), st.sampled_from(["de", "en", "ar", "ti"]))
def test_no_word_has_more_people_than_there_are(texts: list[str], language: str) -> None:
    for word in word_list(texts, language, 1):
        assert 1 <= word.people <= len(texts)
        assert 1 <= word.size <= 5
        assert word.text
