from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.keys import Keyring
from people.models import Project
from surveys.definition import Definition, Item
from surveys.models import Response
from surveys.responses import sealing
from surveys.responses.sealing import parted, with_unsealed
from tests.surveys.answers import Respondent, a_register, a_survey

REPEATS = {"mail": (), "phone": ("tie",), "fax": ("tie", "desk")}


def text(name: str, **more: Any) -> Item:
    return Item("question", name, "text", {"de": name}, **more)


def with_partners() -> Definition:
    """A form that asks for a contact person of every partner."""
    partners = Item(
        "question", "partners", "select_multiple", {"de": "Partner"},
        list="orgs", osi={"register": "partners"},
    )  # fmt: skip
    alter = Item(
        "calculate", "alter", calculation="selected-at(${partners}, position(..) - 1)",
        osi={"tie": "partner"},
    )  # fmt: skip
    contact = text("contact", osi={"pii": "contact"})
    tie = Item(
        "repeat", "tie", label={"de": "Partner"}, count="count-selected(${partners})",
        items=(alter, contact),
    )  # fmt: skip
    return Definition({"de": "Kontakte"}, "k", "de", ("de",), (partners, tie), {"orgs": ()})


def with_people() -> Definition:
    """A form that begins with contact data, and nothing else."""
    person = text("person", osi={"pii": "contact"})
    people = Item("repeat", "people", label={"de": "Person"}, items=(person,))
    return Definition({"de": "L"}, "l", "de", ("de",), (people, text("end")))


def kept(session: Session, app: Flask) -> dict[str, str]:
    session.rollback()
    response = session.scalars(select(Response)).one()
    keys: Keyring = app.extensions["keys"]
    return sealing.unsealed(session, keys, response.id)


@pytest.fixture
def respondent(client: FlaskClient, session: Session, project: Project) -> Respondent:
    a_register(session, project)
    a_survey(session, project, with_partners())
    respondent = Respondent(client, "/s/pankow").send(partners=["O02", "O03", "O04"])
    return respondent.send({"go": "back"}, contact__2="mia@example.org", contact__3="leo@")


def test_contact_data_stay_with_their_partner_when_another_is_removed(
    respondent: Respondent, session: Session, app: Flask
) -> None:
    assert kept(session, app) == {"contact:2": "mia@example.org", "contact:3": "leo@"}
    respondent.open("/s/pankow/pages/contact")
    respondent.send({"drop": "tie:1"})
    assert kept(session, app) == {"contact:1": "mia@example.org", "contact:2": "leo@"}
    assert respondent.form.data()["contact:1"] == ["mia@example.org"]


def test_contact_data_stay_with_their_partner_when_the_choice_changes(
    respondent: Respondent, session: Session, app: Flask
) -> None:
    respondent.send(partners=["O04", "O05"])
    assert kept(session, app) == {"contact:1": "leo@"}


def test_who_gives_nothing_but_contact_data_is_no_blank(
    client: FlaskClient, session: Session, project: Project, app: Flask
) -> None:
    a_survey(session, project, with_people())
    respondent = Respondent(client, "/s/pankow").send(person__1="Mia")
    assert kept(session, app) == {"person:1": "Mia"}
    respondent.open("/s/pankow/pages/person").send({"more": "people"})
    respondent.send({"more": "people"}, person__1="", person__2="Leo")
    respondent.send()
    assert kept(session, app) == {"person:1": "Leo"}
    response = session.scalars(select(Response)).one()
    assert response.answers["people"] == [{}]


@given(
    st.fixed_dictionaries(
        {"a": st.text(max_size=3)},
        optional={
            "mail": st.text(min_size=1, max_size=3),
            "tie": st.lists(
                st.fixed_dictionaries(
                    {"kind": st.lists(st.sampled_from("xyz"))},
                    optional={
                        "phone": st.text(min_size=1, max_size=3),
                        "desk": st.lists(
                            st.fixed_dictionaries({}, optional={"fax": st.just("1")})
                        ),
                    },
                ),
                max_size=4,
            ),
        },
    )
)
def test_what_is_parted_can_be_put_together_again(whole: dict[str, Any]) -> None:
    answers, sealed = parted(whole, REPEATS)
    assert not REPEATS.keys() & {
        *answers,
        *(name for t in answers.get("tie", ()) for name in t),
    }
    assert with_unsealed(answers, sealed, REPEATS) == whole


def test_contact_data_of_a_turn_that_is_gone_belong_to_nobody() -> None:
    assert with_unsealed({"tie": [{}]}, {"phone:2": "030"}, REPEATS) == {"tie": [{}]}
