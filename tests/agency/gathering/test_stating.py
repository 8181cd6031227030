from agency.gathering.stating import statements
from people.listings.keeping import Beside
from people.models import Side
from tests.agency.gathering.story import asking
from tests.surveys.answers import instrument

ENTERPRISES, PEOPLE = instrument("enterprise_survey"), instrument("refugee_conversation")


def test_what_was_ticked_is_needed_and_offered() -> None:
    said = statements(
        ENTERPRISES,
        {"offers": ["childcare"], "free_places": 6, "org_needs": ["rooms", "funding"],
         "org_need_first": "funding"},
    )  # fmt: skip
    assert [(each.side, each.term, each.quantity, each.first) for each in said] == [
        (Side.NEED, "rooms", None, False),
        (Side.NEED, "funding", None, True),
        (Side.OFFER, "childcare", 6, False),
    ]


def test_places_of_several_offers_belong_to_none_of_them() -> None:
    said = statements(ENTERPRISES, {"offers": ["childcare", "rooms"], "free_places": 6})
    assert {(each.quantity, each.together) for each in said} == {(None, 6)}


def test_a_vacancy_says_what_for_and_which_german_it_asks() -> None:
    answers = {
        "willing": "4", "occ_wanted": ["occ_bike", "occ_cook"], "places_12m": 3,
        "min_german": "c", "org_needs": ["staff", "rooms"], "org_need_first": "staff",
    }  # fmt: skip
    said, _rooms = statements(ENTERPRISES, answers)
    assert (said.side, said.term, said.quantity) == (Side.NEED, "staff", 3)
    assert (said.german, said.first) == ("c1", True)
    assert [each["de"] for each in said.details] == ["Fahrradmechanik", "Kochen"]


def test_whoever_needs_childcare_needs_it_with_all_else() -> None:
    answers = {"needs": ["language_course", "childcare"], "german": "a1", "kids": "yes_u3",
               "times": ["t_morning"], "need_first": "childcare"}  # fmt: skip
    course, care = statements(PEOPLE, answers)
    assert (course.requires, course.german, course.times) == (
        ("childcare",),
        "a1",
        ("t_morning",),
    )
    assert (care.requires, care.first) == ((), True)
    assert statements(PEOPLE, {"needs": ["jobs"], "kids": "skip"})[0].requires == ()


def test_what_is_needed_besides_keeps_its_own_place_and_time() -> None:
    """It once took those of what it was needed for."""
    form = asking(
        PEOPLE, kids_when="need.childcare.time", kids_where="need.childcare.place",
        where="need.place",
    )  # fmt: skip
    answers = {
        "needs": ["language_course", "childcare"], "kids": "yes_u3", "where": "buch",
        "times": ["t_morning"], "kids_when": ["t_evening"], "kids_where": "karow",
    }  # fmt: skip
    course, care = statements(form, answers)
    assert (course.times, course.locality) == (("t_morning",), "buch")
    assert course.besides == {"childcare": Beside("karow", ("t_evening",))}
    assert (care.times, care.locality, care.besides) == (("t_evening",), "karow", {})
    course, care = statements(form, answers | {"kids_when": [], "kids_where": "anywhere"})
    assert course.besides == {}
    assert (care.times, care.locality) == (("t_morning",), "buch")
