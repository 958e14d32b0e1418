"""How the facts of the audit log are said."""

import pytest

from app.domain.audits import fact_words


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
