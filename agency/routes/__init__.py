"""The pages of the agency."""

from agency.routes import (  # noqa: F401 - most hang on the blueprint of another
    advice,
    advice_cases,
    advice_handovers,
    agency,
    agendas,
    calendar,
    calendar_files,
    calendar_occasions,
    calendar_rooms,
    gaps,
    guests,
    income,
    invited,
    listings,
    meetings,
    planning,
    subscribing,
)
from agency.routes.area import needs

blueprints = [
    agency.desk,
    advice.advice,
    calendar.calendar,
    income.income,
    invited.invited,
    meetings.desk,
    needs,
    subscribing.feed,
]
