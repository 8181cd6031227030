"""The pages of the agency."""

from agency.routes import gaps, listings, planning  # noqa: F401 - they hang on the blueprint
from agency.routes.area import needs

blueprints = [needs]
