"""What time it is. The domain takes the time as a value; only the edge asks here."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Europe/Berlin")  # of what people read: today, a deadline, a date


def now() -> datetime:
    """Return the present moment in UTC."""
    return datetime.now(UTC)


def today() -> date:
    """Return the day that people here read on their calendars."""
    return now().astimezone(ZONE).date()
