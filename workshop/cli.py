"""The commands of this context."""

import click
from flask.cli import AppGroup

from workshop.archive import cli as archive

workshop = AppGroup("workshop", help="Idea workshops.")
workshop.add_command(archive.export)
workshop.add_command(archive.bring_in)
commands: list[click.Command] = [workshop]
