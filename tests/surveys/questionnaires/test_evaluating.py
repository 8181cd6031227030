"""Evaluating: what is asked, what follows, and what is wrong."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from surveys.definition import Choice, Definition, Item
from surveys.questionnaires.evaluating import Evaluation, Questionnaire, clean, questionnaire
from surveys.questionnaires.turns import MOST_TURNS
from tests.story import NOON


def a_form(*items: Item, **lists: tuple[Choice, ...]) -> Questionnaire:
    return questionnaire(Definition({}, "", "de", ("de", "en"), items, lists))


def look(form: Questionnaire, answers: Mapping[str, Any]) -> Evaluation:
    return form.evaluate(answers, now=NOON)


def text(name: str, **more: Any) -> Item:
    return Item("question", name, "text", **more)


def number(name: str, **more: Any) -> Item:
    return Item("question", name, "integer", **more)


def calculated(name: str, formula: str, **more: Any) -> Item:
    return Item("calculate", name, calculation=formula, **more)


def test_what_stands_in_a_group_is_asked_only_if_the_group_is() -> None:
    inner = Item("group", "inner", items=(text("b", relevant="${a} != 'x'"),))
    form = a_form(text("a"), Item("group", "outer", relevant="${a} != ''", items=(inner,)))
    assert not look(form, {}).relevant("b")
    assert look(form, {"a": "1"}).relevant("b")
    assert not look(form, {"a": "x"}).relevant("b")
    assert look(form, {"a": "x"}).relevant("outer")


def test_an_answer_that_is_not_asked_counts_as_empty_but_is_not_forgotten() -> None:
    form = a_form(text("a"), text("b", relevant="${a} = 'yes'"), calculated("c", "${b}"))
    answers = {"a": "no", "b": "kept"}
    assert look(form, answers).value("c") is None
    assert look(form, {**answers, "a": "yes"}).value("c") == "kept"
    assert clean(form, answers, now=NOON) == {"a": "no"}


def test_calculations_follow_from_each_other_in_whatever_order_they_stand() -> None:
    form = a_form(calculated("c", "${b} + 1"), calculated("b", "${a} * 2"), number("a"))
    assert look(form, {"a": 3}).value("c") == 7


def test_a_thousand_calculations_may_follow_from_each_other() -> None:
    chain = [calculated(f"c{n}", f"${{c{n - 1}}} + 1") for n in range(2000, 0, -1)]
    assert look(a_form(*chain, number("c0")), {"c0": 0}).value("c2000") == 2000


def test_so_may_a_thousand_questions_in_whatever_order_they_stand() -> None:
    chain = [text(f"q{n}", relevant=f"${{q{n - 1}}} = 'x'") for n in range(1000, 0, -1)]
    turn = Item("repeat", "r", items=(*chain, text("q0")))
    answers = {"r": [{f"q{n}": "x" for n in range(1001)}, {"q0": "x", "q2": "x"}]}
    evaluation = look(a_form(turn), answers)
    assert evaluation.relevant("q1000", 1)
    assert not evaluation.relevant("q1000", 2)


def test_a_sum_may_be_long() -> None:
    assert look(a_form(calculated("a", "+".join(["1"] * 3000))), {}).value("a") == 3000


def test_a_circle_is_a_problem_and_comes_to_an_end() -> None:
    form = a_form(calculated("a", "${b} + 1"), calculated("b", "${a} + 1"), text("c"))
    (problem,) = form.assembly.problems
    assert str(problem.error) == "These depend on each other in a circle: a, b."
    assert look(form, {}).value("a") is None


def test_a_group_may_not_wait_for_what_stands_in_it() -> None:
    form = a_form(Item("group", "g", relevant="${a} = '1'", items=(text("a"),)))
    assert "circle" in str(form.assembly.problems[0].error)
    assert not look(form, {"a": "1"}).relevant("g")


def test_a_calculation_may_look_at_an_earlier_turn_of_itself() -> None:
    running = calculated(
        "total", "coalesce(indexed-repeat(${total}, ${r}, position(..) - 1), 0) + ${x}"
    )
    form = a_form(Item("repeat", "r", items=(number("x"), running)))
    assert not form.assembly.problems
    evaluation = look(form, {"r": [{"x": 1}, {"x": 2}, {"x": 3}]})
    assert [evaluation.value("total", turn) for turn in (1, 2, 3)] == [1, 3, 6]


def test_repeats_stand_within_repeats() -> None:
    pet = Item(
        "repeat",
        "pet",
        items=(
            text("name"),
            calculated("call", "concat(${who}, position(..), position(../..))"),
        ),
    )
    person = Item(
        "repeat", "person", items=(text("who"), pet, calculated("pets", "count(${pet})"))
    )
    form = a_form(person, calculated("all", "join(' ', ${name})"))
    answers = {
        "person": [{"who": "A", "pet": [{"name": "x"}, {"name": "y"}]}, {"who": "B", "pet": []}]
    }
    evaluation = look(form, answers)
    assert evaluation.value("all") == "x y"
    assert evaluation.value("call", (1, 2)) == "A21"
    assert evaluation.count("pet", 1) == 2
    assert evaluation.value("pets", 1) == 2
    assert list(evaluation.instances("name")) == [(1, 1), (1, 2)]


def test_a_repeat_without_a_number_begins_with_one_turn_that_can_be_taken_away() -> None:
    form = a_form(Item("repeat", "r", items=(text("a"),)))
    assert look(form, {}).count("r") == 1
    assert look(form, {"r": []}).count("r") == 0
    assert look(form, {"r": [{}, {}]}).count("r") == 2


def test_a_slip_of_the_finger_does_not_fill_the_memory() -> None:
    form = a_form(number("n"), Item("repeat", "r", count="${n}", items=(text("a"),)))
    assert look(form, {"n": 10**9}).count("r") == MOST_TURNS
    assert look(form, {"n": -3}).count("r") == 0
    assert look(form, {}).count("r") == 0


def test_a_default_holds_until_something_else_is_said() -> None:
    form = a_form(
        number("a", default="5"), text("b", default="today()"), text("c", default="a-b"),
        text("d", default="${a}"),
    )  # fmt: skip
    evaluation = look(form, {})
    assert [evaluation.value(name) for name in "abcd"] == [5, "2026-11-02", "a-b", 5]
    assert look(form, {"a": None}).value("a") is None
    assert look(form, {"a": 7}).value("d") == 7


def test_a_choice_that_is_offered_no_longer_counts_no_longer() -> None:
    cities = (
        Choice("buch", attributes={"land": "be"}),
        Choice("jena", attributes={"land": "th"}),
    )
    city = Item("question", "city", "select_one", list="cities", choice_filter="land = ${land}")
    form = a_form(text("land"), city, calculated("c", "${city}"), cities=cities)
    evaluation = look(form, {"land": "be", "city": "jena"})
    assert [choice.name for choice in evaluation.choices("city")] == ["buch"]
    assert evaluation.value("c") is None
    assert look(form, {"land": "th", "city": "jena"}).value("c") == "jena"


def test_the_same_name_may_stand_in_two_branches_of_a_list() -> None:
    cities = (Choice("x", attributes={"land": "a"}), Choice("x", attributes={"land": "b"}))
    city = Item("question", "city", "select_one", list="cities", choice_filter="land = ${land}")
    form = a_form(text("land"), city, cities=cities)
    evaluation = look(form, {"land": "b", "city": "x"})
    assert [choice.attributes["land"] for choice in evaluation.choices("city")] == ["b"]
    assert evaluation.value("city") == "x"


def test_choices_may_be_what_was_answered_before() -> None:
    person = Item("repeat", "person", items=(text("who"),))
    form = a_form(person, Item("question", "eldest", "select_one", list="${who}"))
    evaluation = look(form, {"person": [{"who": "Amal"}, {"who": ""}, {"who": "Binta K."}]})
    assert [choice.name for choice in evaluation.choices("eldest")] == ["Amal", "Binta K."]
    assert [page.key for page in form.pages] == ["who", "eldest"]


def test_words_name_answers_and_choices_by_what_people_read() -> None:
    city = Item("question", "city", "select_one", list="cities")
    note = Item("note", "note", label={"de": "In ${city} seit ${year}?", "en": "In ${city}?"})
    cities = (Choice("b", {"de": "Büch", "en": "Beech"}), Choice("c", {"de": "aus ${year}"}))
    form = a_form(city, number("year"), note, cities=cities)
    evaluation = look(form, {"city": "b", "year": 2019})
    assert evaluation.label(note, "de") == ("In Büch seit 2019?", "de")
    assert evaluation.label(note, "en") == ("In Beech?", "en")
    assert evaluation.label(note, "ar") == ("In Büch seit 2019?", "de")
    assert evaluation.choices("city")[1].label == {"de": "aus 2019"}


def test_no_answer_breaks_no_constraint() -> None:
    form = a_form(number("a", constraint=". > 3", required="${b} = 'yes'"), text("b"))
    assert not look(form, {}).violation("a")
    assert look(form, {"a": 3}).violation("a")
    assert not look(form, {"a": 4}).violation("a")
    assert look(form, {"b": "yes"}).required("a")
    assert not look(form, {}).required("a")


def test_what_cannot_be_computed_never_stands_in_the_way() -> None:
    form = a_form(text("a", relevant="pulldata('x')", constraint="((", required="${nobody}"))
    evaluation = look(form, {"a": "1"})
    assert evaluation.relevant("a")
    assert not evaluation.violation("a")
    assert not evaluation.required("a")


def test_chance_chooses_once() -> None:
    form = a_form(
        calculated("a", "random()"),
        Item("repeat", "r", items=(calculated("b", "uuid()"), calculated("c", "once(now())"))),
    )
    first = look(form, {}).settled()
    later = form.evaluate(first, now=datetime(2027, 1, 1, tzinfo=UTC))
    assert later.settled() == first
    assert later.value("a") == first["a"]
    assert later.value("c", 1).startswith("2026-11-02T13:00")


def test_today_is_the_day_in_berlin() -> None:
    form = a_form(calculated("a", "today()"))
    late = datetime(2026, 11, 2, 23, 30, tzinfo=UTC)
    assert form.evaluate({}, now=late).value("a") == "2026-11-03"
