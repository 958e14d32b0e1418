"""A day and an hour as a clock on the wall shows them, as a moment."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from app.domain.errors import RuleBroken


class NoSuchHour(RuleBroken):
    """The clock jumps over that hour on that day."""

    code = "no-such-hour"


def moment_of_clock(day: date, hour: time, zone: str) -> datetime:
    """The moment in UTC at which a clock of that zone shows that day and hour, the first where it does so twice.

    Raise NoSuchHour where it never does.
    """
    local = datetime.combine(day, hour, ZoneInfo(zone))
    moment = local.astimezone(UTC)
    if moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None) != local.replace(tzinfo=None):
        raise NoSuchHour(day=day, hour=hour)
    return moment
