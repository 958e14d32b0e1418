"""What is drawn: sizes, the same bytes twice, and names that are text and never markup."""

import re
import struct
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.editions import demand_scope
from app.exports.boletas import boleta_facts, frame_facts
from app.exports.cards import BOLETA_SIZE, CARD_SIZE, boleta_pdf, boleta_png, scorecard_png
from app.exports.documents import draw_png, qr_svg
from app.language import ENGLISH, SPANISH, Language
from tests.pdfs import made_at, problems, text_of
from tests.unit.cards import ADDRESS, card_of, named
from tests.unit.charted import SECOND, trend_of
from tests.unit.examples import period

LINES = {"A": "9 refused na 0 7.5 unrated", "B": "8 8 8 8 8 8"}
HOSTILE = [
    '#read("/etc/passwd")',
    "*_`$x^2$`_* <etiqueta> @cita \\ // /* ~",
    "#set page(width: 1pt)",
    "$",
    "[",
    "\\u{0}",
    "Ñandú – «ü» 'ó' \"é\"",
]


def size_of(png: bytes) -> tuple[int, int]:
    assert png.startswith(b"\x89PNG\r\n")
    width, height = struct.unpack(">II", png[16:24])
    return width, height


@pytest.mark.parametrize("language", [SPANISH, ENGLISH])
def test_images_have_the_size_that_phones_and_links_expect(language: Language) -> None:
    card = card_of(LINES, "A")
    assert size_of(boleta_png(card, language, ADDRESS)) == BOLETA_SIZE == (1080, 1350)
    assert size_of(scorecard_png(card, language)) == CARD_SIZE == (1200, 630)


def test_the_same_scorecard_gives_the_same_bytes() -> None:
    card = card_of(LINES, "A")
    assert boleta_png(card, SPANISH, ADDRESS) == boleta_png(card, SPANISH, ADDRESS)
    assert scorecard_png(card, SPANISH) == scorecard_png(card, SPANISH)
    assert boleta_pdf(card, SPANISH, ADDRESS) == boleta_pdf(card, SPANISH, ADDRESS)


def test_a_document_bears_the_time_of_its_seal_and_not_of_the_clock() -> None:
    assert made_at(boleta_pdf(card_of(LINES, "A"), SPANISH, ADDRESS)).startswith("D:20210120180000")


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_is_text_whatever_it_looks_like(name: str) -> None:
    text = text_of(boleta_pdf(named(card_of(LINES, "A"), name), SPANISH, ADDRESS))
    assert text.replace(" ", "").count(name.replace(" ", "")) >= 3


@pytest.mark.parametrize("name", ["Muy " * 100, "X" * 400, "長い名前" * 20, "😀 Alegría", "\u202eal revés"])
def test_no_name_is_too_long_or_too_strange_to_be_drawn(name: str) -> None:
    card = named(card_of(LINES, "A"), name)
    assert size_of(boleta_png(card, SPANISH, ADDRESS)) == BOLETA_SIZE
    assert size_of(scorecard_png(card, SPANISH)) == CARD_SIZE
    assert problems(boleta_pdf(card, SPANISH, ADDRESS)) == []


@settings(max_examples=15)
@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=60))
def test_any_text_can_be_drawn(name: str) -> None:
    assert size_of(scorecard_png(named(card_of(LINES, "A"), name), SPANISH)) == CARD_SIZE


def test_thirty_demands_fit_on_one_image() -> None:
    card = card_of({"A": " ".join(["7.5"] * 30)}, "A")
    assert size_of(boleta_png(card, SPANISH, ADDRESS)) == BOLETA_SIZE


@pytest.mark.parametrize(("now", "labels"), [("9 5", 3), ("9 refused", 2)])
def test_a_refusal_leaves_no_change_among_the_large_figures(now: str, labels: int) -> None:
    card = card_of({"A": now, "B": "8 8"}, "A", before={"A": "7 5", "B": "8 8"})
    assert len(boleta_facts(card, SPANISH, ADDRESS, earlier=0)["headline"]) == labels


@pytest.mark.parametrize(
    ("sealed", "said"),
    [
        (datetime(2021, 6, 1, tzinfo=UTC), ""),
        (datetime(2021, 9, 15, tzinfo=UTC), "Datos de noviembre-diciembre de 2020."),
        (
            datetime(2026, 1, 1, tzinfo=UTC),
            "Datos de noviembre-diciembre de 2020. Los alcaldes actuales no están evaluados aquí.",
        ),
    ],
)
def test_figures_that_were_old_when_sealed_say_so(sealed: datetime, said: str) -> None:
    card = card_of(LINES, "A")
    frame = replace(card.frame, publication=replace(card.frame.publication, sealed_at_utc=sealed))
    assert frame_facts(frame, SPANISH)["old"] == said


def test_a_template_that_does_not_exist_is_an_error() -> None:
    with pytest.raises(RuntimeError):
        draw_png("no-existe", boleta_facts(card_of(LINES, "A"), SPANISH, ADDRESS, earlier=0))


def test_an_absence_stands_with_its_sign_and_its_words_and_is_no_zero() -> None:
    facts = boleta_facts(card_of(LINES, "A"), SPANISH, ADDRESS, earlier=0)
    cells = {row["number"]: (row["score"], row["sign"]) for theme in facts["themes"] for row in theme["demands"]}
    assert cells == {
        "1": ("9", ""),
        "2": ("", "n/i"),
        "3": ("", "n/a"),
        "4": ("0", ""),
        "5": ("7.5", ""),
        "6": ("", "s/c"),
    }
    assert [row["word"] for row in facts["signs"]] == ["sin calificar", "no aplica", "no entregó la información"]


def test_a_boleta_looks_back_on_the_last_rounds_of_the_same_mayor() -> None:
    card = card_of({"A": "9 8"}, "A")
    card = replace(
        card,
        entry=replace(card.entry, mandate_starts_on=SECOND),
        frame=replace(card.frame, period=period(6)),
        trends={
            demand_scope(1): trend_of([10, 20, None, 65, 70, 90, 100], changed_at=1),
            demand_scope(2): trend_of([10, None, None, None, 80, 80, 80], changed_at=1),
        },
    )
    facts = boleta_facts(card, SPANISH, ADDRESS, earlier=4)
    assert facts["columns"]["earlier"] == ["2", "4", "5"]  # round 1 was another's, round 3 holds no score
    assert [row["history"] for row in facts["themes"][0]["demands"]] == [["2", "6.5", "7"], ["pte", "pte", "8"]]
    assert boleta_facts(card, SPANISH, ADDRESS, earlier=2)["columns"]["earlier"] == ["4", "5"]


def test_the_code_on_paper_is_one_that_every_phone_reads() -> None:
    size = re.search(r'viewBox="0 0 (\d+) (\d+)"', qr_svg("A"))
    assert size is not None
    assert size.groups() == ("21", "21")  # a micro code would be smaller, and most phones cannot read one
