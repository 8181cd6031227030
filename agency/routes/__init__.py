"""The pages of the agency."""

from agency.routes import (  # they hang on the blueprints
    advice,
    advice_cases,  # noqa: F401
    advice_handovers,  # noqa: F401
    agency,
    calendar,
    calendar_files,  # noqa: F401
    calendar_occasions,  # noqa: F401
    calendar_rooms,  # noqa: F401
    gaps,  # noqa: F401
    income,
    listings,  # noqa: F401
    planning,  # noqa: F401
    subscribing,
)
from agency.routes.area import needs

blueprints = [
    agency.desk,
    calendar.calendar,
    advice.advice,
    income.income,
    needs,
    subscribing.feed,
]
