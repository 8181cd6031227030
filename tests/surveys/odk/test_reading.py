"""Both questionnaires as Collect sends them: groups in groups, repeats, several choices."""

import re
from functools import cache, partial
from pathlib import Path
from typing import Any

import pytest

from surveys.definition import Choice, Definition, Item
from surveys.exchange.xlsform import read_xlsform
from surveys.odk import reading
from surveys.odk.forming import NEW_CODE, Consent, Form, form_of, media_of, number_of
from surveys.questionnaires.asking import Asked, Roster
from surveys.questionnaires.evaluating import Questionnaire
from tests.story import NOON
from tests.surveys.odk.collect import filled

INSTRUMENTS = Path("surveys/instruments")
PERSON = {
    "consent": "yes",
    "before/token": "K7-RQ2",
    "before/conv_language": "prs",
    "before/mode": "inperson",
    "talk/languages": "prs pes",
    "talk/person/age": "25_34",
    "talk/work/occ_done": "health social_edu",
    "talk/needs": "german work",
    "talk/idea": "Ein Garten\nmit Tomaten",
    "talk/idea_wall": "yes",
}
ENTERPRISE = {
    "consent": "yes",
    "length": "long",
    "profile/org": "O01",
    "size/headcount": "12",
    "network/partners": "O02 O03",
    "network/tie[1]/tie_g/tie_strength": "2",
    "network/tie[2]/tie_g/tie_strength": "3",
    "network/more_partners": "yes",
    "network/new_partner[1]/np_name": "Nähstube",
    "network/new_partner[1]/np_sector": "economy",
    "network/new_partner[2]/np_name": "Radwerkstatt",
    "ideas_g/followup": "results",
    "ideas_g/email": "a@example.org",
}


@cache
def asked(name: str) -> Asked:
    definition = read_xlsform((INSTRUMENTS / f"{name}.xlsx").read_bytes(), name).definition
    assert definition
    return Asked(Questionnaire(definition))


def roster(asked: Asked) -> Roster:
    register = [Choice(f"O0{n}", {"und": f"Haus & Hof {n}"}) for n in (1, 2, 3)]
    return dict.fromkeys(asked.rosters, register)


def form(name: str) -> Form:
    known = asked(name)
    consents = {
        item.name: Consent({"de": 17}, {"de": "Ich mache mit."})
        for item in known.definition.having("consent")
    }
    return form_of("runde", 3, known, roster(known), "O14", consents)


def understood(name: str, told: dict[str, str]) -> tuple[dict[str, Any], list[str]]:
    known, made = asked(name), form(name)
    sent = reading.sent(filled(made.xml(), told, "uuid:1"))
    assert (sent.form, sent.version, sent.instance) == ("runde", made.version, "uuid:1")
    fields = reading.fields_of(known.definition, sent.root)
    evaluate = partial(known.evaluate, roster=roster(known), now=NOON, language="de")
    whole, evaluation, lost = reading.answers_of(known, fields, evaluate)
    del whole
    return evaluation.document(), lost


def choices(name: str, question: str, *wanted: int) -> str:
    """Choices that a question really offers, by their places."""
    definition = asked(name).definition
    offered = definition.lists[definition.item(question).list]
    return " ".join(offered[place].name for place in wanted)


def test_a_conversation_is_understood() -> None:
    name = "osi_refugee_conversation"
    told = PERSON | {
        "before/mode": choices(name, "mode", 0),
        "talk/person/age": choices(name, "age", 1),
        "talk/work/occ_done": choices(name, "occ_done", 2, 0),
        "talk/needs": choices(name, "needs", 0, 3),
        "talk/need_first": choices(name, "needs", 3),
    }
    document, lost = understood(name, told)
    assert lost == []
    assert document["languages"] == ["prs", "pes"]
    assert document["age"] == choices(name, "age", 1)
    assert document["occ_done"] == choices(name, "occ_done", 2, 0).split()
    assert document["need_first"] == choices(name, "needs", 3)
    assert document["idea"] == "Ein Garten\nmit Tomaten"
    assert document["idea_wall"] == "yes"
    assert document["month"] == "2026-11"


