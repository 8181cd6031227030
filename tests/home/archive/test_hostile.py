"""Archives that somebody made or broke: a sentence, and nothing half done."""

import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from core.db import db
from core.errors import Refusal
from home.archive.opening import LARGEST, look
from home.archive.refusing import (
    Contradictory,
    Damaged,
    Newer,
    NotAnArchive,
    TooMuch,
    Unfitting,
    Unknown,
)
from people.models import Organisation, Project
from tests.home.archive.conftest import Change, bring_to, changed

ORGANISATIONS = "tables/organisation.jsonl"


def in_first(name: str, value: object, table: str = "organisation") -> Change:
    def change(files: dict[str, bytes]) -> None:
        first, _, others = files[f"tables/{table}.jsonl"].partition(b"\n")
        row = json.loads(first) | {name: value}
        files[f"tables/{table}.jsonl"] = json.dumps(row).encode() + b"\n" + others

    return change


def in_manifest(name: str, value: object) -> Change:
    def change(files: dict[str, bytes]) -> None:
        manifest = json.loads(files["manifest.json"]) | {name: value}
        files["manifest.json"] = json.dumps(manifest).encode()

    return change


def adding(name: str, content: bytes) -> Change:
    return lambda files: files.update({name: content})


NO_DOCUMENTS: list[tuple[str, str, object]] = [
    ("funding_check", "answers", 5),
    ("funding_check", "answers", {"amount": "NaN"}),
    ("funding_check", "results", {}),
    ("funding_check", "results", [{"state": "perhaps"}]),
    ("organisation", "details", 5),
    ("organisation", "details", []),
    ("listing", "besides", []),
    ("listing", "besides", {"childcare": 5}),
    ("listing", "besides", {"childcare": {"locality": 5}}),
    ("listing", "besides", {"childcare": {"times": "t_evening"}}),
    ("income_note", "figures", {"inc_fee": "viel"}),
    ("income_note", "figures", {"inc_nonsense": 5}),
    ("concept_entry", "facts", []),
    ("concept_entry", "evidence", {}),
    ("timetable", "spans", 5),
]


WRONG: list[tuple[Change, type[Refusal]]] = [
    (in_first("nonsense", 1), Unknown),
    (in_first("id", 7), Unfitting),
    (in_first("id", True), Unfitting),
    (in_first("sector", "church"), Unfitting),
    (in_first("name", None), Unfitting),
    (in_first("name", "A\0"), Unfitting),
    (in_first("name", "\ud800"), Unfitting),
    (in_first("name", ["A"]), Unfitting),
    (in_first("added", "9999-12-31T23:59:59+00:00"), Unfitting),
    (in_first("added", "yesterday"), Unfitting),
    (in_first("merged_into_id", 1), Unfitting),
    (in_first("merged_into_id", 10**30), Unfitting),
    (in_first("merged_into_id", -1), Unfitting),
    (in_first("code", "O02"), Contradictory),
    (in_first("organisation_id", 4711, "offering"), Unfitting),
    (in_first("definition", {}, "survey_version"), Unfitting),
    (in_first("digest", "0" * 64, "survey_version"), Unfitting),
    (in_first("slug", "../etc", "survey"), Unfitting),
    (in_first("kind", "open", "response"), Contradictory),
    (in_first("content", "/etc/passwd", "card_picture"), Unfitting),
    (in_first("content", "../../etc/passwd", "card_picture"), Unfitting),
    *((in_first(name, each, table), Unfitting) for table, name, each in NO_DOCUMENTS),
    (in_manifest("format", 2), Newer),
    (in_manifest("format", "1"), NotAnArchive),
    (in_manifest("kind", "osi-werkstatt workshop"), NotAnArchive),
    (in_manifest("rows", {"user": 1}), NotAnArchive),
    (in_manifest("project", {"name": "", "slug": "a", "created": "2026"}), NotAnArchive),
    (adding("tables/user.jsonl", b'{"id": 1}\n'), Unknown),
    (adding("tables/contact.jsonl", b'{"id": 1}\n'), Unknown),
    (adding("../escape.txt", b""), NotAnArchive),
    (adding("/etc/passwd", b""), NotAnArchive),
    (adding("a\\..\\b", b""), NotAnArchive),
    (adding("LIESMICH.TXT", b""), NotAnArchive),
    (adding(ORGANISATIONS, b'{"id": 1'), Unfitting),
    (adding(ORGANISATIONS, b"[" * 100_000), Unfitting),
    (adding(ORGANISATIONS, b'{"id": 1, "name": NaN}\n'), Unfitting),
    (adding(ORGANISATIONS, b'{"id": 1, "details": {"lat": 1e999}}\n'), Unfitting),
    (adding(ORGANISATIONS, b"\xff\xfe\n"), Unfitting),
]  # fmt: skip


@pytest.mark.parametrize(("change", "refusal"), WRONG)
def test_what_does_not_fit_is_refused_and_nothing_is_done(
    app: Flask, plain: Path, change: Change, refusal: type[Refusal]
) -> None:
    with pytest.raises(refusal) as caught:
        bring_to(app, changed(plain, change))
    assert caught.value.reason % caught.value.values
    with app.app_context():
        for model in (Project, Organisation):
            assert db.session.scalar(select(func.count()).select_from(model)) == 0


@pytest.mark.parametrize(
    "change",
    [
        adding(ORGANISATIONS, b""),
        adding("more.txt", b""),
        lambda files: files.pop("README.txt"),
    ],
)
def test_a_file_that_is_not_as_it_was_written_is_named(
    plain: Path, change: Callable[[dict[str, bytes]], None]
) -> None:
    with pytest.raises(Damaged):
        look(changed(plain, change, honest=False))


def test_what_is_no_archive_is_refused(tmp_path: Path, plain: Path) -> None:
    for content in (b"", b"PK", b"hello", plain.read_bytes()[:-3000]):
        (tmp_path / "no.zip").write_bytes(content)
        with pytest.raises(NotAnArchive):
            look(tmp_path / "no.zip")


def test_a_broken_byte_is_found(plain: Path) -> None:
    content = bytearray(plain.read_bytes())
    content[len(content) // 2] ^= 0xFF
    plain.write_bytes(content)
    with pytest.raises((Damaged, NotAnArchive)):
        look(plain)


def test_a_bomb_is_refused_before_anything_is_unpacked(
    plain: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("home.archive.opening.LARGEST", 1_000_000)
    assert LARGEST > 1_000_000
    with pytest.raises(TooMuch):
        look(changed(plain, adding("files/zeros", bytes(1_000_000))))


def test_a_name_twice_is_refused(plain: Path) -> None:
    with (
        pytest.warns(UserWarning, match="Duplicate name"),
        zipfile.ZipFile(plain, "a") as archive,
    ):
        archive.writestr("README.txt", "another")
    with pytest.raises(NotAnArchive):
        look(plain)


def test_two_that_are_merged_into_each_other_are_refused(app: Flask, plain: Path) -> None:
    def change(files: dict[str, bytes]) -> None:
        lines = [json.loads(line) for line in files[ORGANISATIONS].splitlines()]
        for row, other in ((lines[0], 2), (lines[1], 1)):
            row |= {"merged_into_id": other, "deleted": row["added"]}
        files[ORGANISATIONS] = b"".join(json.dumps(row).encode() + b"\n" for row in lines)

    with pytest.raises(Unfitting):
        bring_to(app, changed(plain, change))
