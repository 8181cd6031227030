"""What time it is. The domain takes the time as a value; only the edge asks here."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Europe/Berlin")  # of what people read: today, a deadline, a date


def now() -> datetime:
    """Return the present moment in UTC."""
    return datetime.now(UTC)
