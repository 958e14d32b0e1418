"""Dates, numbers and the order of names, as a Mexican newspaper writes them, and in English."""

from datetime import UTC, date, datetime
from fractions import Fraction

import pytest

from app.language import ENGLISH, SPANISH, sort_key


def test_a_day_is_written_in_full() -> None:
    day = date(2013, 6, 19)
    assert (SPANISH.date(day), ENGLISH.date(day)) == ("19 de junio de 2013", "19 June 2013")


@pytest.mark.parametrize(
    ("first", "last", "spanish", "english"),
    [
        (date(2013, 4, 1), date(2013, 5, 31), "abril-mayo de 2013", "April–May 2013"),
        (date(2024, 12, 1), date(2025, 1, 31), "diciembre de 2024-enero de 2025", "December 2024–January 2025"),
        (date(2025, 3, 1), date(2025, 3, 31), "marzo de 2025", "March 2025"),
    ],
)
def test_a_period_is_named_by_its_months(first: date, last: date, spanish: str, english: str) -> None:
    assert (SPANISH.months(first, last), ENGLISH.months(first, last)) == (spanish, english)


@pytest.mark.parametrize(
    ("count", "shown"),
    [
        (1, "1\xa0kB"),
        (340_001, "341\xa0kB"),
        (999_000, "999\xa0kB"),
        (999_001, "1.0\xa0MB"),
        (1_200_001, "1.3\xa0MB"),
        (10_000_000, "10.0\xa0MB"),
    ],
)
def test_a_size_is_rounded_up(count: int, shown: str) -> None:
    assert (SPANISH.size(count), ENGLISH.size(count)) == (shown, shown)


def test_a_moment_falls_on_the_day_of_the_editions_zone() -> None:
    assert SPANISH.day_in(datetime(2026, 1, 1, 3, tzinfo=UTC), "America/Monterrey") == "31 de diciembre de 2025"


@pytest.mark.parametrize(("tenths", "shown"), [(63, "6.3"), (100, "10.0"), (0, "0.0")])
def test_an_average_has_one_decimal(tenths: int, shown: str) -> None:
    assert SPANISH.tenths(tenths) == shown


@pytest.mark.parametrize(("tenths", "shown"), [(5, "+0.5"), (-15, "−1.5"), (0, "0.0")])
def test_a_change_carries_its_sign(tenths: int, shown: str) -> None:
    assert SPANISH.change(tenths) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [("25/4", "6.25"), ("20/3", "6.666…"), ("-1/50", "−0.02"), ("-1/3", "−0.333…"), ("0", "0.0")],
)
def test_an_exact_value_is_cut_and_never_rounded(value: str, shown: str) -> None:
    assert SPANISH.exact(Fraction(value)) == shown


def test_names_stand_in_spanish_order() -> None:
    names = ["Ñandarí", "Nogalinda", "Oaxaca", "Ámbar", "Apodaca", "San Nicolás", "San Pedro", "Santa Catarina", "nube"]
    expected = [
        "Ámbar",
        "Apodaca",
        "Nogalinda",
        "nube",
        "Ñandarí",
        "Oaxaca",
        "San Nicolás",
        "San Pedro",
        "Santa Catarina",
    ]
    assert sorted(names, key=sort_key) == expected


def test_a_sentence_without_english_would_still_be_said_in_spanish() -> None:
    assert ENGLISH.sentence("frase que nadie tradujo %(n)s", n=1) == "frase que nadie tradujo 1"
