"""What people take away, as they get it: the figures of the pages, whole files, said when invented or corrected."""

import re
from urllib.parse import unquote

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.exports import documents
from app.extensions import database
from app.language import SPANISH
from app.queries.bulletins import find_bulletin
from app.queries.scorecards import find_pinned_scorecard
from tests.pdfs import bookmarks_of, is_accessible, language_of, pages_of, problems, text_of
from tests.site.reading import rows_of, words_of

DEMO = "/ejemplo-2024-2027/evaluaciones/12/publicaciones/1"
CORRECTED = "/ejemplo-2024-2027/evaluaciones/11/publicaciones/1"
CORRECTION = "/ejemplo-2024-2027/evaluaciones/11/publicaciones/2"
REAL = "/nuevo-leon-2012-2015/evaluaciones/3/publicaciones/1"
ONE_MEGABYTE = 1_000_000
FILES = [
    (f"{DEMO}/municipios/brumares/boleta.png", "image/png"),
    (f"{DEMO}/municipios/brumares/boleta.pdf", "application/pdf"),
    (f"{DEMO}/municipios/brumares/tarjeta.png", "image/png"),
    (f"{DEMO}/municipios/brumares/parrafo.txt", "text/plain; charset=utf-8"),
    (f"{DEMO}/tarjeta.png", "image/png"),
    (f"{DEMO}/boletin.pdf", "application/pdf"),
]


def got(client: FlaskClient, path: str) -> bytes:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.get_data()


def copied(client: FlaskClient, path: str, name: str) -> str:
    """The text to copy of that name on a page."""
    found = re.search(rf'<p id="{name}"[^>]*>(.*?)</p>', client.get(path).text, re.DOTALL)
    assert found is not None
    return " ".join(found[1].split())


@pytest.mark.parametrize(("path", "content_type"), FILES)
def test_a_file_is_kept_like_a_page_and_says_that_it_is_invented(
    client: FlaskClient, path: str, content_type: str
) -> None:
    answer = client.get(path, headers={"Accept-Encoding": "br, gzip"})
    assert answer.headers["Content-Type"] == content_type
    assert answer.headers["Cache-Control"] == "public, no-cache"
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert "-datos-inventados-evaluacion-12-publicacion-1-" in answer.headers["Content-Disposition"]
    again = {"Accept-Encoding": "br, gzip", "If-None-Match": answer.headers["ETag"]}
    assert client.get(path, headers=again).status_code == 304
    assert ("Content-Encoding" in answer.headers) == content_type.startswith("text/")
    assert len(answer.get_data()) < ONE_MEGABYTE


def test_a_file_of_a_real_edition_is_not_called_invented(client: FlaskClient) -> None:
    answer = client.get(f"{REAL}/municipios/monterrey/boleta.pdf")
    assert "X-Robots-Tag" not in answer.headers
    assert "inventados" not in answer.headers["Content-Disposition"]
    assert "INVENTADOS" not in text_of(answer.get_data())


@pytest.mark.parametrize(
    "path", [f"{REAL}/boletin.pdf", f"/en{REAL}/municipios/juarez/boleta.pdf", f"/en{DEMO}/boletin.pdf"]
)
def test_a_document_is_whole_tagged_and_says_its_language(client: FlaskClient, path: str) -> None:
    document = got(client, path)
    assert problems(document) == []
    assert is_accessible(document)
    assert language_of(document) == ("en-US" if path.startswith("/en/") else "es-MX")


def test_a_boleta_is_one_sheet(client: FlaskClient) -> None:
    assert len(pages_of(got(client, f"{DEMO}/municipios/brumares/boleta.pdf"))) == 1


@pytest.mark.parametrize("base", [DEMO, REAL])
def test_a_boleta_holds_the_figures_of_its_page(app: Flask, client: FlaskClient, base: str) -> None:
    _, edition, _, number, _, publication = base.split("/")
    slug = "brumares" if base == DEMO else "san-nicolas-de-los-garza"
    with app.app_context():
        card = find_pinned_scorecard(database.session, edition, int(number), int(publication), slug)
    assert card is not None
    text = text_of(got(client, f"{base}/municipios/{slug}/boleta.pdf"))
    assert card.entry.name in text
    assert card.entry.mayor in text
    assert card.frame.publication.sha256[:12] in text
    for shown in card.scores:
        assert f"{shown.demand.number} {shown.demand.name_es}" in text
    for average in card.averages:
        if average.standing.tenths is not None:
            assert SPANISH.tenths(average.standing.tenths) in text


