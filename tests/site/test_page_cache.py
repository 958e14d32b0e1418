"""A page is rendered once for a state of the chains; an answer depends on nothing else."""

import gzip
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import brotli
import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, event

from app.config import Settings
from tests import seeded

REAL = "/nuevo-leon-2012-2015/evaluaciones/3/temas/seguridad/"
PROOF = f"{REAL.partition('temas')[0]}publicaciones/1/manifiesto.csv"
INVENTED = "/ejemplo-2024-2027/evaluaciones/12/"
PUBLIC, FOR_EVER = "public, no-cache", "public, max-age=31536000, immutable, no-transform"


@pytest.fixture
def own_app(own_seeded_settings: Settings) -> Iterator[Flask]:
    """A site of the test's own: it may seal, withdraw and break."""
    with seeded.application(own_seeded_settings) as app:
        yield app


@pytest.fixture
def own_client(own_app: Flask) -> FlaskClient:
    return own_app.test_client()


def _tag(client: FlaskClient, path: str) -> str:
    return client.get(path).headers["ETag"]


def _seal_again(app: Flask) -> None:
    sealed = ["publications", "seal", "ejemplo-2024-2027", "12", "--reason", "Una prueba.", "--commit"]
    result = app.test_cli_runner().invoke(args=sealed)
    assert result.exit_code == 0, result.output


class Statements(list[str]):
    """The SELECTs of an application from now on."""

    def __init__(self, engine: Engine) -> None:
        super().__init__()
        event.listen(engine, "before_cursor_execute", self._note)

    def _note(self, _connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if not statement.startswith(("BEGIN", "PRAGMA")):
            self.append(statement)


def test_an_unchanged_page_is_answered_with_304_and_no_body(own_client: FlaskClient) -> None:
    again = own_client.get(REAL, headers={"If-None-Match": _tag(own_client, REAL)})
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["ETag"] == _tag(own_client, REAL)


def test_a_page_seen_before_costs_one_query(own_app: Flask) -> None:
    client = own_app.test_client()
    first = client.get(REAL)
    statements = Statements(own_app.extensions["database"])
    assert client.get(REAL).data == first.data
    assert len(statements) == 1


def test_a_new_publication_changes_the_pages_of_its_edition_and_of_no_other(own_app: Flask) -> None:
    client = own_app.test_client()
    before = {path: _tag(client, path) for path in (REAL, INVENTED, "/")}
    _seal_again(own_app)
    after = {path: _tag(client, path) for path in before}
    assert after[REAL] == before[REAL]
    assert after[INVENTED] != before[INVENTED]
    assert after["/"] != before["/"]


def test_the_pages_of_a_past_state_are_not_kept(own_app: Flask, own_seeded_settings: Settings) -> None:
    client = own_app.test_client()
    client.get(INVENTED)
    folders = _states(own_seeded_settings)
    _seal_again(own_app)
    client.get(INVENTED)
    assert folders.isdisjoint(_states(own_seeded_settings))


def _states(settings: Settings) -> set[str]:
    return {path.name for path in (settings.instance_path / "pages").iterdir() if path.is_dir()}


def test_what_was_rendered_while_something_was_published_is_not_kept(own_app: Flask) -> None:
    client = own_app.test_client()
    published: list[bool] = []

    def _publish(_c: object, _cursor: object, statement: str, *_rest: object) -> None:
        if "sealed_standings" in statement and not published:
            published.append(True)
            _seal_again(own_app)

    engine = own_app.extensions["database"]
    event.listen(engine, "before_cursor_execute", _publish)
    torn = client.get(INVENTED)
    event.remove(engine, "before_cursor_execute", _publish)
    assert published
    assert "ETag" not in torn.headers
    assert client.get(INVENTED).headers["ETag"]


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [("br, gzip", "br"), ("gzip, deflate", "gzip"), ("gzip;q=0.5, br;q=0", "gzip"), ("identity", None)],
)
def test_the_encoding_that_the_reader_accepts_is_sent(own_client: FlaskClient, accepted: str, encoding: str) -> None:
    plain = own_client.get(REAL).data
    for _ in ("rendered", "kept"):
        answer = own_client.get(REAL, headers={"Accept-Encoding": accepted})
        assert answer.headers.get("Content-Encoding") == encoding
        assert answer.headers["Vary"] == "Accept-Encoding"
        decoded = {"br": brotli.decompress, "gzip": gzip.decompress}.get(encoding, bytes)(answer.data)
        assert decoded == plain


def test_each_encoding_has_its_own_etag(own_client: FlaskClient) -> None:
    tags = {
        own_client.get(REAL, headers={"Accept-Encoding": name}).headers["ETag"] for name in ("br", "gzip", "identity")
    }
    assert len(tags) == 3


def test_both_languages_are_kept_apart(own_client: FlaskClient) -> None:
    for _ in ("rendered", "kept"):
        assert '<html lang="es' in own_client.get(REAL).text
        assert '<html lang="en' in own_client.get(f"/en{REAL}").text


def test_a_head_request_has_the_headers_and_no_body(own_client: FlaskClient) -> None:
    head = own_client.head(REAL)
    assert (head.status_code, head.data) == (200, b"")
    assert head.headers["ETag"] == _tag(own_client, REAL)


