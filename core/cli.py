"""The commands of the operator. Status 0: done; 1: refused, with reasons; 2: usage."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click
from flask import current_app
from flask.cli import AppGroup, with_appcontext

from core import apart, backup, clock, health, texts
from core.db import db
from core.errors import Refusal
from core.keys import Keyring
from core.languages import catalogues

jobs_group = AppGroup("jobs", help="What is done after the answer.")
backup_group = AppGroup("backup", help="Make, check and put back backups.")
i18n_group = AppGroup("i18n", help="The texts of the pages in all languages.")
as_json = click.option("--json", "as_json", is_flag=True, help="Print machine-readable output.")
file = click.argument("path", type=click.Path(exists=True, dir_okay=False, path_type=Path))


@contextmanager
def reasons_on_stderr() -> Iterator[None]:
    """Let a refusal end the command with status 1 and its reason."""
    try:
        yield
    except Refusal as refusal:
        raise click.ClickException(refusal.reason % refusal.values) from refusal


@jobs_group.command("run")
def run_jobs() -> None:
    """Work off jobs until stopped, for OSI_JOBS=apart."""
    current_app.extensions["jobs"].consumer(signals=True).run()


@backup_group.command("create")
@as_json
def create_backup(as_json: bool) -> None:
    """Make a backup in the folder backups of OSI_DATA, and check it."""
    with reasons_on_stderr():
        path = backup.create(db.engine, current_app.config["DATA"], _keys(), clock.now())
        manifest = backup.verify(db.engine, path, _keys())
    _say(as_json, f"Backup made: {path}", path=str(path), **asdict(manifest))


@backup_group.command("verify")
@file
@as_json
def verify_backup(path: Path, as_json: bool) -> None:
    """Check that a backup is whole and can be opened with the key of this machine."""
    with reasons_on_stderr():
        manifest = backup.verify(db.engine, path, _keys())
    rows = sum(manifest.rows.values())
    _say(as_json, f"Sound: {rows} rows, begun {manifest.begun}.", **asdict(manifest))


@backup_group.command("restore")
@file
@click.option("--replace", is_flag=True, help="Keep a copy of what is there, then replace it.")
@as_json
def restore_backup(path: Path, replace: bool, as_json: bool) -> None:
    """Put a backup in the place of the database. Stop the server first."""
    data = current_app.config["DATA"]
    with reasons_on_stderr():
        manifest = backup.restore(db.engine, data, path, _keys(), clock.now(), replace=replace)
    _say(as_json, f"Restored: {sum(manifest.rows.values())} rows.", **asdict(manifest))
    for table, number in manifest.unread.items():
        click.echo(
            f"Not put back, as the keys are destroyed or missing: {number} × "
            f"{apart.TABLES[table].group_is}.",
            err=True,
        )


@click.command("doctor")
@as_json
@with_appcontext
def doctor(as_json: bool) -> None:
    """Say what is wrong with this installation, and what to do; status 1 if anything is."""
    findings = health.examine(current_app, clock.now())
    if as_json:
        click.echo(json.dumps([asdict(finding) for finding in findings]))
    else:
        for finding in findings:
            click.echo(f"{'ok  ' if finding.fine else 'BAD '} {finding.name}: {finding.say}")
    if not all(finding.fine for finding in findings):
        raise click.exceptions.Exit(1)


@i18n_group.command("check")
@as_json
def check_texts(as_json: bool) -> None:
    """Say how far the texts of the pages are in each language; status 1 if any is missing."""
    found = [
        texts.covered(each, texts.collected(texts.mapping_of(each))) for each in catalogues()
    ]
    if as_json:
        click.echo(json.dumps([asdict(each) for each in found]))
    for each in found if not as_json else ():
        state = "draft" if each.is_draft else "checked"
        click.echo(f"{each.language:<10} {each.there} of {each.total}, {state}")
    amiss = [each for each in found if each.missing or each.differing]
    for each in amiss:
        for text in each.missing:
            click.echo(f"{each.language}: missing: {text}", err=True)
        for text in each.differing:
            click.echo(f"{each.language}: other placeholders: {text}", err=True)
    if amiss:
        raise click.exceptions.Exit(1)


commands: list[click.Command] = [jobs_group, backup_group, i18n_group, doctor]


def _keys() -> Keyring:
    keys: Keyring = current_app.extensions["keys"]
    return keys


def _say(as_json: bool, sentence: str, **values: Any) -> None:
    click.echo(json.dumps(values) if as_json else sentence)
