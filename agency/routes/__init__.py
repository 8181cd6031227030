"""The pages of the agency."""

from agency.routes import (  # they hang on the blueprints
    agency,
    funding,  # noqa: F401
    funding_area,
    funding_check,  # noqa: F401
    funding_import,  # noqa: F401
    gaps,  # noqa: F401
    listings,  # noqa: F401
    planning,  # noqa: F401
    subscribing,
)
from agency.routes.area import needs

blueprints = [agency.desk, funding_area.funding, needs, subscribing.feed]
