"""A score is 0 to 10 in steps of 0.1; an absence is never 0 (SCORING §1)."""

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import BadScore
from app.domain.scores import Absence, Score
from tests.unit.generated import deterministic, scores


@pytest.mark.parametrize(
    ("text", "tenths"),
    [
        ("7", 70),
        ("7.5", 75),
        ("7,5", 75),
        ("7.0", 70),
        ("7,0", 70),
        ("0", 0),
        ("0.0", 0),
        ("0,1", 1),
        ("9.9", 99),
        ("10", 100),
        ("10.0", 100),
        ("10,0", 100),
    ],
)
def test_a_score_is_read_from_a_point_or_a_comma(text: str, tenths: int) -> None:
    assert Score.from_text(text) == Score(tenths)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("11", id="above-ten"),
        pytest.param("10.1", id="a-tenth-above-ten"),
        pytest.param("10.00", id="ten-with-two-decimals"),
        pytest.param("-1", id="negative"),
        pytest.param("-0", id="negative-zero"),
        pytest.param("+7", id="plus-sign"),
        pytest.param("7.55", id="hundredths"),
        pytest.param("7.", id="point-without-tenth"),
        pytest.param(".5", id="tenth-without-whole"),
        pytest.param("07", id="leading-zero"),
        pytest.param("NaN", id="nan"),
        pytest.param("inf", id="infinity"),
        pytest.param("1e1", id="exponent"),
        pytest.param("1_0", id="underscore"),
        pytest.param("\u0667", id="arabic-seven"),
        pytest.param("\uff17", id="fullwidth-seven"),
        pytest.param("7\u066b5", id="arabic-decimal-separator"),
        pytest.param("", id="empty"),
        pytest.param(" ", id="blank"),
        pytest.param(" 7", id="blank-before"),
        pytest.param("7\n", id="newline-after"),
        pytest.param("7\x00", id="nul"),
        pytest.param("7.5.0", id="two-points"),
        pytest.param("7;5", id="semicolon"),
        pytest.param("0x7", id="hexadecimal"),
        pytest.param("9" * 4301, id="4301-digits"),
        pytest.param("refused", id="an-absence-is-no-score"),
    ],
)
def test_what_is_no_score_is_refused_with_the_text_that_was_typed(text: str) -> None:
    with pytest.raises(BadScore) as refusal:
        Score.from_text(text)
    assert refusal.value.code == "score-off-scale"
    assert refusal.value.facts == {"text": text}


@pytest.mark.parametrize(
    "tenths",
    [
        pytest.param(-1, id="below-zero"),
        pytest.param(101, id="above-ten"),
        pytest.param(7.5, id="float"),
        pytest.param(70.0, id="whole-float"),
        pytest.param(True, id="boolean"),
        pytest.param("70", id="text"),
        pytest.param(None, id="none"),
    ],
)
def test_a_score_holds_whole_tenths_of_the_scale_and_nothing_else(tenths: Any) -> None:
    with pytest.raises(BadScore):
        Score(tenths)


@pytest.mark.parametrize("tenths", [0, 100])
def test_both_ends_of_the_scale_are_scores(tenths: int) -> None:
    assert Score(tenths).exact == Fraction(tenths, 10)


@pytest.mark.parametrize(("tenths", "text"), [(0, "0.0"), (1, "0.1"), (75, "7.5"), (100, "10.0")])
def test_a_score_is_written_with_one_decimal_and_a_point(tenths: int, text: str) -> None:
    assert str(Score(tenths)) == text


@deterministic
@given(scores)
def test_every_score_is_read_back_as_it_was_written(score: Score) -> None:
    assert Score.from_text(str(score)) == score
    assert Score.from_text(str(score).replace(".", ",")) == score


@deterministic
@given(st.text("0123456789.,-+eE_ \n\u0667\uff17", max_size=4))
def test_no_text_gives_anything_but_a_score_or_a_refusal(text: str) -> None:
    try:
        score = Score.from_text(text)
    except BadScore:
        return
    assert score.exact == Fraction(text.replace(",", "."))


@deterministic
@given(scores, scores)
def test_scores_are_ordered_by_their_points(one: Score, other: Score) -> None:
    assert (one < other) == (one.exact < other.exact)


@pytest.mark.parametrize("absence", Absence)
def test_an_absence_is_no_score_not_even_zero(absence: Absence) -> None:
    assert not isinstance(absence, Score)
    with pytest.raises(BadScore):
        Score.from_text(absence.value)


def test_there_are_five_typed_absences() -> None:
    assert {absence.value for absence in Absence} == {
        "not_rated",
        "not_applicable",
        "refused",
        "pending",
        "unpublished",
    }
