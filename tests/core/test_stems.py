import pytest

from core.stems import key_of, words_of


def test_stop_words_say_nothing() -> None:
    assert words_of("Und wir möchten mehr mit der Kita, z.B. dort", "de") == ["Kita"]
    assert words_of("we would like more childcare for them", "en") == ["childcare"]


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
