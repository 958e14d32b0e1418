"""Which texts hold the words of one that is withdrawn."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.erasures import SHORTEST_QUOTED, GoneWords, without_words

REASON = "Vive en la calle Tal y su hijo también"
GONE = GoneWords.of([("reason", REASON), ("signatory", "Ana Ruiz"), ("position", "Presidenta municipal"), ("url", "")])


@pytest.mark.parametrize(
    ("text", "held"),
    [
        (REASON, True),
        (f"  {REASON.upper()}\r\n", True),
        ("Vive en la calle  Tal\ny su hijo también", True),
        (f"Dijo: «{REASON}», y no es así.", True),
        ("Vive en la calle Tal", False),
        ("Ana Ruiz", True),
        ("Llamé a Ana Ruiz.", False),
        ("La presidenta municipal no llegó.", False),
        ("", False),
    ],
)
def test_a_text_holds_the_words_where_it_is_one_of_them_or_quotes_a_long_one(text: str, held: bool) -> None:  # noqa: FBT001
    assert GONE.stand_in(text) is held


def test_a_short_text_is_no_quotation() -> None:
    assert not GoneWords.of([("reason", "Sin información")]).stand_in("Sin información de mayo")


def test_facts_are_looked_through_to_the_last_list() -> None:
    assert GONE.stand_in_fact({"late": False, "replies": {"1": ["x", {"reason": REASON}]}})
    assert not GONE.stand_in_fact({"late": None, "count": 3, "words": ["x"]})


def test_of_a_form_only_the_fields_that_hold_them_are_emptied() -> None:
    assert without_words([("a", REASON), ("b", "Otra cosa")], GONE) == [("a", ""), ("b", "Otra cosa")]


@given(st.text(), st.text(), st.text(min_size=SHORTEST_QUOTED))
def test_whatever_stands_round_a_long_text_it_is_found(before: str, after: str, words: str) -> None:
    gone = GoneWords.of([("reason", words)])
    if gone.quoted:
        assert gone.stand_in(f"{before} {words} {after}")


@given(st.text())
def test_nothing_is_held_by_nothing_gone(text: str) -> None:
    assert not GoneWords.of([]).stand_in(text)
    assert not GoneWords.of([("reason", "")]).stand_in("")
