"""The pages of the agency."""

from agency.routes import (  # noqa: F401 - most hang on the blueprint of another
    agency,
    agendas,
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
)
from agency.routes.area import needs

blueprints = [
    agency.desk,
    funding_area.funding,
    invited.invited,
    meetings.desk,
    needs,
    subscribing.feed,
]
