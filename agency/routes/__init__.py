"""The pages of the agency."""

from agency.evidence import models as evidence  # noqa: F401 - tables
from agency.routes import (  # noqa: F401 - they hang on their blueprints
    agency,
    concepts,
    concepts_commenting,
    concepts_entries,
    concepts_printing,
    concepts_versions,
    gaps,
    listings,
    planning,
)
from agency.routes.area import needs

blueprints = [agency.desk, concepts.bp, concepts_commenting.commenting, needs]
