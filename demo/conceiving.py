"""The concept of the demo: what came of its gaps, its votes and one chosen idea."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from agency.concepts import keeping, writing
from agency.concepts.models import Section
from agency.concepts.writing import Draft, Frame
from agency.evidence import citing
from agency.evidence.collecting import Reader
from agency.evidence.references import Kind, Reference
from core.keys import Keyring
from people.models import Naming, Organisation, Project
from workshop.models import Idea
from workshop.voting.models import Round

BY = "Jana Wolff"
AFTERWARDS = datetime.fromisoformat("2026-01-12T09:00:00+00:00")  # after the workshop
TITLE = "Räder für Buch: aus der Werkstatt wird ein Betrieb"
FRAME = Frame(TITLE, date(2027, 3, 1), 24, programme="lsi_c")
IDEA = "Fahrradwerkstatt Buch"
HOUSING = (
    "Projekt Open Social Innovation beim BBWA Pankow",
    "https://bbwa-berlin.de/",
    "16,6 % der in Berlin in Gemeinschaftsunterkünften Untergebrachten leben in Pankow",
)


def load_concept(
    session: Session,
    keys: Keyring,
    project: Project,
    entries: Mapping[str, Organisation],
) -> None:
    """Begin a concept, write on until some is proven and some is not, and keep a version."""
    now = AFTERWARDS
    source = citing.add_source(session, project, "demo source", *HOUSING, BY, now)
    cited = {
        "source": Reference(Kind.SOURCE, str(source.id)),
        **{code: Reference(Kind.GAP, code) for code in ("N1", "N2", "N3")},
    }
    ideas = select(Idea).filter_by(project_id=project.id, title=IDEA)
    if idea := session.scalars(ideas).first():
        cited["idea"] = Reference(Kind.IDEA, str(idea.id))
    votes = select(Round).where(Round.project_id == project.id, Round.papers.is_not(None))
    if vote := session.scalars(votes.order_by(Round.id)).first():
        cited["vote"] = Reference(Kind.VOTE, str(vote.id))
    marked = citing.marked(Reader(session, project, Naming.TEAM), cited.values())
    known = {name: each for name in cited for each in marked if each == cited[name]}

    drafts = list(_drafts(known, entries))
    concept = writing.begin(session, project, "demo concept", TITLE, drafts, BY, now)
    writing.frame(session, concept, FRAME, concept.version)
    content = writing.content(session, concept)
    said = "demo version", "Für das Gespräch mit den Partnern", BY, now
    keeping.keep(session, keys, concept, content, *said)


def _drafts(
    cited: Mapping[str, Reference], entries: Mapping[str, Organisation]
) -> Iterator[Draft]:
    def proof(*names: str) -> tuple[Reference, ...]:
        return tuple(cited[name] for name in names if name in cited)

    yield Draft(Section.PROBLEM, "In Pankow leben besonders viele Geflüchtete in Unterkünften.",
                evidence=proof("source"))  # fmt: skip
    yield Draft(Section.PROBLEM, "Es fehlt ein Ort, an dem Menschen Fahrräder reparieren und "
                "verkaufen können.", evidence=proof("N3"))  # fmt: skip
    yield Draft(Section.TARGET, "Geflüchtete mit wenig Deutsch, die arbeiten wollen.",
                evidence=proof("N2"))  # fmt: skip
    yield Draft(Section.TARGET, "Eltern, die nur kommen, wenn die Kinder betreut sind.",
                evidence=proof("N1"))  # fmt: skip
    yield Draft(Section.APPROACH, "Reparatur, Verkauf gebrauchter Räder und Mobilservice für "
                "Firmen auf dem Campus.", evidence=proof("idea"))  # fmt: skip
    if vote := cited.get("vote"):
        text = f"Die Ideenwerkstatt hat gewählt: [[{vote}]]"
        yield Draft(Section.APPROACH, text, evidence=(vote,))
    for code, role in (("O01", "Führt die Werkstatt und stellt die Meisterin."),
                       ("O16", "Begleitet die Menschen und übersetzt.")):  # fmt: skip
        if owner := entries.get(code):
            yield Draft(Section.PARTNERS, role, {}, proof("idea"), owner.id)
    for text, begins, ends in (("Werkstatt einrichten", "1", "4"),
                               ("Reparieren, verkaufen, anleiten", "4", "24"),
                               ("Deutsch am Werktisch", "5", "22")):  # fmt: skip
        yield Draft(Section.MEASURES, text, {"begins": begins, "ends": ends}, proof("idea"))
    yield Draft(
        Section.INDICATORS, "Neue Arbeitsplätze für Geflüchtete",
        {"code": "W3", "baseline": "0", "target": "3", "unit": "Vollzeitstellen",
         "source": "Verträge"}, proof("idea"),
    )  # fmt: skip
    yield Draft(
        Section.INDICATORS, "Wiederverwendung: reparierte Fahrräder",
        {"code": "U1", "baseline": "", "target": "600", "unit": "Anzahl",
         "source": "Werkstattbuch"},
    )  # fmt: skip
    for text, kind, first, second in (
        ("Meisterin und Anleitung, 1,5 Stellen", "staff", "78400.00", "80750.40"),
        ("Werkzeug und Ersatzteile", "material", "21500.00", "8200.00"),
        ("Miete der Halle", "rooms", "14400.00", "14400.00"),
        ("Kinderbetreuung während der Kurse", "participants", "9600.00", "9600.00"),
    ):
        for year, amount in (("1", first), ("2", second)):
            facts = {"kind": kind, "year": year, "amount": amount}
            yield Draft(Section.BUDGET, text, facts)
    yield Draft(Section.TIMETABLE, "Eröffnung mit der Nachbarschaft", {"month": "4"})
    yield Draft(Section.RISKS, "Es kommen zu wenig gebrauchte Räder zusammen.",
                {"remedy": "Sammeltage mit dem Bezirksamt und den Wohnungsgesellschaften."},
                )  # fmt: skip
    yield Draft(Section.CONTINUATION, "Nach zwei Jahren tragen Reparaturen und Verträge mit "
                "Firmen mehr als die Hälfte der Kosten.")  # fmt: skip
