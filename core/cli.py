"""The commands of the operator."""

import click
from flask import current_app
from flask.cli import AppGroup

jobs_group = AppGroup("jobs", help="What is done after the answer.")
commands: list[click.Command] = [jobs_group]


@jobs_group.command("run")
def run_jobs() -> None:
    """Work off jobs until stopped, for OSI_JOBS=apart."""
    current_app.extensions["jobs"].consumer(signals=True).run()
