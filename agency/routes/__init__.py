"""The pages of the agency."""

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
    vacancies,
    ventures,
    ventures_canvas,
    ventures_forms,
    ventures_gates,
    ventures_lines,
    ventures_plans,
    ventures_saying,
)
from agency.routes.area import needs

blueprints = [
    agency.desk,
    concepts.bp,
    concepts_commenting.commenting,
    funding_area.funding,
    invited.invited,
    meetings.desk,
    needs,
    subscribing.feed,
    ventures.desk,
]
