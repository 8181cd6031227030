"""The pages of the agency."""

from agency.routes import (  # they hang on the blueprints
    agency,
    gaps,  # noqa: F401
    listings,  # noqa: F401
    planning,  # noqa: F401
    subscribing,
)
from agency.routes.area import needs

blueprints = [agency.desk, needs, subscribing.feed]
