"""The pages of the agency."""

from agency.evidence import models as evidence  # noqa: F401 - tables
from agency.routes import agency, gaps, listings, planning  # noqa: F401 - they hang on them
from agency.routes.area import needs

blueprints = [agency.desk, needs]
