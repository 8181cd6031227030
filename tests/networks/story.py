"""A survey about ties, and the Pankow demo as responses to it."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

import networks.network
from core.keys import Keyring
from networks.network import Network
from people.models import Naming, Offering, Organisation, Project, Sector, Side
from surveys.definition import Choice, Definition, Item
from surveys.models import Channel, Response, State, Survey, SurveyVersion
from tests.story import NOON, an_organisation

DATA = Path("demo/data")
KINDS = ("rooms", "joint_project", "referral", "funding", "exchange", "supply", "advice")
DEFINITION = Definition(
    title={"de": "Befragung", "en": "Survey"},
    form_id="ties",
    default_language="de",
    languages=("de", "en"),
    items=(
        Item("question", "us", "select_one", osi={"register": "self"}),
        Item("question", "with_whom", "select_multiple", osi={"register": "partners"}),
        Item(
            "repeat",
            "each",
            items=(
                Item("calculate", "who", calculation="…", osi={"tie": "partner"}),
                Item(
                    "group",
                    "more",
                    items=(
                        Item(
                            "question", "what", "select_multiple", list="kinds",
                            osi={"tie": "kind"},
                        ),
                        Item(
                            "question", "close", "select_one", list="steps",
                            osi={"tie": "strength"},
                        ),
                        Item("question", "next", "select_one", osi={"tie": "future"}),
                    ),
                ),
            ),
        ),
        Item(
            "repeat",
            "others",
            items=(
                Item("question", "called", "text", osi={"register": "new", "tie": "partner"}),
                Item("question", "sphere", "select_one", osi={"tie": "sector"}),
                Item("question", "topic", "select_multiple", list="kinds", osi={"tie": "kind"}),
                Item("question", "bond", "select_one", list="steps", osi={"tie": "strength"}),
            ),
        ),
        Item("question", "dreams", "select_multiple", osi={"register": "wished"}),
        Item("question", "reason", "text", osi={"tie": "why"}),
    ),
    lists={
        "kinds": tuple(
            Choice(kind, {"de": f"{kind} auf Deutsch", "en": kind.replace("_", " ")})
            for kind in KINDS
        ),
        "steps": tuple(Choice(str(n), attributes={"weight": str(n)}) for n in (1, 2, 3)),
    },
)  # fmt: skip


class _Fixed(Keyring):
    """Keys that need no files."""

    def __init__(self, word: str) -> None:
        super().__init__(Path())
        self._word = word

    def key(self, name: str) -> bytes:
        return sha256(f"{self._word} {name}".encode()).digest()


KEYS, OTHER_KEYS = _Fixed("ours"), _Fixed("theirs")


def network_of(session: Session, survey: Survey) -> Network:
    """The network of a survey, under the keys of these tests."""
    return networks.network.network_of(session, KEYS, survey)


def a_wave(
    session: Session,
    project: Project,
    slug: str = "autumn",
    definition: Definition = DEFINITION,
) -> Survey:
    """An open survey with one version."""
    survey = Survey(
        project_id=project.id, slug=slug, title={"de": f"Befragung {slug}", "en": slug.title()},
        state=State.OPEN, opened=NOON, created=NOON,
    )  # fmt: skip
    session.add(survey)
    session.flush()
    version = SurveyVersion(
        survey_id=survey.id,
        number=1,
        digest=slug,
        definition=definition.to_json(),
        created=NOON,
    )
    session.add(version)
    session.commit()
    return survey


def a_response(
    session: Session, survey: Survey, organisation: Organisation, answers: Mapping[str, Any],
    *, leading: bool = True, submitted: bool = True,
) -> Response:  # fmt: skip
    """What an organisation answers to a survey."""
    response = _response(session, survey, organisation, answers, leading, submitted)
    session.commit()
    return response


def _response(
    session: Session, survey: Survey, organisation: Organisation, answers: Mapping[str, Any],
    leading: bool = True, submitted: bool = True,
) -> Response:  # fmt: skip
    version = session.query(SurveyVersion).filter_by(survey_id=survey.id).one()
    number = session.query(Response).count()
    response = Response(
        project_id=survey.project_id, survey_id=survey.id, version_id=version.id,
        organisation_id=organisation.id, key_hash=f"{survey.slug}-{number}",
        channel=Channel.LINK, language="de", answers=dict(answers), begun=NOON,
        saved=NOON + timedelta(seconds=number), submitted=NOON if submitted else None,
        leading=leading,
    )  # fmt: skip
    session.add(response)
    session.flush()
    return response


def naming(*partners: tuple[str, Sequence[str], int], **more: Any) -> dict[str, Any]:
    """The answers of someone who names partners with kinds and strength."""
    return {
        "with_whom": [code for code, _, _ in partners],
        "each": [
            {"who": code, "what": list(kinds), "close": str(strength)}
            for code, kinds, strength in partners
        ],
        **more,
    }


def demo_register(session: Session, project: Project) -> dict[str, Organisation]:
    """The forty organisations of the demo; all may be named in the network."""
    found = {}
    for row in _rows("organisations.csv"):
        organisation = an_organisation(
            project, row["id"], row["name"], Sector(row["sector"]),
            short_name=row["short_name"], kind=row["org_type"], locality=row["ortsteil"],
            naming=Naming.NETWORK, in_task_force=row["task_force"] == "1",
            details={"headcount": int(row["headcount"]), "volunteers": int(row["volunteers"])},
        )  # fmt: skip
        organisation.terms = [
            Offering(project_id=project.id, side=side, term=term)
            for side in Side
            for term in row[f"{side}s"].split()
        ]
        session.add(organisation)
        found[row["id"]] = organisation
    session.commit()
    return found


def demo_wave(session: Session, project: Project) -> Survey:
    """The first wave of the demo: all forty answer, and name whom ties.csv says."""
    organisations = demo_register(session, project)
    survey = a_wave(session, project)
    named: dict[str, list[tuple[str, Sequence[str], int]]] = {
        code: [] for code in organisations
    }
    for row in _rows("ties.csv"):
        kinds, strength = [row["kind"]], int(row["strength"])
        named[row["source"]].append((row["target"], kinds, strength))
        if row["reciprocated"] == "1":
            named[row["target"]].append((row["source"], kinds, strength))
    for code, partners in named.items():
        wishes = {"O11": ["O19"], "O19": ["O11"], "O27": ["O14"]}.get(code, [])
        _response(session, survey, organisations[code], naming(*partners, dreams=wishes))
    session.commit()
    return survey


def _rows(name: str) -> Iterable[dict[str, str]]:
    with (DATA / name).open(newline="", encoding="utf-8") as file:
        yield from csv.DictReader(file)
