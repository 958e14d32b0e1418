"""The search as a plain form: what it answers, and to whom it says nothing."""

from pathlib import Path
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

from app.config import Settings
from tests import seeded
from tests.site.reading import words_of

INVENTED = "/ejemplo-2024-2027/buscar/"


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("Monterrey", "/nuevo-leon-2012-2015/municipios/monterrey/"),
        ("monterey", "/nuevo-leon-2012-2015/municipios/monterrey/"),
        ("  GARCÍA ", "/nuevo-leon-2012-2015/municipios/garcia/"),
        ("alcalde de apodaca", "/nuevo-leon-2012-2015/municipios/apodaca/"),
        ("arellanes", "/nuevo-leon-2012-2015/municipios/monterrey/"),
    ],
)
def test_one_clear_hit_leads_to_the_scorecard(client: FlaskClient, typed: str, address: str) -> None:
    answer = client.get("/buscar/", query_string={"q": typed})
    assert (answer.status_code, answer.headers["Location"]) == (303, address)
    assert client.get("/en/buscar/", query_string={"q": typed}).headers["Location"] == f"/en{address}"


def test_several_are_listed_and_none_is_chosen(client: FlaskClient) -> None:
    answer = client.get("/buscar/?q=san")
    assert answer.status_code == 200
    assert "3 resultados para «san»" in words_of(answer.text)


@pytest.mark.parametrize(
    "typed",
    ["zapopan", "\x00", "9" * 4301, "😀", "<script>alert(1)</script>", "%", "'; DROP TABLE publications; --", "\u202e"],
)
def test_who_finds_nothing_sees_what_there_is(client: FlaskClient, typed: str) -> None:
    answer = client.get("/buscar/?q=" + quote(typed))
    assert answer.status_code == 200
    assert "San Pedro Garza García" in words_of(answer.text)
    assert "<script>alert" not in answer.text


def test_bytes_that_are_no_text_are_input_too(client: FlaskClient) -> None:
    assert client.get("/buscar/?q=%ff%fe%00&q=%80").status_code == 200


def test_what_was_typed_stays_in_the_box(client: FlaskClient) -> None:
    assert 'value="&#34;zapo pan&#34;"' in client.get('/buscar/?q="zapo  pan" ').text


def test_the_search_of_the_site_leads_to_no_invented_place(client: FlaskClient) -> None:
    assert client.get("/buscar/?q=nogalinda").status_code == 200
    found = client.get(f"{INVENTED}?q=nogalinda")
    assert found.headers["Location"] == "/ejemplo-2024-2027/municipios/nogalinda/"


def test_the_list_for_the_browser_holds_names_addresses_and_mayors(client: FlaskClient) -> None:
    rows = client.get("/en/buscar/indice.json").get_json()
    assert len(rows) == 9
    (row,) = (row for row in rows if row["name"] == "Monterrey")
    assert row["address"] == "/en/nuevo-leon-2012-2015/municipios/monterrey/"
    assert row["mayors"] == [["Margarita Arellanes Cervantes", "mayor 2012–2015"]]
    assert client.get(row["address"]).status_code == 200


def test_results_are_kept_a_minute_and_the_list_like_a_page(client: FlaskClient) -> None:
    for path in ("/buscar/?q=san", "/buscar/?q=monterrey"):
        assert client.get(path).headers["Cache-Control"] == "public, max-age=60"
    answer = client.get("/buscar/indice.json")
    assert answer.headers["Cache-Control"] == "public, no-cache"
    assert client.get("/buscar/indice.json", headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304


@pytest.mark.parametrize("path", ["/buscar/", "/buscar/?q=san", "/buscar/indice.json", INVENTED, f"{INVENTED}?q=x"])
def test_no_search_engine_keeps_what_the_search_answers(client: FlaskClient, path: str) -> None:
    for _ in ("rendered", "kept"):
        assert client.get(path).headers["X-Robots-Tag"] == "noindex"


def test_a_hidden_demonstration_has_no_search(seeded_settings: Settings, tmp_path: Path) -> None:
    hidden = seeded.environment(seeded_settings.database_url, tmp_path) | {"SHOW_DEMONSTRATION": "no"}
    with seeded.application(Settings.from_environment(hidden)) as app:
        client = app.test_client()
        for path in (INVENTED, f"{INVENTED}?q=nogalinda", f"{INVENTED}indice.json", "/no-existe-2020/buscar/"):
            assert client.get(path).status_code == 404
