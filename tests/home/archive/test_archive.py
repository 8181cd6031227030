"""Export, import, export: the same file; and nothing in it that is not for it."""

import json
from collections.abc import Mapping
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core import erasing
from core.db import db
from core.models import Base
from home.archive.refusing import AddressTaken
from people.contacts import contact_of
from people.models import Organisation, Project
from surveys.fieldwork import inviting
from surveys.models import Invitation, Response, SealedAnswer, Survey
from surveys.responses import sealing
from tests.home.archive.conftest import bring_to, contents, rows, take_along
from tests.world import ELSEWHERE, HOME, World

UNLIKE = {
    "manifest.json",
    "tables/survey.jsonl",
    "tables/workshop.jsonl",
    "tables/frozen.jsonl",
}

SECRETS = {
    "conversation": ["code"],
    "device": ["password_hash"],
    "interview": ["key"],
    "invitation": ["token_hash", "nonce"],
    "participant": ["key_hash"],
    "response": ["key_hash", "card_hash"],
    "workshop": ["code"],
}


@pytest.mark.both_engines
def test_what_is_brought_in_and_taken_along_again_is_the_same_file(
    archives: Mapping[bool, Path], app: Flask, tmp_path: Path
) -> None:
    bring_to(app, archives[True])
    again = take_along(app, tmp_path / "again.zip", contacts=True)
    assert again.read_bytes() == archives[True].read_bytes()


def test_beside_its_origin_it_is_another_project_and_touches_none(
    world: World, plain: Path, tmp_path: Path
) -> None:
    bring_to(world.app, plain, "a-copy")
    copy = contents(take_along(world.app, tmp_path / "copy.zip", "a-copy"))
    origin = contents(plain)
    assert {
        n for n in origin if copy[n] != origin[n] and not n.startswith("networks/")
    } <= UNLIKE
    assert take_along(world.app, tmp_path / "a.zip").read_bytes() == plain.read_bytes()
    slugs = [row["slug"] for row in rows(copy, "survey")]
    assert slugs == [f"{row['slug']}-2" for row in rows(origin, "survey")]


def test_a_taken_address_is_refused_and_nothing_is_done(world: World, plain: Path) -> None:
    before = world.fingerprint()
    with pytest.raises(AddressTaken):
        bring_to(world.app, plain, ELSEWHERE)
    assert world.fingerprint() == before


def test_a_project_that_is_deleted_again_leaves_nothing(world: World, plain: Path) -> None:
    def size(session: Session) -> dict[str, int | None]:
        tables = Base.metadata.sorted_tables
        return {t.name: session.scalar(select(func.count()).select_from(t)) for t in tables}

    with world.app.app_context():
        before = size(db.session)
    bring_to(world.app, plain, "a-copy")
    with world.app.app_context():
        session = db.session
        session.delete(session.scalars(select(Project).filter_by(slug="a-copy")).one())
        session.commit()
        assert size(session) == before


def test_nothing_that_people_said_in_conversations_is_in_it(
    lasting: World, archives: Mapping[bool, Path]
) -> None:
    files = contents(archives[True])
    surveys = {row["id"]: row["subject"] for row in rows(files, "survey")}
    assert {surveys[row["survey_id"]] for row in rows(files, "response")} == {"organisations"}
    text = b"".join(files.values())
    with lasting.app.app_context():
        for table, secrets in SECRETS.items():
            found = db.session.execute(select(Base.metadata.tables[table])).mappings()
            for row in found:
                for name in secrets:
                    assert not row[name] or row[name].encode() not in text, (table, name)


def test_contact_data_are_in_it_only_when_somebody_chose_them(
    lasting: World, archives: Mapping[bool, Path]
) -> None:
    with lasting.app.app_context():
        keys = lasting.app.extensions["keys"]
        one = db.session.scalars(select(Organisation).filter_by(code="O01")).first()
        assert one
        person = contact_of(db.session, keys, one)
        sealed = db.session.scalars(select(SealedAnswer).order_by(SealedAnswer.id)).first()
        assert person.email and sealed
        place = sealing.place_of(sealed.response_id, sealed.question)
        said = keys.unseal(sealing.KEY, sealed.sealed, place)
    without, with_them = (b"".join(contents(archives[c]).values()) for c in (False, True))
    for text in (person.email, said):
        assert text.encode() not in without
        assert text.encode() in with_them


def test_contacts_and_links_work_where_the_project_is_brought_to(
    archives: Mapping[bool, Path], app: Flask
) -> None:
    bring_to(app, archives[True])
    with app.app_context():
        keys = app.extensions["keys"]
        one = db.session.scalars(select(Organisation).filter_by(code="O01")).one()
        assert contact_of(db.session, keys, one).email
        invitation = db.session.scalars(select(Invitation)).first()
        assert invitation
        token = inviting.token_of(keys, invitation)
        assert inviting.invitation_with(db.session, token) == invitation


def test_what_was_erased_does_not_come_back(world: World, plain: Path, tmp_path: Path) -> None:
    with world.app.app_context():
        survey = db.session.scalars(
            select(Survey).filter_by(slug="befragung-pankow-2026")
        ).one()
        gone = db.session.scalars(select(Response).filter_by(survey_id=survey.id)).first()
        assert gone
        erasing.note(world.app.config["DATA"], what="response", key=gone.key_hash)
    bring_to(world.app, plain, "a-copy")
    copy = contents(take_along(world.app, tmp_path / "copy.zip", "a-copy"))
    assert len(rows(copy, "response")) == len(rows(contents(plain), "response")) - 1
    with world.app.app_context():  # nor out of an archive of the copy
        project = db.session.scalars(select(Project).filter_by(slug="a-copy")).one()
        copied = db.session.scalars(select(Response).filter_by(project_id=project.id)).first()
        assert copied
        erasing.note(world.app.config["DATA"], what="response", key=copied.key_hash)
    bring_to(world.app, plain, "another")
    other = contents(take_along(world.app, tmp_path / "other.zip", "another"))
    assert len(rows(other, "response")) == len(rows(copy, "response")) - 1


def test_whoever_reads_it_finds_every_column_explained(plain: Path) -> None:
    files = contents(plain)
    explained = {
        tuple(line.split(",")[:2]) for line in files["dictionary.csv"].decode().split("\n")
    }
    manifest = json.loads(files["manifest.json"])
    for table in manifest["rows"]:
        for name in rows(files, table)[0]:
            assert (table, name) in explained
    assert manifest["left_out"]["conversation"] == "persons"
    assert "Gespräche" in files["LIESMICH.txt"].decode()
    assert {"questionnaires/1-1.xlsx", "networks/1.gexf", "networks/1.zip"} <= {*files}


def test_cards_without_names_do_not_tell_who_wrote_them(plain: Path) -> None:
    files = contents(plain)
    nameless = {row["id"] for row in rows(files, "board") if not row["shows_names"]}
    assert nameless
    authors = {row["author_id"] for row in rows(files, "idea") if row["board_id"] in nameless}
    assert authors == {None}
    assert {row["name"] for row in rows(files, "participant")} == {""}
    assert HOME in files["manifest.json"].decode()
