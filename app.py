"""The Werkstatt: surveys, idea boards and stakeholder networks in one small app."""

from flask import Flask

import agency.cli
import agency.routes
import core.cli
import demo.cli
import home.cli
import home.routes
import networks.cli
import networks.routes
import people.cli
import people.routes
import surveys.cli
import surveys.routes
import workshop.cli
import workshop.routes
from core import (
    assets,
    config,
    front,
    headers,
    i18n,
    jobs,
    lean,
    limits,
    live,
    logs,
    migrating,
    room,
    web,
)
from core.db import db
from core.keys import Keyring
from people import accounts


def create_app(**settings: object) -> Flask:
    """Build the app; the environment overrides defaults, *settings* override both."""
    app = Flask(__name__, static_folder=None)
    config.configure(app, settings)
    app.extensions["keys"] = Keyring(app.config["DATA"] / "keys")

    for extension in (
        logs,
        jobs,
        db,
        migrating,
        front,
        headers,
        lean,
        assets,
        i18n,
        live,
        web,
        room,
        limits,
        accounts,
    ):
        extension.init_app(app)
    for context in (people, surveys, workshop, networks, agency, home):
        for blueprint in context.routes.blueprints:
            app.register_blueprint(blueprint)
    for context in (core, people, surveys, workshop, networks, agency, home, demo):
        for command in context.cli.commands:
            app.cli.add_command(command)
    return app
