"""A day and an hour of a clock on the wall, as a moment."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.hours import NoSuchHour, moment_of_clock


@pytest.mark.parametrize(
    ("day", "hour", "zone", "moment"),
    [
        ("2026-10-26", "09:00", "America/Monterrey", "2026-10-26T15:00"),
        ("2021-06-01", "09:00", "America/Monterrey", "2021-06-01T14:00"),
        ("2021-06-01", "00:00", "America/Monterrey", "2021-06-01T05:00"),
        ("2026-12-31", "23:59", "America/Hermosillo", "2027-01-01T06:59"),
        ("2026-11-01", "01:30", "America/Tijuana", "2026-11-01T08:30"),
    ],
)
def test_a_clock_shows_a_moment(day: str, hour: str, zone: str, moment: str) -> None:
    found = moment_of_clock(date.fromisoformat(day), time.fromisoformat(hour), zone)
    assert found == datetime.fromisoformat(moment).replace(tzinfo=UTC)


def test_an_hour_that_the_clock_jumps_over_does_not_exist() -> None:
    with pytest.raises(NoSuchHour):
        moment_of_clock(date(2026, 3, 8), time(2, 30), "America/Tijuana")


@given(
    moment=st.datetimes(datetime(2000, 1, 1), datetime(2099, 12, 31)),  # noqa: DTZ001 - of a clock, made aware below
    zone=st.sampled_from(["America/Monterrey", "America/Tijuana", "America/Hermosillo", "America/Cancun"]),
)
def test_the_clock_shows_at_that_moment_what_was_asked(moment: datetime, zone: str) -> None:
    shown = moment.replace(tzinfo=UTC, second=0, microsecond=0).astimezone(ZoneInfo(zone))
    again = moment_of_clock(shown.date(), shown.time(), zone).astimezone(ZoneInfo(zone))
    assert (again.date(), again.time()) == (shown.date(), shown.time())
