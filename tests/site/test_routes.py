"""Questions asked of every endpoint."""

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import event

from app.domain.permissions import Permission
from app.web.shared.access import access_of, is_open_to_all
from tests.seeded import nothing_kept
from tests.site.crawl import Site

_TABLE = re.compile(r"\b(?:FROM|JOIN|INTO|UPDATE)\s+\"?([a-z_]+)", re.IGNORECASE)


def test_every_endpoint_says_who_may_open_it(app: Flask) -> None:
    assert len(app.view_functions) > 10
    known = {"open_to_all", "signed_in", "at_the_door", *Permission}
    assert [name for name, view in app.view_functions.items() if access_of(view) not in known] == []


def test_every_endpoint_is_reached_by_a_link(app: Flask, site: Site) -> None:
    unlinked = {"health.health", "discovery.robots", "discovery.sitemap", "showcase.components", "files.evidence"}
    public = {name for name, view in app.view_functions.items() if is_open_to_all(view)}
    assert public - unlinked - {page.endpoint for page in site.pages.values()} == set()


@pytest.fixture
def statements(app: Flask) -> Iterator[list[str]]:
    """The SQL of a test's requests."""
    found: list[str] = []
    engine = app.extensions["database"]

    def _note(_c: object, _cursor: object, statement: str, *_rest: object) -> None:
        found.append(statement)

    event.listen(engine, "before_cursor_execute", _note)
    yield found
    event.remove(engine, "before_cursor_execute", _note)


def test_public_pages_read_publications_only(app: Flask, site: Site, statements: list[str]) -> None:
    client = app.test_client()
    with nothing_kept():
        for page in site.sample(per_endpoint=1):
            client.get(page.path)
    tables = {table for statement in statements for table in _TABLE.findall(statement)}
    public = {table for table in tables if table.startswith("sealed_")} | {"publications", "withdrawals"}
    assert "sealed_scores" in tables
    assert tables <= public | {"anon_1"}


def test_reading_never_writes(app: Flask, site: Site, statements: list[str]) -> None:
    client = app.test_client()
    with nothing_kept():
        for page in site.sample(per_endpoint=1):
            client.get(page.path)
    verbs = {statement.split(maxsplit=1)[0].upper() for statement in statements}
    assert verbs <= {"SELECT", "BEGIN", "PRAGMA", "WITH"}


@pytest.mark.parametrize(
    "path", ["/no-existe", "/no-existe/", "/en/no-existe", "/../etc/passwd", "/.env", "/%00", "/x" * 400]
)
def test_an_unknown_address_is_not_there_at_once(app: Flask, path: str) -> None:
    assert app.test_client().get(path).status_code == 404


def test_an_error_page_repeats_nothing_of_what_was_asked(app: Flask) -> None:
    for path in ("/__marca__", "/en/__marca__", "/nuevo-leon-2012-2015/__marca__/"):
        assert "__marca__" not in app.test_client().get(path).text


@pytest.mark.parametrize("number", ["0", "03", "99999", "9" * 4301, "1_0", "٣", "-1", "3.0", "%00"])
def test_a_number_in_an_address_is_plain_or_there_is_no_page(app: Flask, number: str) -> None:
    for path in (f"evaluaciones/{number}/", f"demandas/{number}/", f"evaluaciones/3/publicaciones/{number}/"):
        assert app.test_client().get(f"/nuevo-leon-2012-2015/{path}").status_code == 404
