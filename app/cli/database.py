"""``flask database``: the migrations."""

from pathlib import Path

import alembic.command
import click
from alembic.config import Config

from app.config import PROJECT

group = click.Group("database", help="Migrate the database.")


@group.command("upgrade")
def upgrade() -> None:
    """Bring the database to the newest migration."""
    alembic.command.upgrade(_config(), "head")


def _config() -> Config:
    return Config(toml_file=Path(PROJECT) / "pyproject.toml")
