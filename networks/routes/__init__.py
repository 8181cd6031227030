"""The pages of this context."""

import networks.models  # noqa: F401 - its tables belong to the database
from networks.routes import files, findings, introductions, reading, removal  # noqa: F401 - they hang on the blueprint
from networks.routes.showing import desk

blueprints = [desk]
