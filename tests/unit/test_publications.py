"""What a round's publication seals (DESIGN §8)."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.editions import OVERALL, Scope, demand_scope, theme_scope
from app.domain.publications import (
    CORRECTION_TEXT_KEY,
    NO_PREVIOUS,
    distinction_text_key,
    evidence_text_key,
    previous_round,
    score_text_key,
    text_sha256,
)
from app.domain.scores import Absence, Score
from tests.unit.examples import OPENNESS, SAFETY, ratings, round_of
from tests.unit.generated import deterministic, troublesome_text

CONTENT = round_of({"A": "8 7 0", "B": ".. refused 6"}, weights=(1, 2, 3), themes=(SAFETY, OPENNESS))
salts = st.binary(max_size=32).map(bytes.hex)


def test_ratings_are_found_by_municipality_and_demand() -> None:
    assert CONTENT.ratings == {"A": ratings("8 7 0"), "B": {2: Absence.REFUSED, 3: Score(60)}}


def test_a_municipality_without_any_row_has_no_ratings_rather_than_none() -> None:
    assert round_of({"A": "8", "B": ".."}).ratings["B"] == {}


def test_a_cell_with_neither_a_score_nor_an_absence_is_missing() -> None:
    assert CONTENT.missing_cells() == (("B", 1),)
    assert round_of({"A": "8 unrated", "B": "refused na"}).missing_cells() == ()


@pytest.mark.parametrize(
    ("scope", "weights"),
    [
        pytest.param(OVERALL, {1: 1, 2: 2, 3: 3}, id="overall"),
        pytest.param(theme_scope(SAFETY.key), {1: 1, 3: 3}, id="a-theme"),
        pytest.param(theme_scope(OPENNESS.key), {2: 2}, id="another-theme"),
        pytest.param(demand_scope(3), {3: 3}, id="a-demand"),
        pytest.param(demand_scope(4), {}, id="no-such-demand"),
        pytest.param(theme_scope("otro"), {}, id="no-such-theme"),
    ],
)
def test_a_scope_weighs_its_own_demands(scope: Scope, weights: dict[int, int]) -> None:
    assert CONTENT.weights(scope) == weights


@pytest.mark.parametrize(
    ("published", "number", "sha256"),
    [
        pytest.param([], 1, "", id="the-first-round"),
        pytest.param([(1, 2, "a")], 1, "", id="a-correction-of-the-first-round"),
        pytest.param([(1, 2, "a")], 2, "a", id="the-round-before"),
        pytest.param([(1, 2, "a"), (2, 3, "b")], 3, "b", id="the-last-of-two"),
        pytest.param([(1, 2, "a")], 4, "a", id="rounds-between-were-never-published"),
        pytest.param([(1, 2, "a"), (1, 3, "b")], 2, "b", id="the-newest-publication-of-that-round"),
        pytest.param([(1, 2, "a"), (2, 3, "b"), (1, 4, "c")], 3, "b", id="not-a-later-correction-of-an-earlier-round"),
        pytest.param([(2, 2, "a"), (3, 3, "b")], 2, "", id="never-a-later-round"),
        pytest.param([(9, 2, "a"), (10, 3, "b")], 11, "b", id="numbers-are-not-texts"),
        pytest.param([(1, 9, "a"), (1, 10, "b")], 2, "b", id="sequences-are-not-texts"),
    ],
)
def test_a_round_is_compared_with_the_last_one_published_before_it(
    published: list[tuple[int, int, str]], number: int, sha256: str
) -> None:
    assert previous_round(published, number) == sha256
    assert previous_round(reversed(published), number) == sha256


def test_the_first_publication_has_sixty_four_zeros_before_it() -> None:
    assert NO_PREVIOUS == "0" * 64


def test_a_text_is_sealed_as_sha256_of_the_salts_bytes_and_its_own() -> None:
    assert text_sha256("00ff", "ñ") == hashlib.sha256(b"\x00\xff\xc3\xb1").hexdigest()


@deterministic
@given(salts, salts, troublesome_text, troublesome_text)
def test_another_text_or_another_salt_gives_another_seal(salt: str, other_salt: str, body: str, other: str) -> None:
    assert (text_sha256(salt, body) == text_sha256(salt, other)) == (body == other)
    assert (text_sha256(salt, body) == text_sha256(other_salt, body)) == (salt == other_salt)


def test_no_two_texts_of_a_round_share_a_key() -> None:
    keys = [
        score_text_key("19039", 1, 2),
        score_text_key("19039", 2, 1),
        score_text_key("19039", 12, 1),
        evidence_text_key("19039", 1, 2, 1),
        evidence_text_key("19039", 1, 1, 2),
        distinction_text_key("19039", 1),
        CORRECTION_TEXT_KEY,
    ]
    assert len(set(keys)) == len(keys)
