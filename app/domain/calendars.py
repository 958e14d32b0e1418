"""A calendar of rounds: one every two months, each over the two months before its end."""

from datetime import date, timedelta

from app.domain.editions import Period

MONTHS_OF_A_ROUND = 2
MONTHS_OF_A_YEAR = 12
MOST_ROUNDS = 36


def month_after(day: date, months: int) -> date:
    """The first day of the month that is so many months after the month of ``day``."""
    count = day.year * MONTHS_OF_A_YEAR + day.month - 1 + months
    return date(count // MONTHS_OF_A_YEAR, count % MONTHS_OF_A_YEAR + 1, 1)


def two_monthly(first: date, number: int, count: int, days_to_publish: int) -> tuple[Period, ...]:
    """So many rounds from the month of ``first`` on, numbered from ``number``, published so many days after each."""
    periods = []
    for step in range(count):
        starts_on = month_after(first, step * MONTHS_OF_A_ROUND)
        ends_on = month_after(starts_on, MONTHS_OF_A_ROUND) - timedelta(days=1)
        periods.append(Period(number + step, starts_on, ends_on, ends_on + timedelta(days=days_to_publish)))
    return tuple(periods)
