"""Which days count towards a deadline, and at which minute it ends."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.working_days import (
    TimeLeft,
    after_working_days,
    due_at_utc,
    earliest_due_at_utc,
    holidays,
    is_working_day,
    time_left,
    working_days_between,
    working_days_left,
)

ZONES = st.sampled_from(["America/Monterrey", "America/Tijuana", "America/Cancun", "America/Mexico_City"])
MOMENTS = st.datetimes(datetime(2007, 1, 1), datetime(2099, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
DAYS = st.dates(date(2007, 1, 1), date(2099, 1, 1))


@pytest.mark.parametrize(
    ("year", "days"),
    [
        (2012, ["01-01", "02-06", "03-19", "05-01", "09-16", "11-19", "12-01", "12-25"]),
        (2013, ["01-01", "02-04", "03-18", "05-01", "09-16", "11-18", "12-25"]),
        (2018, ["01-01", "02-05", "03-19", "05-01", "09-16", "11-19", "12-01", "12-25"]),
        (2021, ["01-01", "02-01", "03-15", "05-01", "09-16", "11-15", "12-25"]),
        (2024, ["01-01", "02-05", "03-18", "05-01", "09-16", "10-01", "11-18", "12-25"]),
        (2026, ["01-01", "02-02", "03-16", "05-01", "09-16", "11-16", "12-25"]),
        (2030, ["01-01", "02-04", "03-18", "05-01", "09-16", "10-01", "11-18", "12-25"]),
    ],
)
def test_the_days_of_rest_are_those_of_the_federal_law(year: int, days: list[str]) -> None:
    assert sorted(day.strftime("%m-%d") for day in holidays(year)) == days


@pytest.mark.parametrize(
    ("first", "count", "last"),
    [
        (date(2026, 11, 9), 5, date(2026, 11, 17)),  # the Monday of the Revolution lies between
        (date(2026, 11, 13), 1, date(2026, 11, 17)),
        (date(2026, 11, 14), 1, date(2026, 11, 17)),  # notified on a Saturday
        (date(2024, 9, 30), 1, date(2024, 10, 2)),  # a new government
        (date(2026, 12, 24), 1, date(2026, 12, 28)),
        (date(2026, 12, 31), 2, date(2027, 1, 5)),
        (date(2026, 6, 10), 0, date(2026, 6, 10)),
    ],
)
def test_a_deadline_counts_working_days_after_the_day_of_notice(first: date, count: int, last: date) -> None:
    assert after_working_days(first, count) == last


@given(DAYS, st.integers(1, 40))
def test_a_deadline_is_always_on_a_working_day(first: date, count: int) -> None:
    last = after_working_days(first, count)
    assert is_working_day(last)
    assert working_days_between(first, last) == count


@given(MOMENTS, st.integers(1, 30), ZONES)
def test_a_deadline_ends_at_the_minute_in_the_editions_zone(notified: datetime, count: int, zone: str) -> None:
    due = due_at_utc(notified, count, zone)
    there = due.astimezone(ZoneInfo(zone))
    assert there.time() == time(18)
    assert is_working_day(there.date())
    assert due > notified
    assert working_days_left(notified, due, zone) == count


@pytest.mark.parametrize(
    ("now", "left"),
    [
        ("2026-11-09T15:00", 5),
        ("2026-11-14T15:00", 1),  # Saturday before the long weekend
        ("2026-11-17T05:59", 1),  # 23:59 of the 16th in Monterrey
        ("2026-11-17T06:00", 0),  # midnight there: it is due today
        ("2026-11-18T00:01", 0),
        ("2026-12-01T00:00", 0),
    ],
)
def test_the_days_left_are_counted_in_the_editions_zone(now: str, left: int) -> None:
    due = due_at_utc(datetime(2026, 11, 9, 15, tzinfo=UTC), 5, "America/Monterrey")
    assert due == datetime(2026, 11, 18, 0, 0, tzinfo=UTC)
    assert working_days_left(datetime.fromisoformat(now + "+00:00"), due, "America/Monterrey") == left


@pytest.mark.parametrize(
    ("notice", "earliest"),
    [
        ("2026-11-23T16:00", "2026-11-27T00:00"),  # Monday at 10:00 there: Thursday at 18:00
        ("2026-11-24T05:00", "2026-11-27T00:00"),  # still Monday there, at 23:00
        ("2026-11-13T16:00", "2026-11-20T00:00"),  # a Friday before the long weekend
        ("2026-12-24T16:00", "2026-12-31T00:00"),
    ],
)
def test_a_notice_leaves_three_working_days(notice: str, earliest: str) -> None:
    at = datetime.fromisoformat(notice + "+00:00")
    assert earliest_due_at_utc(at, "America/Monterrey") == datetime.fromisoformat(earliest + "+00:00")


@given(DAYS, DAYS)
def test_no_working_day_is_left_where_the_deadline_is_not_later(first: date, last: date) -> None:
    assert (working_days_between(first, last) > 0) <= (last > first)


@pytest.mark.parametrize(
    ("now", "left"),
    [
        ("2026-11-16T18:00", TimeLeft(1, is_today=False, is_over=False)),
        ("2026-11-17T18:00", TimeLeft(0, is_today=True, is_over=False)),
        ("2026-11-18T00:00", TimeLeft(0, is_today=True, is_over=False)),  # 18:00 there, to the moment
        ("2026-11-18T00:00:01", TimeLeft(0, is_today=True, is_over=True)),
        ("2026-11-18T06:00", TimeLeft(0, is_today=False, is_over=True)),
    ],
)
def test_a_deadline_is_near_today_or_over(now: str, left: TimeLeft) -> None:
    due = datetime(2026, 11, 18, tzinfo=UTC)
    assert time_left(datetime.fromisoformat(now + "+00:00"), due, "America/Monterrey") == left
