"""The pages of the agency."""

from agency.routes import (  # noqa: F401 - most hang on the blueprint of another
    agency,
    agendas,
    counselling,
    gaps,
    guests,
    invited,
    listings,
    meetings,
    planning,
    proposals,
)
from agency.routes.area import needs

blueprints = [agency.desk, invited.invited, meetings.desk, needs]
