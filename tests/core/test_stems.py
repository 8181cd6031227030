import sys

import pytest

from core import stems
from core.stems import key_of, words_of
from tests.story import at_once


def test_stop_words_say_nothing() -> None:
    assert words_of("Und wir möchten mehr mit der Kita, z.B. dort", "de") == ["Kita"]
    assert words_of("we would like more childcare for them", "en") == ["childcare"]


def test_half_words_that_people_type_are_not_remembered_for_ever() -> None:
    key_of("Fahrräder", "de")
    assert not hasattr(stems._stem("de"), "cache_info")


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


def test_many_ask_at_once_and_each_gets_the_stem_of_its_word() -> None:
    """A stemmer that is shared mixed up the words of two who asked at the same moment."""
    roots = ["fahrradwerkstätt", "möglich", "beschäftig", "kinderbetreu", "arbeitsgelegen"]
    words = [f"{root}{end}" for root in roots for end in ("en", "ungen", "heiten", "liche")]
    stems._stem.cache_clear()
    right = {word: stems._stem("de")(word) for word in words}
    wrong: list[str] = []

    def ask(which: int) -> None:
        for word in words[which:] + words[:which]:
            if stems._stem("de")(word) != right[word]:
                wrong.append(word)

    pause = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        for _ in range(20):
            stems._stem.cache_clear()
            stems._stem("de")
            at_once(8, ask)
    finally:
        sys.setswitchinterval(pause)
    assert wrong == []
