"""What a visitor reads when something is not there or breaks: where to go on, in both languages, nothing else."""

import json
import logging
from collections.abc import Iterator

import html5lib
import pytest
from flask import Flask, abort
from flask.testing import FlaskClient
from sqlalchemy.exc import OperationalError

from app.config import Settings
from app.domain.permissions import NotAllowed
from app.logging import LOGGER, JsonLines
from app.web.shared.access import open_to_all
from tests import seeded
from tests.site.reading import words_of

SECRET = "lo-que-nadie-debe-leer"  # noqa: S105 - a mark to look for
HEADINGS = {
    403: ("Esta página no está abierta para usted", "This page is not open to you"),
    404: ("No encontramos esta página", "We cannot find this page"),
    410: ("Esta página se retiró", "This page was withdrawn"),
    500: ("Algo falló de nuestro lado", "Something failed on our side"),
    503: ("El sitio no puede responder ahora", "The site cannot answer right now"),
    405: ("No se puede responder a esta petición", "This request cannot be answered"),
}


class Lines(logging.Handler):
    """The site's log as it is written, line by line."""

    def __init__(self) -> None:
        super().__init__()
        self.setFormatter(JsonLines())
        self.written: list[dict[str, object]] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.written.append(json.loads(self.format(record)))


@pytest.fixture
def breaking(own_seeded_settings: Settings) -> Iterator[FlaskClient]:
    """A site whose pages about itself fail: each with the status at the end of its address."""

    @open_to_all
    def _break(number: int) -> str:
        if number == 500:
            raise RuntimeError(SECRET)
        if number == 403:
            raise NotAllowed(edition=SECRET)
        abort(number)

    with seeded.application(own_seeded_settings) as app:
        app.add_url_rule("/falla/<int:number>", "breaking", _break)
        yield app.test_client()


@pytest.fixture
def log() -> Iterator[Lines]:
    lines = Lines()
    logging.getLogger(LOGGER).addHandler(lines)
    yield lines
    logging.getLogger(LOGGER).removeHandler(lines)


@pytest.mark.parametrize("status", HEADINGS)
@pytest.mark.parametrize(("mount", "language"), [("", "es"), ("/en", "en")])
def test_each_error_has_a_page_in_each_language(breaking: FlaskClient, status: int, mount: str, language: str) -> None:
    answer = breaking.get(f"{mount}/falla/{status}")
    assert answer.status_code == status
    assert f"<h1>{HEADINGS[status][language == 'en']}</h1>" in answer.text
    assert f'<html lang="{language}">' in answer.text
    assert '<meta name="robots" content="noindex">' in answer.text
    assert f'href="{mount}/"' in answer.text
    assert answer.headers["Cache-Control"] == "no-store"
    assert SECRET not in answer.text
    assert "falla" not in answer.text.replace("esta falla", "")
    html5lib.HTMLParser(strict=True).parse(answer.text)


def test_a_failure_bears_the_number_of_its_line_in_the_log(breaking: FlaskClient, log: Lines) -> None:
    answer = breaking.get("/falla/500")
    (line,) = [line for line in log.written if line.get("status") == 500]
    (failure,) = [line for line in log.written if line["message"] == "unexpected"]
    assert f"<code>{line['request_id']}</code>" in answer.text
    assert answer.headers["X-Request-Id"] == line["request_id"] == failure["request_id"]


def test_what_is_not_there_leads_to_the_editions(client: FlaskClient) -> None:
    text = client.get("/no-existe/").text
    assert 'href="/nuevo-leon-2012-2015/"' in text
    assert "ejemplo-2024-2027" not in text


def test_what_is_not_there_in_an_edition_leads_to_its_pages(client: FlaskClient) -> None:
    answer = client.get("/en/nuevo-leon-2012-2015/evaluaciones/999/")
    assert answer.status_code == 404
    assert 'href="/en/nuevo-leon-2012-2015/municipios/"' in answer.text
    assert "invented" not in words_of(answer.text)


def test_an_invented_edition_says_so_on_its_error_pages_too(client: FlaskClient) -> None:
    assert "Ejemplo con datos inventados" in client.get("/ejemplo-2024-2027/no-existe/").text


def test_an_invented_edition_that_is_hidden_is_not_suggested(own_seeded_settings: Settings) -> None:
    environ = seeded.environment(own_seeded_settings.database_url, own_seeded_settings.instance_path)
    with seeded.application(Settings.from_environment(environ | {"SHOW_DEMONSTRATION": "no"})) as app:
        answer = app.test_client().get("/ejemplo-2024-2027/")
    assert answer.status_code == 404
    assert "ejemplo" not in answer.text


def test_without_a_database_what_is_not_there_is_still_404(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    def _away(*_: object, **__: object) -> None:
        raise OperationalError("", {}, Exception())

    monkeypatch.setattr("app.web.shared.errors.list_editions", _away)
    answer = app.test_client().get("/no-existe/")
    assert (answer.status_code, "Ir al inicio" in answer.text) == (404, True)