def test_the_bulletin_holds_the_ranking_of_the_page_in_its_order(client: FlaskClient) -> None:
    rows = [row for row in rows_of(client.get(f"{DEMO}/").text) if row["place"]]
    cover = pages_of(got(client, f"{DEMO}/boletin.pdf"))[0]
    found = re.findall(r"(\d+=?) (\D+?), (?:alcalde|alcaldesa) · [^\d]+? (\d+\.\d) ", f" {cover} ")
    assert len(rows) > 5
    assert [(place, value) for place, _, value in found][: len(rows)] == [
        (row["place"], row["average"]) for row in rows
    ]
    for (_, words, _), row in zip(found, rows, strict=False):
        assert words.startswith(row["name"])


def test_the_bulletin_has_a_bookmark_for_every_theme_and_municipality(app: Flask, client: FlaskClient) -> None:
    titles = bookmarks_of(got(client, f"{DEMO}/boletin.pdf"))
    with app.app_context():
        bulletin = find_bulletin(database.session, "ejemplo-2024-2027", 12, 1)
    assert bulletin is not None
    wanted = [theme.name_es for theme in bulletin.frame.themes] + [card.entry.name for card in bulletin.cards]
    assert [title for title in wanted if title not in titles] == []
    assert titles.index("Promedio general") < titles.index(wanted[0])
    assert "Cómo comprobarlo" in titles


def test_the_bulletin_says_who_withheld_information_and_which_code_to_expect(client: FlaskClient) -> None:
    text = text_of(got(client, f"{DEMO}/boletin.pdf"))
    assert "No entregó la información: sin lugar" in text
    assert "Solo 7 de 10 calificadas; hacen falta 8 " in text
    sha256 = re.search(r'class="checksum">([0-9a-f]{64})<', client.get(f"{DEMO}/").text)
    assert sha256 is not None
    assert sha256[1] in text
    assert "página 1 / " in text


def test_a_document_of_a_corrected_publication_says_so_and_that_of_the_correction_does_not(client: FlaskClient) -> None:
    words = "Esta versión fue corregida el 11 de septiembre de 2026."
    for file in ("boletin.pdf", "municipios/nogalinda/boleta.pdf"):
        assert words in text_of(got(client, f"{CORRECTED}/{file}"))
        assert words not in text_of(got(client, f"{CORRECTION}/{file}"))
    assert words in got(client, f"{CORRECTED}/municipios/nogalinda/parrafo.txt").decode()
    assert [page for page in pages_of(got(client, f"{CORRECTED}/boletin.pdf")) if words not in page] == []


def test_the_page_and_the_file_hold_the_same_paragraph(client: FlaskClient) -> None:
    page = words_of(client.get("/ejemplo-2024-2027/municipios/brumares/llevar/").text)
    assert got(client, f"{DEMO}/municipios/brumares/parrafo.txt").decode().strip() in page


def test_what_is_sent_by_whatsapp_says_that_it_is_invented_and_leads_to_what_does_not_change(
    client: FlaskClient,
) -> None:
    page = client.get("/ejemplo-2024-2027/municipios/brumares/llevar/").text
    sent = unquote(re.findall(r'href="https://wa\.me/\?text=([^"]*)"', page)[0])
    assert sent == (
        "Ejemplo con datos inventados. Brumares (Eulalia Barrenechea Tovar), agosto-septiembre de 2026: "
        f"7.4 en el promedio general, lugar 4 de 7. http://127.0.0.1:8000{DEMO}/municipios/brumares/"
    )


def test_what_is_sent_of_an_old_round_says_when_it_was_and_what_the_source_printed(client: FlaskClient) -> None:
    page = client.get("/nuevo-leon-2012-2015/municipios/monterrey/llevar/").text
    sent = unquote(re.findall(r'href="https://wa\.me/\?text=([^"]*)"', page)[0])
    assert sent.startswith(
        "Monterrey (Margarita Arellanes Cervantes), abril-mayo de 2013: "
        "6.8 en Seguridad (cálculo de este sitio; la fuente publicó 7), lugar 4 de 9. http"
    )


