"""The pages of this context."""

import networks.models  # noqa: F401 - its tables belong to the database
from networks.routes import (  # noqa: F401 - they hang on the blueprint
    changes,
    exploring,
    files,
    findings,
    importing,
    introductions,
    links,
    measures,
    reading,
    recorded,
    removal,
    shared,
    terms,
    ties,
)
from networks.routes.replying import named
from networks.routes.showing import desk

blueprints = [desk, shared.public, named]
