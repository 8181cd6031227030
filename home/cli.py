"""The commands of this context."""

import click

from home.archive.cli import project_group

commands: list[click.Command] = [project_group]
