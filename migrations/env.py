"""Runs the migrations, on a connection handed over or on the database that the settings name."""

import os

from alembic import context
from sqlalchemy import Connection

from app.config import Settings
from app.models import guards
from app.models.base import Base
from app.models.engines import make_engine


def run(connection: Connection) -> None:
    """Migrate in one transaction, and refuse to finish at the head with a guard missing."""
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=True,
        compare_type=True,
        transaction_per_migration=False,
        transactional_ddl=True,  # on SQLite too: make_engine says BEGIN itself
    )
    with context.begin_transaction():
        context.run_migrations()
        if at_head() and (absent := guards.missing(connection)):
            raise RuntimeError(f"the migrations leave these triggers missing: {', '.join(absent)}")


def at_head() -> bool:
    """Whether the database now stands at the newest migration."""
    return bool(context.get_context().get_current_heads()) and (
        set(context.get_context().get_current_heads()) == set(context.script.get_heads())
    )


if (given := context.config.attributes.get("connection")) is not None:
    run(given)
else:
    settings = Settings.from_environment(os.environ)
    settings.instance_path.mkdir(parents=True, exist_ok=True)
    engine = make_engine(settings.database_url).execution_options(write=True)
    with engine.connect() as own:
        run(own)
    engine.dispose()
