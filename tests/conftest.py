"""What any test may ask for: databases of each kind, the seeded site, its application and client."""

import os
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from app.config import Settings
from app.models.engines import make_engine
from tests import databases, seeded
from tests.postgres import Server, running_server

pytest_plugins = ["pytester", "tests.compiled", "tests.never_skip", "tests.workers"]

# In CI the same examples for the same commit; at one's own desk new ones on each run.
hypothesis.settings.register_profile("project", deadline=None, derandomize=bool(os.environ.get("CI")))
hypothesis.settings.load_profile("project")


# --- databases of a test's own, on each kind ---


@pytest.fixture(params=["sqlite", "postgresql"])
def kind(request: pytest.FixtureRequest) -> str:
    """Which database the test runs on: each, one after the other."""
    name: str = request.param
    return name


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[Server]:
    with running_server() as server:
        yield server


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a migrated, empty database: to copy, never to open."""
    file = tmp_path_factory.mktemp("sqlite") / "migrated.db"
    databases.migrate(databases.sqlite_url(file))
    return file


@pytest.fixture(scope="session")
def postgresql_template(postgresql_server: Server) -> str:
    """The name of a migrated, empty database: to copy, never to open."""
    postgresql_server.create("migrated")
    databases.migrate(postgresql_server.url("migrated"))
    return "migrated"


@pytest.fixture
def database_url(kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A migrated database without rows."""
    if kind == "sqlite":
        yield databases.copy_of_sqlite(request.getfixturevalue("sqlite_template"), tmp_path)
    else:
        template = request.getfixturevalue("postgresql_template")
        with databases.copy_of_postgresql(request.getfixturevalue("postgresql_server"), template) as url:
            yield url


@pytest.fixture
def bare_database_url(kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database without tables, for the tests of the migrations themselves."""
    if kind == "sqlite":
        yield databases.sqlite_url(tmp_path / "bare.db")
    else:
        with databases.copy_of_postgresql(request.getfixturevalue("postgresql_server"), "template0") as url:
            yield url


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    engine = make_engine(database_url)
    yield engine
    engine.dispose()


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    """A session that may write, like that of a door: on SQLite it takes the write lock when it begins."""
    with Session(engine.execution_options(write=True), expire_on_commit=False) as session:
        yield session


# --- the site with every seed loaded, on SQLite ---


@pytest.fixture(scope="session")
def seeded_settings(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Loaded once for all tests that only read."""
    folder = tmp_path_factory.mktemp("seeded")
    settings = seeded.settings_for(databases.copy_of_sqlite(sqlite_template, folder), folder)
    seeded.load(settings)
    return settings


@pytest.fixture(scope="session")
def seeded_url(seeded_settings: Settings) -> str:
    return seeded_settings.database_url


@pytest.fixture
def own_seeded_settings(seeded_settings: Settings, tmp_path: Path) -> Settings:
    """A copy for a test that writes."""
    template = Path(seeded_settings.database_url.removeprefix("sqlite:///"))
    return seeded.settings_for(databases.copy_of_sqlite(template, tmp_path), tmp_path)


@pytest.fixture(scope="session")
def seeded_postgresql_template(
    postgresql_server: Server, postgresql_template: str, tmp_path_factory: pytest.TempPathFactory
) -> str:
    """The name of a database with every seed loaded: to copy, never to open."""
    postgresql_server.create("seeded", postgresql_template)
    seeded.load(seeded.settings_for(postgresql_server.url("seeded"), tmp_path_factory.mktemp("seeded")))
    return "seeded"


@pytest.fixture
def seeded_database_url(kind: str, request: pytest.FixtureRequest) -> Iterator[str]:
    """A copy of the seeded database, on each kind."""
    if kind == "sqlite":
        settings: Settings = request.getfixturevalue("own_seeded_settings")
        yield settings.database_url
    else:
        template = request.getfixturevalue("seeded_postgresql_template")
        with databases.copy_of_postgresql(request.getfixturevalue("postgresql_server"), template) as url:
            yield url


@pytest.fixture(scope="session")
def app(seeded_settings: Settings) -> Iterator[Flask]:
    with seeded.application(seeded_settings) as app:
        yield app


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()
