"""What the audit log tells of things and facts: by name, and no longer than one reads."""

from datetime import UTC, datetime

import pytest

from app.domain.audits import AuditLine, AuditNames, only_one_side
from app.exports.audit_facts import shown_sides, subject_words
from app.language import ENGLISH, SPANISH

EDITION = "valle-2020-2023"
NAMES = AuditNames(
    people={"4": "Eva Prueba"},
    places={"alba": "Alba", "nandari": "Ñandarí", "municipality/7": "Ñandarí"},
    themes={"seguridad": ("Seguridad", "Safety"), "cuentas": ("Cuentas claras", "")},
    organisations={"camara": "Cámara del Valle"},
)


def line(subject: str, action: str = "x") -> AuditLine:
    return AuditLine(datetime(2021, 5, 2, tzinfo=UTC), "Olga", action, subject, (), ())


@pytest.mark.parametrize(
    ("subject", "words"),
    [
        (EDITION, "La administración"),
        ("account:4", "Eva Prueba"),
        ("account:5", "account:5"),
        (f"{EDITION}/account/4", "Eva Prueba"),
        (f"{EDITION}/account/4/nandari", "Eva Prueba, Ñandarí"),
        (f"{EDITION}/account/4/municipality/7", "Eva Prueba, Ñandarí"),
        (f"{EDITION}/account/5/nandari", "account/5/nandari"),
        (f"{EDITION}/3/nandari/5", "Evaluación 3, Ñandarí, demanda 5"),
        (f"{EDITION}/3/nandari", "Evaluación 3, Ñandarí"),
        (f"{EDITION}/3/nandari/letter/2", "Evaluación 3, Ñandarí, carta 2"),
        (f"{EDITION}/3/nandari/distinction/9", "Evaluación 3, Ñandarí"),
        (f"{EDITION}/3/elsewhere/5", "Evaluación 3, elsewhere, 5"),
        (f"{EDITION}/3/elsewhere", "Evaluación 3, elsewhere"),
        (f"{EDITION}/3/correction/2", "Evaluación 3, corrección 2"),
        (f"{EDITION}/round/3/correction/2", "Evaluación 3, corrección 2"),
        (f"{EDITION}/evaluaciones/3", "Evaluación 3"),
        (f"{EDITION}/nandari", "Ñandarí"),
        (f"{EDITION}/deputy", "deputy"),
        (f"{EDITION}/demands/3", "demands/3"),
        ("other-2020-2023/3", "other-2020-2023/3"),
    ],
)
def test_a_subject_is_named_where_it_is_known_and_stays_as_written_where_not(subject: str, words: str) -> None:
    assert subject_words(SPANISH, line(subject), EDITION, NAMES) == words


def test_the_number_of_a_sealed_publication_is_not_taken_for_a_round() -> None:
    assert subject_words(SPANISH, line(f"{EDITION}/14", "publication.sealed"), EDITION, NAMES) == "Publicación 14"
    assert subject_words(SPANISH, line(f"{EDITION}/14"), EDITION, NAMES) == "Evaluación 14"


@pytest.mark.parametrize(
    ("change", "sides"),
    [
        (("pairs", "", "nandari, seguridad"), ("", "Ñandarí (Seguridad)")),
        (("pairs", "alba, cuentas, nandari, seguridad", "alba, cuentas"), ("Ñandarí (Seguridad)", "")),
        (("institution", "", "camara"), ("", "Cámara del Valle")),
        (("institution", "camara", "other"), ("Cámara del Valle", "other")),
        (("municipality", "", "nandari"), ("", "Ñandarí")),
        (("notified", "", "alba, nandari"), ("", "Alba y Ñandarí")),
        (("account", "", "4"), ("", "Eva Prueba")),
        (("signers", "", "4, 5"), ("", "Eva Prueba y 5")),
        (("theme", "seguridad", "cuentas"), ("Seguridad", "Cuentas claras")),
        (("stage", "planned", "rating"), ("programada", "en captura")),
        (("reason", "Se contó mal, y tarde, y dos veces, y a medias, y sin acta.", ""), None),
    ],
)
def test_a_fact_is_said_by_name(change: tuple[str, str, str], sides: tuple[str, str] | None) -> None:
    assert shown_sides(SPANISH, change, NAMES) == (sides or change[1:])


def test_a_theme_has_its_english_name_in_english_and_the_spanish_one_where_there_is_none() -> None:
    change = ("pairs", "", "alba, cuentas, alba, seguridad")
    assert shown_sides(ENGLISH, change, NAMES) == ("", "Alba (Cuentas claras) and Alba (Safety)")


@pytest.mark.parametrize(("count", "end"), [(5, "p3, p4 y p5"), (6, "p4 y 2 más"), (40, "p4 y 36 más")])
def test_a_long_list_is_cut_and_says_how_many_more(count: int, end: str) -> None:
    written = ", ".join(f"p{number}" for number in range(1, count + 1))
    assert shown_sides(SPANISH, ("notified", "", written), NAMES)[1].endswith(end)


def test_of_two_lists_of_pairs_only_what_went_and_what_came_is_left() -> None:
    assert only_one_side("a, 1, a, 2, b, 1", "a, 2, b, 2, c, 1") == ("a, 1, b, 1", "b, 2, c, 1")
    assert only_one_side("", "") == ("", "")
