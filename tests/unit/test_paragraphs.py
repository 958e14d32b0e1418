"""The paragraph that a journalist pastes: every sentence by rule."""

from dataclasses import replace

import pytest

from app.domain.editions import EditionKind, Gender, theme_scope
from app.domain.publications import PublishedFigure
from app.domain.scorecard import Scorecard
from app.exports.paragraphs import paragraph, paragraph_txt
from app.language import ENGLISH, SPANISH
from tests.unit.cards import ADDRESS, card_of
from tests.unit.examples import METHOD, OPENNESS, SAFETY

NO_OVERALL = replace(METHOD, overall=False)


def said(card: Scorecard) -> str:
    return paragraph(card, SPANISH, ADDRESS)


def test_the_whole_paragraph_in_spanish() -> None:
    card = card_of({"A": "8 6", "B": "9 9"}, "A", before={"A": "7 6", "B": "9 9"})
    assert said(card) == (
        "Ejemplo con datos inventados. En la evaluación 2 de «Alcalde, ¿cómo vamos?» (enero-febrero de 2021), "
        "A obtuvo 7.0 en el promedio general: lugar 2 de 2. "
        "Subió 0.5 frente a la evaluación 1 (2 demandas en común). "
        "Al cierre del periodo gobernaba la alcaldesa Alcaldesa de A desde 2020 (partido: sin dato). "
        "Su calificación más alta fue 8, en «Demanda 1». La más baja fue 6, en «Demanda 2». "
        "Cobertura: 2 de 2 demandas calificadas. "
        f"Fuente: Publicación 1 de la evaluación 2, sellada el 20 de enero de 2021, {ADDRESS}"
    )


def test_the_whole_paragraph_in_english() -> None:
    card = card_of({"A": "8 6", "B": "9 9"}, "A", before={"A": "9 6", "B": "9 9"})
    assert paragraph(card, ENGLISH, ADDRESS) == (
        "Example with invented data. In evaluation 2 of “Alcalde, ¿cómo vamos?” (January–February 2021), "
        "A got 7.0 in the overall average: place 2 of 2. It fell 0.5 since evaluation 1 (2 demands in common). "
        "At the end of the period the mayor was Alcaldesa de A desde 2020 (party: not known). "
        "Its highest score was 8, in “Demand 1”. The lowest was 6, in “Demand 2”. "
        "Coverage: 2 of 2 demands rated. "
        f"Source: Publication 1 of evaluation 2, sealed on 20 January 2021, {ADDRESS}"
    )


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        pytest.param("9 9", "A obtuvo 9.0 en el promedio general y comparte el lugar 1 de 2.", id="a-tie"),
        pytest.param("9 refused", "y no tiene lugar: no entregó la información de 1 de 2.", id="a-refusal"),
        pytest.param("9 unrated", "y no tiene lugar: solo 1 de 2 calificadas; hacen falta\u00a02.", id="low-coverage"),
        pytest.param("na na", "A no tiene promedio en esta evaluación.", id="nothing-to-average"),
        pytest.param("0 0", "A obtuvo 0.0 en el promedio general: lugar 2 de 2.", id="a-zero-is-said"),
        pytest.param("9 unrated", "Cobertura: 1 de 2 demandas calificadas.", id="coverage-counts-what-applies"),
        pytest.param("9 na", "Cobertura: 1 de 1 demanda calificada.", id="coverage-of-one"),
    ],
)
def test_where_it_stands_is_said_or_why_it_has_no_place(line: str, sentence: str) -> None:
    assert sentence in said(card_of({"A": line, "B": "9 9"}, "A"))


@pytest.mark.parametrize(
    ("before", "now", "sentence"),
    [
        ("5 5", "6 5", "Subió 0.5 frente a la evaluación 1 (2 demandas en común)."),
        ("6 5", "5 5", "Bajó 0.5 frente a la evaluación 1 (2 demandas en común)."),
        ("6 5", "5 6", "Redondeado, su cambio frente a la evaluación 1 es de 0.0 (2 demandas en común)."),
    ],
)
def test_a_change_is_said_with_what_is_in_common(before: str, now: str, sentence: str) -> None:
    text = said(card_of({"A": now, "B": "9 9"}, "A", before={"A": before, "B": "9 9"}))
    assert sentence in text


@pytest.mark.parametrize(("before", "now"), [("9 1", "9 refused"), ("9 refused", "9 1")])
def test_no_change_is_told_beside_a_refusal(before: str, now: str) -> None:
    text = said(card_of({"A": now, "B": "9 9"}, "A", before={"A": before, "B": "9 9"}))
    assert "frente a la evaluación" not in text


def test_without_an_overall_average_each_theme_with_a_figure_is_told() -> None:
    text = said(card_of({"A": "8 unrated", "B": "9 9"}, "A", method=NO_OVERALL, themes=(SAFETY, OPENNESS)))
    assert "A obtuvo 8.0 en Seguridad: lugar 2 de 2." in text
    assert "Transparencia" not in text
    assert "promedio general" not in text


def test_where_weights_differ_no_number_of_scores_is_said_to_suffice() -> None:
    card = card_of({"A": "9 unrated", "B": "9 9"}, "A")
    overall = card.overall
    assert overall is not None
    weighed = replace(overall, standing=replace(overall.standing, rated_weight=1, applicable_weight=3))
    text = said(replace(card, overall=weighed))
    assert "no tiene lugar: tiene calificadas 1 de 2, menos de las que se piden para tener lugar." in text


def test_a_figure_that_the_source_printed_is_said_beside_ours() -> None:
    card = card_of({"A": "8 8"}, "A", method=NO_OVERALL)
    printed = PublishedFigure("A", theme_scope("seguridad"), "7", "conger")
    text = said(replace(card, averages=(replace(card.averages[0], figure=printed),)))
    assert "A obtuvo 8.0 en Seguridad: lugar 1 de 1. La fuente publicó 7." in text


def test_more_than_three_demands_are_counted_and_not_named() -> None:
    assert "La más baja fue 5, en cuatro demandas." in said(card_of({"A": "9 5 5 5 5"}, "A"))


def test_the_mayor_is_named_by_gender() -> None:
    card = card_of({"A": "8"}, "A")
    man = replace(card, entry=replace(card.entry, gender=Gender.MALE, mayor="Juan", party="PX"))
    assert "gobernaba el alcalde Juan (PX)." in said(man)


def test_a_corrected_version_says_so_and_a_real_edition_is_not_called_invented() -> None:
    card = card_of({"A": "8"}, "A", in_force=2)
    assert "Esta versión fue corregida el 20 de enero de 2021." in said(card)
    real = replace(card.edition, kind=EditionKind.REAL)
    assert "inventados" not in said(replace(card, frame=replace(card.frame, edition=real)))


def test_the_file_is_the_paragraph_with_a_line_feed() -> None:
    card = card_of({"A": "8"}, "A")
    assert paragraph_txt(card, SPANISH, ADDRESS).decode() == said(card) + "\n"
