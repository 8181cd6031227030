"""Needs and offers for the stories that need some."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from agency import earning, vacancies
from agency.funding import importing, recording
from agency.funding import keeping as directory
from agency.funding.checking import Answers
from agency.funding.columns import Words
from agency.gathering.models import Sifted, Sifting
from agency.ventures.beginning import begin_anew
from agency.ventures.keeping import add
from agency.ventures.models import Venture
from people.listings import keeping
from people.listings.models import For, Listing
from people.models import Organisation, Project, Side
from people.terms import keeping as terms
from tests.agency.deskwork import keep_busy
from tests.story import NOON


def a_listing(
    session: Session, project: Project, side: Side, title: str, **more: object
) -> Listing:
    values = {"people": For.PERSONS, "term": "sewing_workshop", "quantity": 8} | more
    entry = keeping.Entry(side=side, title=title, **values)  # type: ignore[arg-type]
    return keeping.add(session, project, entry, "Birte", NOON)


def a_venture(session: Session, project: Project, title: str) -> Venture:
    """A venture with one line in each of its plans."""
    venture = begin_anew(session, project, title, title, "", "Birte", NOON)
    day = NOON.date()
    money = {"title": "Land", "amount_cents": 100_000}
    lines: Mapping[str, Mapping[str, object]] = {
        "team": {"title": "Leitung"},
        "backing": {"title": "Klinik", "kind": "asked", "day": day},
        "months": {"month": day, "customers": 1, "income_cents": 1, "cost_cents": 1},
        "milestones": {"title": "Der Raum ist gemietet", "starts": day, "due": day},
        "jobs": {"title": "Nähen", "minutes": 600, "starts": day, "wage_cents": 1500},
        "funding": {**money, "paid": day},
        "flows": {**money, "direction": "in", "starts": day},
    }
    for kind, values in lines.items():
        add(session, kind, venture, kind, values, "Birte", NOON)
    return venture


def furnish(session: Session, project: Project) -> None:
    """Let something be needed and offered in a project, and a venture be under way."""
    keep_busy(session, project)
    called = terms.Words(f"Begriff {project.slug}", f"Term {project.slug}", "PO")
    terms.add(session, project, "work", called, "a term", "Birte", NOON)
    a_venture(session, project, f"Vorhaben {project.slug}")
    a_listing(session, project, Side.NEED, f"Nähen in {project.slug}", quantity=12)
    a_listing(session, project, Side.OFFER, f"Nähstube {project.slug}")
    fund = directory.Entry(
        f"Kiezfonds {project.slug}", due="dates", deadlines=(date(2099, 9, 15),)
    )
    directory.add(session, project, fund, "Birte", NOON)
    about = recording.Subject(f"Radhaus {project.slug}")
    recording.keep(session, project, about, Answers(), [], "de", "a check", "Birte", NOON)
    table = [["Name", "Fördergeber"], [f"Stiftung {project.slug}", "Bank"]]
    importing.begin(session, project, table, "liste.csv", Words({}), "a list", NOON)
    more = {"people": For.ORGANISATIONS, "term": "staff"}
    vacancy = a_listing(session, project, Side.NEED, f"Personal in {project.slug}", **more)
    query = select(Organisation).filter_by(project_id=project.id).order_by(Organisation.id)
    provider = session.scalars(query).first()
    if provider:
        agreed = 2, NOON.date(), "Dara", NOON, "release"
        vacancies.release(session, vacancy, provider, *agreed)
    newest = query.filter_by(deleted=None).order_by(None).order_by(Organisation.id.desc())
    if told := session.scalars(newest).first():
        seen = told.version, "income", "Birte", NOON
        earning.note(session, told, {"inc_public": 80, "inc_fee": 20}, *seen)
    confirmed, aside = (
        Sifting(project_id=project.id, form_key=key, by="Birte", at=NOON)
        for key in ("confirmed", "set aside")
    )
    aside.sifted = [Sifted(project_id=project.id, key="0.need.rooms", listing_id=None)]
    session.add_all([confirmed, aside])
    session.flush()
