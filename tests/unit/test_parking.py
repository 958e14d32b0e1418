"""What somebody had typed when her session expired, as she reads it."""

from datetime import UTC, datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.domain.parking import TEXTS, Parked, Written, written

AT = datetime(2031, 1, 1, tzinfo=UTC)


def parked(*fields: tuple[str, str]) -> Parked:
    return Parked(1, "/captura/valle/3/municipios/alba/", fields, AT)


@pytest.mark.parametrize(
    ("name", "value", "row"),
    [
        ("alba-3-score", "8", Written("score", "8", 3, "alba")),
        ("san-juan-2-reason", "Ocho de diez.", Written("reason", "Ocho de diez.", 2, "san-juan")),
        ("d7-words", "Falta la fuente.", Written("words", "Falta la fuente.", 7)),
        ("signatory", "Ana", Written("signatory", "Ana")),
        ("criterion_es", "Que haya una patrulla.", Written("criterion_es", "Que haya una patrulla.")),
        ("alba-3-base", "4", None),
        ("cell", "alba-3", None),
        ("d7-kind", "approve", None),
        ("go", "hand-in", None),
        ("alba-3-note", "  ", None),
    ],
)
def test_only_what_a_person_wrote_is_shown_again(name: str, value: str, row: Written | None) -> None:
    assert written(parked((name, value))) == ((row,) if row else ())


NAMES = st.text() | st.text("ad-_19٣\n") | st.sampled_from(sorted(TEXTS))
VALUES = st.text() | st.sampled_from(["", " ", "\n"])


@given(st.lists(st.tuples(NAMES, VALUES)))
@example([(f"alba-{'9' * 4301}-score", "8")])
def test_no_name_and_no_text_is_too_strange_to_be_read(fields: list[tuple[str, str]]) -> None:
    assert all(row.words.strip() for row in written(parked(*fields)))
