"""What a clarification of a sealed wording may say: a passage read otherwise, and no number or rule with it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.clarifications import (
    Clarification,
    ClarificationRefused,
    Passages,
    Wording,
    departures,
    problem_of,
    problems_of,
    require_clear,
)
from app.domain.meanings import hinges_of, is_turned, numbers_of
from app.domain.wordings import find_wording, wordings_of
from tests.unit.generated_contents import edition_contents

DAY = date(2021, 5, 2)
TEXT = "Al menos 10 patrullas por cada mil habitantes, y que ninguna este parada mas de dos dias."
WORDING = Wording("demand:3/criterion", TEXT, "At least 10 patrols per thousand.")
WORDS = st.text("abcdefghijklmnñopqrstuvwxyzáéíóú ", min_size=1, max_size=30)
SHORT = st.text(max_size=20) | st.text("nosi10 %", max_size=20)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("10 patrullas", ("10",)),
        ("el 7.5 % y el 7,5%", ("7.5", "%", "7,5", "%")),
        ("diez", ("diez",)),
        ("Ten patrols", ("diez",)),
        ("un policía, una patrulla", ("un", "un")),
        ("veintidós y treinta y cinco", ("veintidos", "treinta", "cinco")),
        ("la mitad, el doble, dos tercios", ("mitad", "doble", "dos", "tercio")),
        ("abril-mayo 2012-2015", ("2012-2015",)),
        ("fracción IV", ("IV",)),
        ("½ km²", ("1⁄2", "2")),
        ("٧ y 7", ("٧", "7")),
        ("≥ 5", ("≥", "5")),
        ("patrullas a tiempo", ()),
    ],
)
def test_numbers_are_read_in_figures_and_in_words(text: str, found: tuple[str, ...]) -> None:
    assert numbers_of(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("No más de lo mínimo", ("no", "mas", "minimo")),
        ("todas las patrullas o ninguna", ("todo", "o", "ningun")),
        ("salvo cada mes", ("salvo", "cada", "mes")),
        ("All must, unless none may", ("todo", "debe", "unless", "ningun", "puede")),
        ("patrullas a tiempo", ()),
    ],
)
def test_words_that_turn_a_rule_are_found(text: str, found: tuple[str, ...]) -> None:
    assert hinges_of(text) == found


@pytest.mark.parametrize(
    ("before", "after", "turned"),
    [
        ("legal", "ilegal", True),
        ("incumple", "cumple", True),
        ("responde", "corresponde", False),
        ("mas de eso", "más de eso", False),
        ("un policias", "un policía", False),
        ("mensual", "bimestral", True),
        ("y luz", "o luz", True),
        ("que sí", "que si", False),
    ],
)
def test_a_rule_is_turned_by_a_hinge_or_a_prefix(before: str, after: str, *, turned: bool) -> None:
    assert is_turned(before, after) is turned


@pytest.mark.parametrize(
    ("says", "reads", "code"),
    [
        ("este parada", "esté parada", ""),
        ("mas de dos dias", "más de dos días", ""),
        ("por cada", "por  cada", ""),
        ("", "esté", "passage-missing"),
        ("este", "", "reading-missing"),
        ("esta parada", "está parada", "not-in-wording"),
        ("AL MENOS", "Al menos", "not-in-wording"),
        ("este", "este", "same-words"),
        ("10 patrullas", "12 patrullas", "number-changed"),
        ("10 patrullas", "diez patrullas", "number-changed"),
        ("dos dias", "2 días", "number-changed"),
        ("patrullas", "patrullas 10", "number-changed"),
        ("patrullas", "doble de patrullas", "number-changed"),
        ("10 patrullas", "patrullas", "number-changed"),
        ("1", "1 ", "number-changed"),
        ("10 ", "10", ""),
        ("0 p", "0p", ""),
        ("Al menos", "Al mayor", "rule-turned"),
        ("ninguna este", "toda este", "rule-turned"),
        ("patrullas", "patrullas y policías", "rule-turned"),
        ("parada", "no parada", "rule-turned"),
        ("antes, y", "entes, y", "rule-turned"),  # in the passage a word that the wording does not have
    ],
)
def test_a_passage_may_be_clarified_or_not(says: str, reads: str, code: str) -> None:
    assert problem_of(TEXT, says, reads) == code


def test_each_language_is_asked_by_itself() -> None:
    english = Passages(says_en="patrols", reads_en="patrol cars")
    assert list(problems_of(WORDING, english)) == []
    assert list(problems_of(Wording("demand:3/name", "Patrullas"), english)) == [("not-in-wording", "en")]
    assert list(problems_of(WORDING, Passages())) == [("nothing-clarified", "")]
    assert list(problems_of(WORDING, Passages("este", "esté", "10", "11"))) == [("number-changed", "en")]
    with pytest.raises(ClarificationRefused) as refused:
        require_clear(WORDING, Passages("este", ""))
    assert (refused.value.code, refused.value.facts["language"]) == ("reading-missing", "es")


@given(WORDS, st.integers(min_value=0, max_value=10**30), st.integers(min_value=0, max_value=10**30))
def test_another_figure_is_never_a_clarification(words: str, one: int, other: int) -> None:
    text = f"{words} {one} {words}"
    expected = "same-words" if one == other else "number-changed"
    assert problem_of(text, str(one), str(other)) == expected


@given(
    WORDS, st.sampled_from(["no", "12", "mitad", "menos", "double", "10%", "todos"]), st.sampled_from(["comes", "goes"])
)
def test_a_number_or_a_hinge_neither_comes_nor_goes(words: str, word: str, way: str) -> None:
    plain, told = f"Que {words}.", f"Que {word} {words}."
    text, says, reads = (plain, plain, told) if way == "comes" else (told, told, plain)
    assert problem_of(text, says, reads) in {"number-changed", "rule-turned"}


@given(WORDS, WORDS, st.sampled_from(["", "i", "in", "des", "un", "no ", "10 "]))
def test_what_may_be_clarified_may_be_clarified_back(says: str, reads: str, before: str) -> None:
    """No rule knows a direction, so that no two steps can go where one could not."""
    for other in (reads, f"{before}{says}"):
        assert problem_of(says, says, other) == problem_of(other, other, says)


@given(SHORT, SHORT, SHORT)
def test_any_text_is_judged(text: str, says: str, reads: str) -> None:
    code = problem_of(text, says, reads)
    if not code:
        after = text.replace(says, reads)
        assert (numbers_of(text), hinges_of(text)) == (numbers_of(after), hinges_of(after))


@given(edition_contents())
def test_every_wording_is_found_by_its_name_and_says_something(content: object) -> None:
    wordings = wordings_of(content)  # type: ignore[arg-type]
    assert len({wording.subject for wording in wordings}) == len(wordings)
    for wording in wordings:
        assert wording.es or wording.en
        assert find_wording(content, wording.subject) == wording  # type: ignore[arg-type]
    assert find_wording(content, "demand:0/weight") is None  # type: ignore[arg-type]


def row(position: int, says: str = "este", reads: str = "esté", subject: str = "demand:3/criterion") -> Clarification:
    return Clarification(position, subject, DAY, says, reads)


@pytest.mark.parametrize(
    ("now", "before", "found"),
    [
        ([], [], []),
        ([row(1)], [], []),
        ([row(1), row(2, "dias", "días")], [row(1)], []),
        ([], [row(1)], [("clarification-lost", "clarification 1")]),
        ([row(1, "dias", "días")], [row(1)], [("clarification-lost", "clarification 1")]),
        ([row(2)], [], [("clarification-ungrounded", "clarification 2")]),
        ([row(1, "nada")], [], [("clarification-ungrounded", "clarification 1")]),
        ([row(1, "10", "11")], [], [("clarification-ungrounded", "clarification 1")]),
        ([row(1, "", "")], [], [("clarification-ungrounded", "clarification 1")]),
        ([row(1, "este", "")], [], [("clarification-ungrounded", "clarification 1")]),
        ([row(1, "", "esté")], [], [("clarification-ungrounded", "clarification 1")]),
        ([row(1, subject="demand:4/name")], [], [("clarification-ungrounded", "clarification 1")]),
    ],
)
def test_a_publication_keeps_every_clarification_and_each_quotes_a_wording(
    now: list[Clarification], before: list[Clarification], found: list[tuple[str, str]]
) -> None:
    assert list(departures([WORDING], now, before)) == found
