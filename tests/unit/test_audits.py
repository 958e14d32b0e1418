"""How the facts of the audit log are said."""

from datetime import UTC, datetime

import pytest

from app.domain.audits import AuditLine, fact_words


@pytest.mark.parametrize(
    ("fact", "words"),
    [
        (None, ""),
        (False, "false"),
        (0, "0"),
        ("7.5", "7.5"),
        ([2, 4], "2, 4"),
        ({"3": "correction 10.0", "1": "agree"}, "3: correction 10.0; 1: agree"),
        ([{"demand": 3, "late": True}], "demand: 3; late: true"),
    ],
)
def test_a_fact_is_read_without_the_marks_of_a_program(fact: object, words: str) -> None:
    assert fact_words(fact) == words


def test_what_was_empty_and_stays_empty_is_no_change() -> None:
    before, after = (("institution", "a"),), (("conflicts", ""), ("institution", "b"))
    line = AuditLine(datetime(2021, 5, 2, tzinfo=UTC), "Olga", "x", "x", before, after)
    assert line.changes == (("institution", "a", "b"),)