def test_what_a_network_adds_to_an_address_is_answered_from_what_is_kept(own_app: Flask) -> None:
    client = own_app.test_client()
    plain = client.get(REAL)
    statements = Statements(own_app.extensions["database"])
    shared = client.get(f"{REAL}?fbclid=1")
    assert len(statements) == 1
    assert (shared.data, shared.headers["ETag"]) == (plain.data, plain.headers["ETag"])


@pytest.mark.parametrize("path", ["/buscar/?q=san", "/nuevo-leon-2012-2015/comparar/?municipio=apodaca"])
def test_a_page_that_reads_its_query_is_never_answered_from_what_is_kept(own_client: FlaskClient, path: str) -> None:
    plain = own_client.get(path.partition("?")[0])
    assert own_client.get(path).data != plain.data


def test_a_mount_that_is_not_ours_is_not_kept(own_client: FlaskClient) -> None:
    own_client.get("/glosario/", environ_overrides={"SCRIPT_NAME": "//elsewhere.example"})
    assert "elsewhere" not in own_client.get("/glosario/").text


def test_the_same_rows_in_another_order_are_rendered_and_not_kept(
    own_client: FlaskClient, own_seeded_settings: Settings
) -> None:
    for path in ("comparar/apodaca,garcia/", "evaluaciones/3/orden/municipio/"):
        answer = own_client.get(f"/nuevo-leon-2012-2015/{path}", headers={"Accept-Encoding": "gzip"})
        assert (answer.status_code, answer.headers["Content-Encoding"]) == (200, "gzip")
    assert not (own_seeded_settings.instance_path / "pages").exists()


def test_an_unknown_host_is_refused_even_where_the_page_is_kept(own_client: FlaskClient) -> None:
    own_client.get(REAL)
    assert own_client.get(REAL, headers={"Host": "otro.example"}).status_code == 400


@pytest.mark.parametrize("path", ["/no-existe/", "/nuevo-leon-2012-2015/evaluaciones/4/"])
def test_what_is_not_there_is_not_kept(own_client: FlaskClient, path: str) -> None:
    answer = own_client.get(path)
    assert (answer.status_code, answer.headers["Cache-Control"]) == (404, "no-store")


@pytest.mark.parametrize(("path", "kept_by_others"), [(REAL, PUBLIC), (PROOF, FOR_EVER)])
def test_with_the_database_gone_sealed_pages_still_answer(
    own_app: Flask, own_seeded_settings: Settings, path: str, kept_by_others: str
) -> None:
    client = own_app.test_client()
    seen = client.get(path, headers={"Accept-Encoding": "br"})
    own_app.extensions["database"].dispose()
    file = Path(own_seeded_settings.database_url.removeprefix("sqlite:///"))
    file.replace(file.with_suffix(".away"))
    file.mkdir()  # a folder cannot be opened as a database
    again = client.get(path, headers={"Accept-Encoding": "br"})
    assert (again.status_code, again.data) == (200, seen.data)
    assert sorted(again.headers.keys()) == sorted(seen.headers.keys())
    assert again.headers["Cache-Control"] == kept_by_others
    for name in ("Cache-Control", "ETag", "Content-Type"):
        assert again.headers[name] == seen.headers[name]


def test_with_the_database_gone_a_page_never_seen_asks_to_come_back(
    own_app: Flask, own_seeded_settings: Settings
) -> None:
    client = own_app.test_client()
    client.get(REAL)
    own_app.extensions["database"].dispose()
    file = Path(own_seeded_settings.database_url.removeprefix("sqlite:///"))
    file.replace(file.with_suffix(".away"))
    file.mkdir()
    for path in (INVENTED, "/salud"):
        answer = client.get(path)
        assert answer.status_code == 503
        assert answer.headers["Retry-After"] == "30"
        assert answer.headers["Cache-Control"] == "no-store"


def test_a_page_is_rendered_anew_on_a_new_day_because_editions_grow_old(own_client: FlaskClient) -> None:
    with time_machine.travel(datetime(2027, 1, 15, 12, tzinfo=UTC)):
        young = own_client.get(INVENTED)
    with time_machine.travel(datetime(2027, 12, 1, 12, tzinfo=UTC)):
        old = own_client.get(INVENTED)
    assert young.headers["ETag"] != old.headers["ETag"]
    assert "no está evaluado aquí" not in young.text
    assert "Datos de agosto-septiembre de 2026" in old.text


def test_a_page_is_rendered_anew_where_its_styles_changed(
    own_client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = _tag(own_client, "/")
    assert _tag(own_client, "/") == before
    monkeypatch.setattr("app.web.shared.pages.fingerprint", lambda folder: f"another {folder}")
    assert _tag(own_client, "/") != before


def test_whoever_asks_for_every_address_does_not_fill_the_disk(
    own_app: Flask, own_seeded_settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.web.shared.pages.MOST_FILES", 6)  # two pages in three encodings
    client = own_app.test_client()
    for other in ("apodaca", "garcia", "guadalupe", "juarez"):
        assert client.get(f"/nuevo-leon-2012-2015/municipios/{other}/").status_code == 200
    folder = own_seeded_settings.instance_path / "pages"
    assert [len(list(state.iterdir())) for state in folder.iterdir() if state.is_dir()] == [6]


def test_a_full_disk_costs_speed_and_never_the_answer(own_app: Flask, own_seeded_settings: Settings) -> None:
    folder = own_seeded_settings.instance_path / "pages"
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.write_bytes(b"")  # a file where the folder should be: every write fails
    assert own_app.test_client().get(REAL).status_code == 200