def test_turns_of_a_repeat_are_understood_one_by_one() -> None:
    name = "osi_enterprise_survey"
    told = ENTERPRISE | {
        "network/tie[1]/tie_g/tie_kind": choices(name, "tie_kind", 0, 1),
        "network/tie[1]/tie_g/tie_strength": choices(name, "tie_strength", 0),
        "network/tie[2]/tie_g/tie_strength": choices(name, "tie_strength", 2),
        "ideas_g/followup": choices(name, "followup", 0),
    }
    document, lost = understood(name, told)
    assert lost == []
    assert document["partners"] == ["O02", "O03"]
    first, second = document["tie"]
    assert (first["alter_id"], second["alter_id"]) == ("O02", "O03")
    assert first["alter_name"] == "Haus & Hof 2"
    assert first["tie_kind"] == choices(name, "tie_kind", 0, 1).split()
    assert second["tie_strength"] == choices(name, "tie_strength", 2)
    assert [turn["np_name"] for turn in document["new_partner"]] == ["Nähstube", "Radwerkstatt"]
    assert document["headcount"] == 12
    assert document["email"] == "a@example.org"


@pytest.mark.parametrize(
    "told", [{"size/headcount": "many"}, {"size/headcount": "12.5"}, {"length": "endless"}]
)
def test_what_is_no_answer_is_named(told: dict[str, str]) -> None:
    _, lost = understood("osi_enterprise_survey", ENTERPRISE | told)
    assert next(iter(told)).rpartition("/")[2] in lost


@pytest.mark.parametrize("name", ["osi_refugee_conversation", "osi_enterprise_survey"])
def test_a_form_holds_nothing_but_what_collect_may_ask(name: str) -> None:
    xml = form(name).xml().decode()
    assert "osi::" not in xml
    assert "Ich mache mit." in xml
    assert {*re.findall('preload(?:Params)?="([^"]*)"', xml)} <= {"uid"}
    assert f'version="{form(name).version}"' in xml
    assert form(name).xml() is form(name).xml()
    assert number_of(form(name).version) == 3


def test_the_code_of_a_conversation_stands_ready_and_the_provider_is_known() -> None:
    made = form("osi_refugee_conversation")
    assert made.definition.item("token").default == NEW_CODE
    assert made.definition.item("provider").kind == "calculate"


def test_times_are_read_without_the_zone_of_the_device() -> None:
    told = {"d": "2026-11-30", "t": "14:30:00.000+01:00", "m": "2026-11-30T14:30:05.123+01:00"}
    kinds = {"d": "date", "t": "time", "m": "datetime"}
    items = tuple(Item("question", name, kind) for name, kind in kinds.items())  # type: ignore[arg-type]
    items += (Item("question", "r", "rank", list="abc"), Item("question", "p", "geopoint"))
    abc = tuple(Choice(name, {"de": name}) for name in "abc")
    known = Asked(
        Questionnaire(Definition({"de": "Z"}, "z", "de", ("de",), items, {"abc": abc}))
    )
    inner = "".join(f"<{name}>{text}</{name}>" for name, text in told.items())
    xml = f"<z id='z' version='1-x'>{inner}<r>c a b</r><p>52.6 13.4 0 0</p>" + (
        "<orx:meta xmlns:orx='http://openrosa.org/xforms'>"
        "<orx:instanceID>uuid:2</orx:instanceID>"
        "<orx:deprecatedID>uuid:1</orx:deprecatedID></orx:meta></z>"
    )
    sent = reading.sent(xml.encode())
    assert (sent.instance, sent.replaces) == ("uuid:2", "uuid:1")
    fields = reading.fields_of(known.definition, sent.root)
    evaluate = partial(known.evaluate, roster={}, now=NOON, language="de")
    answers, _, lost = reading.answers_of(known, fields, evaluate)
    assert lost == []
    assert answers == {
        "d": "2026-11-30", "t": "14:30", "m": "2026-11-30T14:30", "r": ["c", "a", "b"],
        "p": "52.6 13.4 0 0",
    }  # fmt: skip


def test_what_collect_records_besides_answers_is_told_by_the_type_in_the_form() -> None:
    kinds = {"image": "image", "audio": "audio", "photo": "image", "geotrace": "", "": ""}
    items = {kind: Item("calculate", "x", extra={"type": kind}) for kind in kinds}
    assert {kind: media_of(item) for kind, item in items.items()} == kinds
