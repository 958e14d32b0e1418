"""The small invented edition of tests/data/ and those of seeds/, loaded once on each kind of database, and commands."""

import functools
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from app.config import Settings
from app.models.engines import make_engine
from tests import databases, staff
from tests.integration.commands import Commands
from tests.integration.folders import VALLEY
from tests.integration.rooms import writing
from tests.integration.sealing import SLUG
from tests.postgres import Server
from tests.seeded import application, settings_for


def load(url: str, instance: Path) -> None:
    answer = Commands(url, instance)("seeds", "load", VALLEY, "--commit")
    assert answer.exit_code == 0, answer.text


@pytest.fixture(scope="session")
def valley_sqlite_template(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a database with the valley loaded: to copy, never to open."""
    folder = tmp_path_factory.mktemp("valley")
    url = databases.copy_of_sqlite(sqlite_template, folder)
    load(url, folder)
    return Path(url.removeprefix("sqlite:///"))


@pytest.fixture(scope="session")
def valley_postgresql_template(
    postgresql_server: Server, postgresql_template: str, tmp_path_factory: pytest.TempPathFactory
) -> str:
    """The name of a database with the valley loaded: to copy, never to open."""
    postgresql_server.create("valley", postgresql_template)
    load(postgresql_server.url("valley"), tmp_path_factory.mktemp("valley"))
    return "valley"


@pytest.fixture
def valley_url(kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A copy of the database with the valley loaded, for a test that commits."""
    if kind == "sqlite":
        yield databases.copy_of_sqlite(request.getfixturevalue("valley_sqlite_template"), tmp_path)
    else:
        template = request.getfixturevalue("valley_postgresql_template")
        with databases.copy_of_postgresql(request.getfixturevalue("postgresql_server"), template) as url:
            yield url


@pytest.fixture(scope="session")
def valley_sqlite_engine(valley_sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    engine = make_engine(databases.copy_of_sqlite(valley_sqlite_template, tmp_path_factory.mktemp("shared")))
    yield engine
    engine.dispose()


@pytest.fixture(scope="session")
def valley_postgresql_engine(postgresql_server: Server, valley_postgresql_template: str) -> Iterator[Engine]:
    with databases.copy_of_postgresql(postgresql_server, valley_postgresql_template) as url:
        engine = make_engine(url)
        yield engine
        engine.dispose()


@pytest.fixture
def valley(kind: str, request: pytest.FixtureRequest) -> Iterator[Session]:
    """A session on the one database with the valley loaded; whatever a test does is rolled back."""
    engine: Engine = request.getfixturevalue(f"valley_{kind}_engine")
    yield from rolled_back(engine)


@pytest.fixture(scope="session")
def seeded_sqlite_engine(seeded_settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    template = Path(seeded_settings.database_url.removeprefix("sqlite:///"))
    engine = make_engine(databases.copy_of_sqlite(template, tmp_path_factory.mktemp("shared")))
    yield engine
    engine.dispose()


@pytest.fixture(scope="session")
def seeded_postgresql_engine(postgresql_server: Server, seeded_postgresql_template: str) -> Iterator[Engine]:
    with databases.copy_of_postgresql(postgresql_server, seeded_postgresql_template) as url:
        engine = make_engine(url)
        yield engine
        engine.dispose()


@pytest.fixture
def seeded(kind: str, request: pytest.FixtureRequest) -> Iterator[Session]:
    """A session on the one database with every edition of seeds/ loaded; whatever a test does is rolled back."""
    engine: Engine = request.getfixturevalue(f"seeded_{kind}_engine")
    yield from rolled_back(engine)


@pytest.fixture
def valley_sqlite(valley_sqlite_engine: Engine) -> Iterator[Session]:
    """The same for what only SQLite knows: INSERT OR REPLACE, a hidden rowid."""
    yield from rolled_back(valley_sqlite_engine)


@pytest.fixture
def valley_postgresql(valley_postgresql_engine: Engine) -> Iterator[Session]:
    """The same for what only PostgreSQL knows: TRUNCATE, functions, disabled triggers."""
    yield from rolled_back(valley_postgresql_engine)


def rolled_back(engine: Engine) -> Iterator[Session]:
    with Session(engine.execution_options(write=True), expire_on_commit=False) as session:
        yield session
        session.rollback()


@pytest.fixture
def commands(tmp_path: Path) -> Callable[[str], Commands]:
    """The command line on a database, given by its address."""
    return functools.cache(lambda url: Commands(url, tmp_path / "instance"))


# --- the valley's site with its people at work, for a test that commits ---


@pytest.fixture
def valley_site(valley_url: str, tmp_path: Path) -> Iterator[Flask]:
    with application(settings_for(valley_url, tmp_path)) as app:
        yield app


@pytest.fixture
def valley_people(valley_site: Flask) -> dict[str, int]:
    """The ids of the accounts of ``tests.staff.PEOPLE``, by name."""
    with writing(valley_site) as session:
        ids = staff.settle(session, SLUG)
        session.commit()
    return ids
