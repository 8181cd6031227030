"""The commands of this context."""

import click

commands: list[click.Command] = []
