"""The crawled site, once for all questions."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from sqlalchemy import event

from tests.seeded import nothing_kept
from tests.site.crawl import Site, crawl


@pytest.fixture(scope="session")
def site(app: Flask) -> Site:
    return crawl(app)


@pytest.fixture
def count(app: Flask) -> Iterator[Callable[[str], int]]:
    """How many statements a page costs."""
    found: list[str] = []
    engine = app.extensions["database"]

    def _note(_c: object, _cursor: object, statement: str, *_rest: object) -> None:
        found.append(statement)

    def _count(path: str) -> int:
        found.clear()
        with nothing_kept():
            assert app.test_client().get(path).status_code == 200
        return len([statement for statement in found if statement.startswith(("SELECT", "WITH"))])

    event.listen(engine, "before_cursor_execute", _note)
    yield _count
    event.remove(engine, "before_cursor_execute", _note)
