"""Databases for the tests: each kind is migrated once, and every test that asks gets a copy of its own."""

import contextlib
import itertools
import shutil
from collections.abc import Iterator
from pathlib import Path

import alembic.command
from alembic.config import Config

from app.models.engines import make_engine
from tests.postgres import Server

ROOT = Path(__file__).resolve().parent.parent
_numbers = itertools.count(1)


def migrate(url: str, revision: str = "head") -> None:
    """Bring a database up to a revision, as `flask database upgrade` does."""
    engine = make_engine(url)
    try:
        with engine.execution_options(write=True).connect() as connection:
            config = Config(toml_file=ROOT / "pyproject.toml")
            config.attributes["connection"] = connection
            alembic.command.upgrade(config, revision)
    finally:
        engine.dispose()


def sqlite_url(file: Path) -> str:
    return f"sqlite:///{file}"


def copy_of_sqlite(template: Path, folder: Path) -> str:
    """The address of a copy. Nobody writes to the template, so its file is whole."""
    copy = folder / f"database-{next(_numbers)}.db"
    shutil.copyfile(template, copy)
    return sqlite_url(copy)


@contextlib.contextmanager
def copy_of_postgresql(server: Server, template: str) -> Iterator[str]:
    """The address of a copy, which is dropped in the end."""
    database = f"test_{next(_numbers)}"
    server.create(database, template)
    yield server.url(database)
    server.drop(database)
