"""The pages of the agency."""

from agency.routes import (  # they hang on the blueprints
    advice,
    advice_cases,  # noqa: F401
    advice_handovers,  # noqa: F401
    agency,
    gaps,  # noqa: F401
    listings,  # noqa: F401
    planning,  # noqa: F401
    subscribing,
)
from agency.routes.area import needs

blueprints = [agency.desk, advice.advice, needs, subscribing.feed]