def test_the_text_to_share_says_of_whom_and_of_when_before_any_figure(client: FlaskClient) -> None:
    said = copied(client, "/nuevo-leon-2012-2015/municipios/monterrey/", "compartir")
    start = "Monterrey, Margarita Arellanes Cervantes, alcaldesa. Evaluación 3, abril-mayo de 2013. Monterrey "
    assert said.startswith(start)


def test_the_town_hall_is_asked_in_spanish_on_either_page_and_not_once_the_term_is_over(client: FlaskClient) -> None:
    path = "/ejemplo-2024-2027/municipios/nogalinda/"
    assert copied(client, path, "preguntar").startswith("Buen día. Vivo en Nogalinda")
    assert copied(client, f"/en{path}", "preguntar") == copied(client, path, "preguntar")
    assert '<p id="preguntar" lang="es">' in client.get(f"/en{path}").text
    assert 'id="preguntar"' not in client.get("/nuevo-leon-2012-2015/municipios/monterrey/").text


def test_a_citation_names_the_site_in_one_language(client: FlaskClient) -> None:
    said = copied(client, "/en/ejemplo-2024-2027/municipios/nogalinda/", "citar")
    assert said.startswith("Alcalde, ¿cómo vamos? Nogalinda, Publication")


@pytest.mark.parametrize(("path", "content_type"), FILES)
def test_what_a_network_adds_to_an_address_does_not_draw_a_file_anew(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, path: str, content_type: str
) -> None:
    plain = client.get(f"/en{path}")
    monkeypatch.setattr(documents, "_drawn", None)
    shared = client.get(f"/en{path}?fbclid=1")
    assert shared.content_type == content_type
    assert (shared.status_code, shared.headers["ETag"]) == (200, plain.headers["ETag"])


@pytest.mark.parametrize("file", ["boleta.png", "boleta.pdf", "tarjeta.png", "parrafo.txt"])
def test_there_is_no_file_of_a_municipality_or_publication_that_does_not_exist(client: FlaskClient, file: str) -> None:
    assert client.get(f"{DEMO}/municipios/no-existe/{file}").status_code == 404
    assert (
        client.get(f"/ejemplo-2024-2027/evaluaciones/12/publicaciones/9/municipios/brumares/{file}").status_code == 404
    )


@pytest.mark.parametrize(
    ("path", "picture"),
    [
        ("/ejemplo-2024-2027/municipios/brumares/", f"{DEMO}/municipios/brumares/tarjeta.png"),
        ("/ejemplo-2024-2027/municipios/brumares/llevar/", f"{DEMO}/municipios/brumares/tarjeta.png"),
        (f"{CORRECTED}/municipios/nogalinda/", f"{CORRECTED}/municipios/nogalinda/tarjeta.png"),
        ("/ejemplo-2024-2027/evaluaciones/12/", f"{DEMO}/tarjeta.png"),
        ("/ejemplo-2024-2027/evaluaciones/12/temas/seguridad/", f"{DEMO}/tarjeta.png"),
        ("/ejemplo-2024-2027/evaluaciones/12/demandas/3/", f"{DEMO}/tarjeta.png"),
        (f"{CORRECTED}/", f"{CORRECTED}/tarjeta.png"),
        ("/ejemplo-2024-2027/", f"{DEMO}/tarjeta.png"),
        ("/en/", f"/en{REAL}/tarjeta.png"),
    ],
)
def test_a_shared_link_shows_a_picture_of_its_own_publication(client: FlaskClient, path: str, picture: str) -> None:
    tags = dict(re.findall(r'<meta property="(og:[a-z:_]+)" content="([^"]*)">', client.get(path).text))
    site = "http://127.0.0.1:8000"
    assert (tags["og:url"], tags["og:image"]) == (site + path, site + picture)
    assert (tags["og:image:width"], tags["og:image:height"]) == ("1200", "630")
    assert min(len(tags[f"og:{name}"]) for name in ("title", "description", "image:alt", "locale")) > 4
    assert got(client, picture).startswith(b"\x89PNG")
