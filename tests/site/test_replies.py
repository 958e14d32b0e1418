"""What the municipalities replied and what was decided is on every page and in every file of its score, and honest."""

import csv
import io
import re

import pytest
from flask.testing import FlaskClient

INVENTED, PRINTED = "/ejemplo-2024-2027/", "/nuevo-leon-2012-2015/"
CARD = f"{INVENTED}municipios/nogalinda/"
PINNED = f"{INVENTED}evaluaciones/12/publicaciones/1/municipios/"
ROUND = f"{INVENTED}evaluaciones/12/respuestas/"


def words(client: FlaskClient, path: str) -> str:
    """The page's text in one line, without its tags."""
    answer = client.get(path)
    assert answer.status_code == 200
    main = answer.text[answer.text.index("<main") : answer.text.index("</main>")]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split()).replace(" .", ".").replace(" ,", ",")


@pytest.mark.parametrize("path", [CARD, f"{PINNED}nogalinda/", ROUND])
def test_a_change_is_told_with_who_asked_why_and_what_it_moved(client: FlaskClient, path: str) -> None:
    said = words(client, path)
    for sentence in (
        "Pidió 6.6 en lugar de 6.",
        "Doce árboles que se dieron por muertos se trasplantaron en agosto",
        "Lista de árboles trasplantados, con fotografías",
        "Sabás Ledesma Ornelas, Secretario del ayuntamiento. Carta 1, del 22 de octubre de 2026.",
        "Cambia de 6 a 6.6. En Calles, parques y árboles pasa del lugar 7 al 6.",
        "Se visitaron los doce el 23 de octubre",
        "Se mantiene en 7.",
        "Respondió el 22 de octubre de 2026, dentro del plazo, que vencía el 23 de octubre de 2026.",
    ):
        assert sentence in said


def test_the_record_over_the_rounds_stands_on_the_scorecard(client: FlaskClient) -> None:
    said = words(client, CARD)
    assert "A tiempo 2 Tarde 0 Sin respuesta 1 Reuniones 3 de 3 En 3 evaluaciones con derecho de respuesta." in said


@pytest.mark.parametrize(
    ("municipality", "told", "never"),
    [
        pytest.param(
            "villa-toribia", "No respondió. Se le notificó el 20 de octubre", "No se le notificó", id="silent"
        ),
        pytest.param("ojo-de-cierva", "No se le notificó: no tuvo oportunidad", "No respondió", id="never-asked"),
        pytest.param("cuesta-del-anil", "fuera del plazo", "dentro del plazo", id="late"),
    ],
)
def test_who_was_never_asked_is_not_called_silent(
    client: FlaskClient, municipality: str, told: str, never: str
) -> None:
    for path in (f"{INVENTED}municipios/{municipality}/", f"{PINNED}{municipality}/"):
        said = words(client, path)
        assert told in said
        assert never not in said


@pytest.mark.parametrize(
    "path",
    [
        f"{PRINTED}municipios/apodaca/",
        f"{PRINTED}evaluaciones/3/",
        f"{PRINTED}evaluaciones/3/temas/seguridad/",
        f"{INVENTED}evaluaciones/9/",
        f"{INVENTED}evaluaciones/9/publicaciones/1/municipios/nogalinda/",
    ],
)
def test_a_round_run_without_replies_says_nothing_of_them(client: FlaskClient, path: str) -> None:
    said = words(client, path).lower()
    for claim in ("respondió", "no se le notificó", "solicitudes y decisiones", "sin respuesta"):
        assert claim not in said


def test_the_page_of_a_round_without_replies_claims_nothing(client: FlaskClient) -> None:
    said = words(client, f"{PRINTED}evaluaciones/3/respuestas/")
    assert "De esta evaluación no hay respuestas registradas en este sitio." in said
    assert "municipios." not in said.partition("Para citar")[0]


