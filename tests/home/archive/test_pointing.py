"""What is named in texts and documents is the same thing where the project is brought to."""

import re
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from agency.concepts import keeping, writing
from agency.concepts.models import Comment, Concept, Edition, Entry, Section
from agency.concepts.phrasing import Phrasing
from agency.evidence import citing
from agency.evidence.collecting import Reader
from agency.evidence.references import Evidence, Kind, Reference, State, from_json, to_json
from agency.gathering.models import Sifted, Sifting
from agency.meetings import pairing
from agency.meetings.models import AgendaItem, Meeting
from agency.ventures.models import Act, CanvasText, Event, Venture
from core.db import db
from core.keys import Keyring
from networks.models import Fate, Finding, Introduction
from people.listings.models import Listing
from people.models import Naming, Organisation, Project
from surveys.interviews.models import Passage
from surveys.models import Survey
from tests.agency.concepts.story import a_concept, an_entry
from tests.home.archive.conftest import bring_to, contents, rows, take_along
from tests.story import NOON
from tests.world import HOME, World

COPY, TITLE = "a-copy", "Alles belegt"
CODE = re.compile(r" \(\w{6}\)")  # of a frozen figure: a copy beside its origin has another


def test_all_that_is_cited_is_cited_where_it_is_brought_to(
    world: World, tmp_path: Path
) -> None:
    with world.app.app_context():
        session, home = db.session, the_project(HOME)
        release_a_finding(session, home)
        cited = one_of_each(session, home)
        assert {each.kind for each in cited} == {*Kind}
        make_a_concept(session, home, world.app.extensions["keys"], cited)
        venture = session.scalars(select(Venture).filter_by(project_id=home.id)).first()
        assert venture
        it = {"project_id": home.id, "venture_id": venture.id, "by": "Birte", "at": NOON}
        session.add(CanvasText(**it, field="x", number=1, text="", evidence=to_json(cited)))
        session.commit()
        before = told(session, home, cited)
    bring_to(world.app, take_along(world.app, tmp_path / "a.zip"), COPY)
    with world.app.app_context():
        session, copy = db.session, the_project(COPY)
        concept = session.scalars(
            select(Concept).filter_by(project_id=copy.id, title=TITLE)
        ).one()
        entry = session.scalars(select(Entry).filter_by(concept_id=concept.id)).one()
        assert told(session, copy, from_json(entry.evidence)) == before
        written = session.scalars(
            select(CanvasText).filter_by(project_id=copy.id, field="x")
        ).one()
        assert told(session, copy, from_json(written.evidence)) == before
        edition = session.scalars(select(Edition).filter_by(concept_id=concept.id)).one()
        content = keeping.content_of(edition)
        kept, gone = content.parts
        assert told(session, copy, kept.evidence) == before
        partner = session.get_one(Organisation, kept.organisation_id)
        assert (kept.id, partner.project_id, partner.code) == (entry.id, copy.id, "O17")
        said = Phrasing(reader(session, copy), content).said
        assert said(kept.text) == said(kept.facts["note"]) == said(entry.text)
        assert partner.name in said(entry.text)
        assert before[Kind.PASSAGE][0] in said(entry.text)
        comments = session.scalars(
            select(Comment).filter_by(edition_id=edition.id).order_by(Comment.id)
        )
        assert [each.entry for each in comments] == [kept.id, gone.id, None]
        link = keeping.key_of(world.app.extensions["keys"], edition)
        assert keeping.edition_with(session, link) == edition


