"""Bringing the fictitious Pankow project in, through the doors that users use."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Engine, delete, select
from sqlalchemy.orm import Session

from core.keys import Keyring
from demo.advising import load_cases
from demo.composing import Row, table
from demo.conceiving import load_concept
from demo.funding import load_programmes
from demo.gathering import load_workshops
from demo.meeting import load_meetings
from demo.needing import BY, load_listings
from demo.ranking import load_round
from demo.scheduling import load_calendar
from demo.surveying import load_conversations, load_waves
from demo.venturing import load_ventures
from people import balancing, beginning, contacts, entering, register
from people.contacts import Person
from people.models import Organisation, Project, Sector

KEY = "demo"
NAME = "Neue Wege in Pankow"
BEGUN = datetime.fromisoformat("2025-09-01T08:00:00+00:00")
DETAILS = [
    *("headcount", "volunteers", "refugees_employed", "inc_public", "inc_fee", "inc_market"),
    *("inc_donation", "inc_member", "inc_other", "inc_expiring_pct"),
]


def find(session: Session) -> Project | None:
    """Return the demo project, if it is there."""
    return session.scalar(select(Project).filter_by(is_demo=True))


def load(session: Session, engine: Engine, keys: Keyring) -> Project:
    """Fill a project with the demo for the first administrator; loading twice is once."""
    if project := find(session):
        return project
    user = entering.administrator(session)
    project = beginning.begin_project(session, user, KEY, NAME, BEGUN)
    project.is_demo = True
    entries = load_register(session, keys, project)
    load_waves(session, engine, keys, project, entries)
    load_conversations(session, engine, keys, project, entries)
    load_workshops(session, keys, project)
    load_listings(session, project, entries, BEGUN)
    load_round(session, keys, project)
    load_concept(session, keys, project, entries)
    load_programmes(session, project, BEGUN)
    load_ventures(session, project, entries)
    load_cases(session, project, entries, BY)
    load_calendar(session, project, entries, BY)
    load_meetings(session, keys, project, entries, BY)
    return project


def clear(session: Session) -> bool:
    """Delete the demo project and all that is in it; tell whether there was one."""
    project = find(session)
    if project:
        session.execute(delete(Project).where(Project.id == project.id))
    return project is not None


def load_register(
    session: Session, keys: Keyring, project: Project
) -> Mapping[str, Organisation]:
    """Enter the organisations, whom to write to, and who sits on the task force."""
    entries = {}
    for row in table("organisations"):
        organisation = register.add_organisation(
            session, project, _entry(row), BEGUN, codes=[row["id"]], details=_details(row)
        )
        session.flush()
        contacts.keep_contact(session, keys, organisation, _person(row))
        if row["task_force"] == "1":
            balancing.add_member(
                session, project, form_key=f"demo {row['id']}", organisation=organisation
            )
        entries[row["id"]] = organisation
    return entries


def _entry(row: Row) -> register.Entry:
    return register.Entry(
        name=row["name"],
        sector=Sector(row["sector"]),
        short_name=row["short_name"],
        kind=row["org_type"],
        legal_form=row["legal_form"],
        locality=row["ortsteil"],
        needs=tuple(row["needs"].split()),
        offers=tuple(row["offers"].split()),
    )


def _details(row: Row) -> dict[str, float]:
    counts = {name: int(row[name]) for name in DETAILS if row[name]}
    return counts | {name: float(row[name]) for name in ("lat", "lon")}


def _person(row: Row) -> Person:
    code = row["id"]
    return Person(
        salutation="Guten Tag",
        name=f"Team {row['short_name']}",
        email=f"kontakt@{code.lower()}.example.org",
        address=f"{row['name']}\nMusterstraße {int(code[1:])}\n13125 Berlin",
    )