def test_a_later_correction_is_told_beside_the_decision_that_it_overtook(client: FlaskClient) -> None:
    said = words(client, f"{INVENTED}evaluaciones/11/publicaciones/2/municipios/nogalinda/")
    assert "Se mantiene en 7. Después, por otra causa, pasó a 8.5." in said
    assert "Después, por otra causa" not in words(
        client, f"{INVENTED}evaluaciones/11/publicaciones/1/municipios/nogalinda/"
    )


@pytest.mark.parametrize(
    ("path", "marked"),
    [
        pytest.param("evaluaciones/12/temas/calles-y-parques/", 4, id="theme"),
        pytest.param("evaluaciones/12/demandas/9/", 2, id="demand"),
        pytest.param("evaluaciones/12/", 7, id="matrix"),
        pytest.param("evaluaciones/12/publicaciones/1/", 7, id="publication"),
        pytest.param("evaluaciones/12/temas/calles-y-parques/orden/municipio/", 4, id="reordered"),
    ],
)
def test_a_row_of_a_ranking_is_marked_in_words_where_the_municipality_replied(
    client: FlaskClient, path: str, marked: int
) -> None:
    page = client.get(f"{INVENTED}{path}").text
    assert page.count('<span class="visually-hidden">El municipio respondió</span>') == marked
    assert f'href="{ROUND}"' in page


def rows(client: FlaskClient, name: str) -> list[dict[str, str]]:
    text = client.get(f"{INVENTED}datos/{name}.csv").data.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_the_scores_file_holds_the_reply_and_the_decision_beside_the_score(client: FlaskClient) -> None:
    found = next(
        row
        for row in rows(client, "calificaciones")
        if (row["evaluacion"], row["cvegeo"], row["demanda"]) == ("12", "99007", "9")
    )
    told = ("respuesta", "calificacion_solicitada", "decision", "calificacion_antes", "calificacion_decidida")
    assert [found[name] for name in told] == ["solicita corrección", "6.6", "cambia", "6.0", "6.6"]
    assert (found["lugar_en_el_tema_antes"], found["lugar_en_el_tema_decidido"]) == ("7", "6")
    assert found["quien_firma"] == "Sabás Ledesma Ornelas"


def test_the_averages_file_says_who_answered_and_is_empty_where_nobody_was_asked(client: FlaskClient) -> None:
    found = {(row["evaluacion"], row["cvegeo"]): row["respondio_el_municipio"] for row in rows(client, "promedios")}
    assert found["12", "99007"] == "a tiempo"
    assert found["12", "99008"] == "tarde"
    assert found["12", "99006"] == "no respondió"
    assert found["12", "99009"] == "no se le notificó"
    assert found["9", "99007"] == ""


@pytest.mark.parametrize(
    ("municipality", "sentence"),
    [
        ("nogalinda", "El municipio respondió el 22 de octubre de 2026 y pidió 2 correcciones; calificaciones que"),
        ("nandari", "El municipio respondió el 22 de octubre de 2026 y no pidió ninguna corrección."),
        ("villa-toribia", "El municipio no respondió."),
        ("ojo-de-cierva", "Al municipio no se le notificó."),
    ],
)
def test_the_paragraph_says_whether_the_municipality_answered(
    client: FlaskClient, municipality: str, sentence: str
) -> None:
    assert sentence in client.get(f"{PINNED}{municipality}/parrafo.txt").text


def test_the_paragraph_of_a_round_without_replies_says_nothing(client: FlaskClient) -> None:
    pinned = f"{INVENTED}evaluaciones/9/publicaciones/1/municipios/nogalinda/parrafo.txt"
    assert "respondió" not in client.get(pinned).text


def test_in_english_the_words_of_the_office_stay_spanish_and_are_marked(client: FlaskClient) -> None:
    page = client.get(f"/en{CARD}").text
    assert "Changed from 6 to 6.6." in page
    assert '<span lang="es">Secretario del ayuntamiento</span>' in page


def test_the_method_says_of_whom_silence_is_told(client: FlaskClient) -> None:
    said = words(client, f"{INVENTED}metodologia/")
    assert "«No respondió» se dice solo de quien fue notificado" in said