def test_what_was_found_and_who_shall_meet_is_known_again(world: World, tmp_path: Path) -> None:
    with world.app.app_context():
        session, home = db.session, the_project(HOME)
        one, passage = an_organisation(session, home), a_passage(session, home)
        listing = session.scalars(select(Listing).filter_by(project_id=home.id)).first()
        venture = session.scalars(select(Venture).filter_by(project_id=home.id)).first()
        meeting = session.scalars(
            select(Meeting).filter_by(project_id=home.id, deleted=None)
        ).first()
        assert listing and meeting and venture
        listing.source_key = f"{one.id}.{listing.side}.{listing.term}"
        sifting = Sifting(project_id=home.id, form_key="k", by="Birte", at=NOON)
        for whose in (one.id, f"p{passage.id}", 999_999, "p999999", "talks"):
            key = f"{whose}.need.rooms"
            sifting.sifted.append(Sifted(project_id=home.id, key=key))
        session.add(sifting)
        it = {"project_id": home.id, "venture_id": venture.id, "by": "Birte", "at": NOON}
        changes = [["organisation_id", None, one.id], ["opening_cents", 1, one.id]]
        session.add(Event(**it, act=Act.CHANGED, subject="Pointing", changes=changes))
        pairing.take(session, meeting, home)
        session.commit()
        number = one.id
    bring_to(world.app, take_along(world.app, tmp_path / "a.zip"), COPY)
    again = take_along(world.app, tmp_path / "b.zip", COPY)
    first, second = contents(tmp_path / "a.zip"), contents(again)
    for table in ("sifted", "listing", "venture_event", "concept_edition"):
        assert rows(first, table) == rows(second, table)
    with world.app.app_context():
        session, copy = db.session, the_project(COPY)
        one, passage = an_organisation(session, copy), a_passage(session, copy)
        assert one.id != number
        query = select(Listing).filter_by(project_id=copy.id).order_by(Listing.id)
        found = session.scalars(query.where(Listing.source_key.is_not(None))).first()
        assert found and found.source_key == f"{one.id}.{found.side}.{found.term}"
        keys = {*session.scalars(select(Sifted.key).filter_by(project_id=copy.id))}
        known = (f"{one.id}.need.rooms", f"p{passage.id}.need.rooms", "talks.need.rooms")
        assert {*known} <= keys
        assert sum(key.startswith("gone ") for key in keys) == 2
        event = session.scalars(
            select(Event).filter_by(project_id=copy.id, subject="Pointing")
        ).one()
        assert event.changes == [
            ["organisation_id", None, one.id],
            ["opening_cents", 1, number],
        ]
        items = select(AgendaItem).join(
            Introduction, Introduction.id == AgendaItem.introduction_id
        )
        for item in session.scalars(items.where(Introduction.project_id == copy.id)):
            assert item.form_key == f"introduction {item.introduction_id}"


def the_project(slug: str) -> Project:
    return db.session.scalars(select(Project).filter_by(slug=slug)).one()


def reader(session: Session, project: Project) -> Reader:
    return Reader(session, project, Naming.TEAM)


def told(
    session: Session, project: Project, cited: tuple[Reference, ...]
) -> dict[Kind, tuple[str, State]]:
    found = citing.resolved(reader(session, project), cited)
    return {each.kind: (CODE.sub("", each.label), each.state) for each in found.values()}


def one_of_each(session: Session, project: Project) -> tuple[Reference, ...]:
    found: dict[Kind, Evidence] = {}
    for each in citing.citable(reader(session, project)):
        found[each.kind] = each  # the last one, whose number is none of those of archives
    return tuple(each.reference for each in found.values())


def release_a_finding(session: Session, project: Project) -> None:
    survey = session.scalars(select(Survey).filter_by(project_id=project.id)).first()
    assert survey
    words = {"de": "O17 hält das Netz zusammen."}
    session.add(
        Finding(
            project_id=project.id, survey_id=survey.id, key="centre:O17", fate=Fate.RELEASED,
            words=words, figures={}, by="Birte", at=NOON,
        )
    )  # fmt: skip
    session.flush()


def make_a_concept(
    session: Session, project: Project, keys: Keyring, cited: tuple[Reference, ...]
) -> None:
    """A concept in which each is cited; one of its entries is gone since it was kept."""
    concept = a_concept(session, project, TITLE)
    quote = next(each for each in cited if each.kind == Kind.PASSAGE)
    partner = session.scalars(
        select(Organisation).filter_by(project_id=project.id, code="O17")
    ).one()
    text = f"Mit [[O17]]: [[{quote}]]"
    one = an_entry(
        session, concept, Section.PROBLEM, text, *cited,
        organisation_id=partner.id, note=text,
    )  # fmt: skip
    other = an_entry(session, concept, Section.MEASURES, "Kurse")
    session.flush()
    said = "k", "", "Birte", NOON
    edition = keeping.keep(session, keys, concept, writing.content(session, concept), *said)
    keeping.open_to_partners(edition, NOON)
    for number in (one.id, other.id, None):
        keeping.comment(session, edition, str(number), number, "Ada", "Gut.", NOON)
    other.deleted = NOON


def an_organisation(session: Session, project: Project) -> Organisation:
    query = select(Organisation).filter_by(project_id=project.id, code="O17")
    return session.scalars(query).one()


def a_passage(session: Session, project: Project) -> Passage:
    query = select(Passage).filter_by(project_id=project.id).order_by(Passage.id)
    return session.scalars(query).first() or Passage()
