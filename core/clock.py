"""What time it is. The domain takes the time as a value; only the edge asks here."""

from datetime import UTC, datetime


def now() -> datetime:
    """Return the present moment in UTC."""
    return datetime.now(UTC)
