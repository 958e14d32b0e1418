"""Working days in Mexico: Monday to Friday without the days of rest of the federal labour law (LFT, article 74).

Days on which there are elections are Sundays, and need no rule. The rule of Mondays holds since 2006.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

MONDAY, SATURDAY = 0, 5
DEFAULT_DAYS = 5
LEAST_DAYS = 3
"""Nobody is asked to answer in less: an office has to find the file, ask whoever knows, and have the letter signed."""
CLOSING = time(18)
"""When a deadline's day ends, in the edition's zone."""

_ONE_DAY = timedelta(days=1)
_NEW_GOVERNMENT_IN_OCTOBER = 2024
"""Since then a president takes office on 1 October; before, on 1 December."""


@cache
def holidays(year: int) -> frozenset[date]:
    """The days of rest of a year."""
    days = {
        date(year, 1, 1),
        _monday(year, 2, 1),
        _monday(year, 3, 3),
        date(year, 5, 1),
        date(year, 9, 16),
        _monday(year, 11, 3),
        date(year, 12, 25),
    }
    if year % 6 == _NEW_GOVERNMENT_IN_OCTOBER % 6:
        days.add(date(year, 10 if year >= _NEW_GOVERNMENT_IN_OCTOBER else 12, 1))
    return frozenset(days)


def _monday(year: int, month: int, which: int) -> date:
    """The first, second, … Monday of a month."""
    first = date(year, month, 1)
    return first + timedelta(days=(MONDAY - first.weekday()) % 7 + 7 * (which - 1))


def is_working_day(day: date) -> bool:
    """Whether people work on that day."""
    return day.weekday() < SATURDAY and day not in holidays(day.year)


def after_working_days(day: date, count: int) -> date:
    """The day on which that many working days have passed since ``day``, which itself does not count."""
    left = count
    while left:
        day += _ONE_DAY
        left -= is_working_day(day)
    return day


def working_days_between(first: date, last: date) -> int:
    """How many working days come after ``first`` and not after ``last``; 0 where ``last`` is not later."""
    return sum(is_working_day(first + timedelta(days=number)) for number in range(1, (last - first).days + 1))


def due_at_utc(from_utc: datetime, days: int, zone: str, closing: time = CLOSING) -> datetime:
    """The deadline: so many working days after the day of ``from_utc`` in that zone, at the closing hour there."""
    place = ZoneInfo(zone)
    day = after_working_days(from_utc.astimezone(place).date(), days)
    return datetime.combine(day, closing, place).astimezone(UTC)


def earliest_due_at_utc(from_utc: datetime, zone: str) -> datetime:
    """The earliest deadline that a notice of that moment may state: the closing hour of the last of the least days."""
    return due_at_utc(from_utc, LEAST_DAYS, zone)


def working_days_left(now_utc: datetime, until_utc: datetime, zone: str) -> int:
    """How many working days are left after today, the deadline's own day among them; 0 on that day and later."""
    place = ZoneInfo(zone)
    return working_days_between(now_utc.astimezone(place).date(), until_utc.astimezone(place).date())


@dataclass(frozen=True)
class TimeLeft:
    """What is left until a deadline: working days after today; on its own day 0 and ``is_today``; later ``is_over``."""

    days: int
    is_today: bool
    is_over: bool


def time_left(now_utc: datetime, until_utc: datetime, zone: str) -> TimeLeft:
    """What is left until a deadline, by the days of that zone."""
    place = ZoneInfo(zone)
    same_day = now_utc.astimezone(place).date() == until_utc.astimezone(place).date()
    return TimeLeft(working_days_left(now_utc, until_utc, zone), same_day, now_utc > until_utc)
