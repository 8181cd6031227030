"""The pages of the agency."""

from agency.evidence import models as evidence  # noqa: F401 - tables
from agency.routes import (  # noqa: F401 - most hang on the blueprint of another
    agency,
    agendas,
    concepts,
    concepts_commenting,
    concepts_entries,
    concepts_printing,
    concepts_versions,
    funding,
    funding_area,
    funding_check,
    funding_import,
    gaps,
    guests,
    invited,
    listings,
    meetings,
    planning,
    subscribing,
    ventures,
    ventures_canvas,
    ventures_gates,
    ventures_lines,
    ventures_plans,
)
from agency.routes.area import needs

blueprints = [
    agency.desk,
    concepts.bp,
    concepts_commenting.commenting,
    invited.invited,
    meetings.desk,
    needs,
    funding_area.funding,
    subscribing.feed,
    ventures.desk,
]
