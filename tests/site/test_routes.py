"""Questions asked of every endpoint."""

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import event

from app.web.shared.access import is_open_to_all
from tests.site.crawl import Site

_TABLE = re.compile(r"\b(?:FROM|JOIN|INTO|UPDATE)\s+\"?([a-z_]+)", re.IGNORECASE)


def test_every_endpoint_says_who_may_open_it(app: Flask) -> None:
    assert len(app.view_functions) > 10
    assert [name for name, view in app.view_functions.items() if not is_open_to_all(view)] == []


def test_every_endpoint_is_reached_by_a_link(app: Flask, site: Site) -> None:
    unlinked = {"health.health"}
    assert set(app.view_functions) - unlinked - {page.endpoint for page in site.pages.values()} == set()


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
    for page in site.sample(per_endpoint=1):
        client.get(f"{page.path}?never-from-the-cache")
    tables = {table for statement in statements for table in _TABLE.findall(statement)}
    public = {table for table in tables if table.startswith("sealed_")} | {"publications", "withdrawals"}
    assert "sealed_scores" in tables
    assert tables <= public | {"anon_1"}


def test_reading_never_writes(app: Flask, site: Site, statements: list[str]) -> None:
    client = app.test_client()
    for page in site.sample(per_endpoint=1):
        client.get(f"{page.path}?never-from-the-cache")
    verbs = {statement.split(maxsplit=1)[0].upper() for statement in statements}
    assert verbs <= {"SELECT", "BEGIN", "PRAGMA", "WITH"}
