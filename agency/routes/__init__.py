"""The pages of the agency."""

from agency.evidence import models as evidence  # noqa: F401 - tables
from agency.routes import (  # noqa: F401 - most hang on the blueprint of another
    agency,
    agendas,
    gaps,
    guests,
    invited,
    listings,
    meetings,
    planning,
    ventures,
    ventures_canvas,
    ventures_gates,
    ventures_lines,
    ventures_plans,
)
from agency.routes.area import needs

blueprints = [agency.desk, invited.invited, meetings.desk, needs, ventures.desk]
