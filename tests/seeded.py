"""The site with every edition of seeds/ loaded, as `make run` serves it."""

import contextlib
from collections.abc import Iterator
from pathlib import Path
from unittest import mock

from flask import Flask

from app import create_app
from app.config import Settings
from app.web.shared.pages import PageCache
from tests.databases import ROOT

EDITIONS = sorted(folder for folder in (ROOT / "seeds").iterdir() if folder.is_dir())


def environment(database_url: str, instance: Path) -> dict[str, str]:
    """The environment of a site in development, with the demonstration shown."""
    return {
        "DATABASE_URL": database_url,
        "ENVIRONMENT": "development",
        "INSTANCE_PATH": str(instance),
        "RELEASE": "test",
        "SHOW_DEMONSTRATION": "yes",
    }


def settings_for(database_url: str, instance: Path) -> Settings:
    return Settings.from_environment(environment(database_url, instance))


@contextlib.contextmanager
def nothing_kept() -> Iterator[None]:
    """Let every page be rendered, to see what that costs."""
    with mock.patch.object(PageCache, "_may_be_cached", return_value=False):
        yield


@contextlib.contextmanager
def application(settings: Settings) -> Iterator[Flask]:
    """The application, whose connections are closed in the end."""
    app = create_app(settings)
    try:
        yield app
    finally:
        app.extensions["database"].dispose()


def load(settings: Settings) -> None:
    """Load every edition into an empty, migrated database."""
    with application(settings) as app, app.app_context():  # which the command line lays round every command
        folders = [str(folder) for folder in EDITIONS]
        result = app.test_cli_runner().invoke(args=["seeds", "load", *folders, "--only-into-empty", "--commit"])
        if result.exit_code:
            raise RuntimeError(f"the seeds did not load: {result.output}") from result.exception
