"""Which passwords are refused."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.passwords import LONGEST, SHORTEST, PasswordRefused, check_password

GUESSABLE = (
    "password1234",
    "P4ssw0rd!2026",
    "Contraseña2026",
    "contrasena123",
    "123456789012",
    "qwertyuiop12",
    "abcdefghijkl",
    "aaaaaaaaaaaa",
    "alcaldecomovamos",
    "Municipio2026!!",
    "Monterrey#2026",
    "ana.valle2026",
    "Valle-Ana-1234",
    "administrador1",
)
GOOD = (
    "caballo correcto bateria grapa",
    "tres tristes sapos",
    "pZ3-hK9-wQ2-mB",
    "mi perro come pan los jueves",
    "contraseña de mi vecina Berta",
    "zapatero remendón",
)


@pytest.mark.parametrize("password", GUESSABLE)
def test_what_anybody_would_try_first_is_refused(password: str) -> None:
    with pytest.raises(PasswordRefused) as refused:
        check_password(password, ("Ana Valle", "ana.valle@ejemplo.mx"))
    assert refused.value.code == "password-too-common"


@pytest.mark.parametrize("password", GOOD)
def test_a_sentence_or_a_random_word_passes_without_digits_or_signs(password: str) -> None:
    check_password(password, ("Ana Valle", "ana.valle@ejemplo.mx"))


def test_the_lengths_are_twelve_to_a_hundred_and_twenty_eight() -> None:
    word = "wklzpbtqmxvgrhsyfjdnc" * 7
    for length in (SHORTEST, LONGEST):
        check_password(word[:length])
    for length, code in ((SHORTEST - 1, "password-too-short"), (LONGEST + 1, "password-too-long")):
        with pytest.raises(PasswordRefused) as refused:
            check_password(word[:length])
        assert refused.value.code == code


@given(st.text(max_size=200), st.lists(st.text(max_size=30), max_size=3))
def test_any_text_is_accepted_or_refused_and_nothing_else(password: str, words: list[str]) -> None:
    with contextlib.suppress(PasswordRefused):
        check_password(password, words)
