"""The question that a citizen sends to a town hall."""

from datetime import timedelta

from app.domain.scorecard import Scorecard
from app.exports.questions import question
from tests.unit.cards import card_of


def asked(card: Scorecard) -> str:
    return question(card, card.edition.ends_on - timedelta(days=1))


def test_the_lowest_score_is_asked_about() -> None:
    text = asked(card_of({"A": "9 5"}, "A"))
    assert "En «Demanda 2» el municipio tiene 5 de 10, su calificación más baja." in text
    assert text.endswith("Muchas gracias. (Ejemplo con datos inventados.)")


def test_a_lowest_score_that_others_share_is_one_of_the_lowest() -> None:
    assert "tiene 5 de 10, una de sus calificaciones más bajas." in asked(card_of({"A": "9 5 5"}, "A"))


def test_what_was_withheld_is_asked_for_first() -> None:
    text = asked(card_of({"A": "9 5 refused"}, "A"))
    assert "no entregó la información sobre «Demanda 3»" in text
    assert "de 10" not in text


def test_nothing_is_asked_of_todays_government_once_the_term_is_over() -> None:
    card = card_of({"A": "9 5"}, "A")
    assert question(card, card.edition.ends_on) == ""


def test_nothing_is_asked_about_nothing() -> None:
    assert asked(card_of({"A": "unrated"}, "A")) == ""
