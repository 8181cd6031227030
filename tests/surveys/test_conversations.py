"""Whole conversations with our two questionnaires, question by question, as they happen."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from surveys.definition import Choice
from surveys.exchange.xlsform import read_xlsform
from surveys.questionnaires.evaluating import Evaluation, Questionnaire, clean, questionnaire
from tests.story import NOON


def instrument(name: str) -> Questionnaire:
    reading = read_xlsform(Path(f"surveys/instruments/{name}.xlsx").read_bytes())
    assert reading.definition
    return questionnaire(reading.definition)


@pytest.fixture(scope="module")
def survey() -> Questionnaire:
    return instrument("osi_enterprise_survey")


@pytest.fixture(scope="module")
def conversation() -> Questionnaire:
    return instrument("osi_refugee_conversation")


PARTNERS = ["O14", "O16", "O01", "O22", "O30"]
RADHAUS = {"consent": "yes", "org": "O01", "org_type": "enterprise", "activity": "work"}
REGISTER = [Choice(f"P{number}", {"de": f"Träger {number}"}) for number in range(1, 4)]


def look(form: Questionnaire, answers: Mapping[str, Any], **options: Any) -> Evaluation:
    return form.evaluate(answers, now=NOON, **options)


def page_of(evaluation: Evaluation, name: str) -> str:
    found = [
        page.key
        for page in evaluation.pages()
        if name in {item.name for item in page.questions}
    ]
    assert len(found) == 1
    return found[0]


def names(evaluation: Evaluation, question: str) -> list[str]:
    return [choice.name for choice in evaluation.choices(question)]


class TestTheEnterpriseSurvey:
    def test_nothing_starts_without_consent(self, survey: Questionnaire) -> None:
        consent = survey.definition.item("consent")
        refused = look(survey, {"consent": "no"})
        assert refused.violation("consent")
        assert refused.message(consent, "en") == (
            "The survey cannot start without consent.",
            "en",
        )
        assert not look(survey, {"consent": "yes"}).violation("consent")
        assert look(survey, {}).required("consent")

    def test_the_short_version_is_chosen_already(self, survey: Questionnaire) -> None:
        assert look(survey, {}).value("length") == "short"
        assert not look(survey, {}).relevant("ortsteile")
        assert look(survey, {"length": "long"}).relevant("ortsteile")

    def test_who_is_not_in_the_list_gives_a_name(self, survey: Questionnaire) -> None:
        assert not look(survey, {"org": "O01"}).relevant("org_other")
        assert look(survey, {"org": "other"}).relevant("org_other")
        assert page_of(look(survey, {"org": "other"}), "org_other") != "org"

    def test_no_organisation_is_its_own_partner(self, survey: Questionnaire) -> None:
        evaluation = look(survey, RADHAUS)
        assert "O01" not in names(evaluation, "partners")
        assert "O01" not in names(evaluation, "wished")
        assert len(names(evaluation, "partners")) == 39
        chosen = look(survey, {**RADHAUS, "partners": ["O01", "O14"]})
        assert chosen.value("partners") == ["O14"]

    def test_every_partner_has_a_turn_with_its_name(self, survey: Questionnaire) -> None:
        answers = {**RADHAUS, "org": "O40", "partners": PARTNERS}
        evaluation = look(survey, answers)
        assert evaluation.count("tie") == 5
        assert [evaluation.value("alter_id", turn) for turn in range(1, 6)] == PARTNERS
        group = survey.definition.item("tie_g")
        assert evaluation.label(group, "de", 1)[0] == "Stadtteilzentrum Bucher Bogen e.V."
        assert evaluation.label(group, "de", 5)[0] == evaluation.value("alter_name", 5)
        assert not evaluation.relevant("tie_future", 1)
        assert look(survey, {**answers, "length": "long"}).relevant("tie_future", 1)

    def test_the_short_version_asks_about_five_partners_at_most(
        self, survey: Questionnaire
    ) -> None:
        answers = {**RADHAUS, "partners": [f"O{number}" for number in range(20, 28)]}
        assert look(survey, answers).count("tie") == 5
        assert look(survey, {**answers, "length": "long"}).count("tie") == 8
        assert not look(survey, RADHAUS).relevant("tie")

    def test_the_ties_are_one_page_after_that_of_the_partners(
        self, survey: Questionnaire
    ) -> None:
        evaluation = look(survey, {**RADHAUS, "partners": PARTNERS})
        keys = [page.key for page in evaluation.pages()]
        assert keys.index(page_of(evaluation, "tie_strength")) == 1 + keys.index("partners")
        assert page_of(evaluation, "tie_kind") == page_of(evaluation, "tie_strength")

    def test_a_sum_other_than_100_is_pointed_out_on_the_next_page(
        self, survey: Questionnaire
    ) -> None:
        answers = {"length": "long", "inc_public": 60, "inc_market": 30}
        evaluation = look(survey, answers)
        assert evaluation.value("inc_sum") == 90
        assert evaluation.relevant("inc_warn")
        note = survey.definition.item("inc_warn")
        assert (
            evaluation.label(note, "en")[0] == "Sum: 90 % – please check, it should be 100 %."
        )
        assert page_of(evaluation, "inc_warn") != page_of(evaluation, "inc_public")
        assert not look(survey, {**answers, "inc_other": 10}).relevant("inc_warn")
        assert not look(survey, {}).relevant("inc_warn")

    def test_the_most_urgent_need_is_one_of_the_needs(self, survey: Questionnaire) -> None:
        every = names(look(survey, {}), "org_needs")
        answers = {"org_needs": every[:2]}
        assert names(look(survey, answers), "org_need_first") == every[:2]
        assert look(survey, answers).relevant("org_need_first")
        assert not look(survey, {"org_needs": every[:1]}).relevant("org_need_first")
        assert look(survey, {"org_needs": every[:6]}).violation("org_needs")

    def test_there_are_no_more_refugees_employed_than_employees(
        self, survey: Questionnaire
    ) -> None:
        assert look(survey, {"headcount": 4, "refugees_employed": 5}).violation(
            "refugees_employed"
        )
        assert not look(survey, {"headcount": 4, "refugees_employed": 4}).violation("headcount")
        assert look(survey, {"headcount": -1}).violation("headcount")

    def test_the_live_register_takes_the_place_of_the_list(self, survey: Questionnaire) -> None:
        roster = dict.fromkeys(("org", "partners", "wished"), REGISTER)
        evaluation = look(survey, {"org": "P1", "partners": ["P2"]}, roster=roster)
        assert names(evaluation, "org") == ["P1", "P2", "P3", "other"]
        assert names(evaluation, "partners") == ["P2", "P3"]
        assert evaluation.value("alter_name", 1) == "Träger 2"

    def test_an_address_is_asked_only_of_those_who_want_mail(
        self, survey: Questionnaire
    ) -> None:
        (first, *_) = names(look(survey, {}), "followup")
        answers = {"followup": [first], "email": "nadia@example"}
        assert look(survey, answers).violation("email")
        assert not look(survey, {**answers, "email": "nadia@example.org"}).violation("email")
        assert "email" not in clean(survey, {"email": "nadia@example.org"}, now=NOON)

    def test_what_is_submitted_is_what_was_asked(self, survey: Questionnaire) -> None:
        answers: dict[str, Any] = {
            **RADHAUS,
            "partners": ["O14"],
            "tie": [{"tie_strength": "close"}] * 3,
        }
        answers |= {"ortsteile": ["buch"], "more_partners": "yes", "headcount": 9}
        document = clean(survey, answers, now=NOON)
        assert document["tie"] == [
            {
                "alter_id": "O14",
                "alter_name": "Stadtteilzentrum Bucher Bogen e.V.",
                "tie_strength": "close",
            }
        ]
        assert document["headcount"] == 9
        assert document["naming"] == "team"
        assert not {"ortsteile", "more_partners", "new_partner"} & document.keys()


class TestTheConversation:
    def test_without_consent_it_ends(self, conversation: Questionnaire) -> None:
        answers = {"consent": "no", "german": "a1", "idea": "Café"}
        evaluation = look(conversation, answers)
        asked = {item.name for page in evaluation.pages() for item in page.questions}
        assert {"consent", "bye"} <= asked
        assert not evaluation.relevant("german")
        assert clean(conversation, answers, now=NOON) == {"consent": "no"}

    def test_the_code_has_a_form(self, conversation: Questionnaire) -> None:
        yes = {"consent": "yes"}
        assert look(conversation, {**yes, "token": "K7RQ2"}).violation("token")
        assert not look(conversation, {**yes, "token": "K7-RQ2"}).violation("token")

    def test_no_time_finer_than_a_month_is_kept(self, conversation: Questionnaire) -> None:
        assert look(conversation, {"consent": "yes"}).value("month") == "2026-11"

    def test_the_first_need_is_one_of_the_needs(self, conversation: Questionnaire) -> None:
        every = names(look(conversation, {"consent": "yes"}), "needs")
        answers = {"consent": "yes", "needs": every[2:4]}
        assert names(look(conversation, answers), "need_first") == every[2:4]

    def test_an_idea_may_go_to_the_wall(self, conversation: Questionnaire) -> None:
        assert not look(conversation, {"consent": "yes"}).relevant("idea_wall")
        assert look(conversation, {"consent": "yes", "idea": "Café"}).relevant("idea_wall")
