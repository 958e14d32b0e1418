"""The one engine of the application."""

from pathlib import Path

from sqlalchemy import Engine, make_url

from app.models.engines import empty_journal, make_engine

__all__ = ["empty_journal", "open_engine"]


def open_engine(url: str) -> Engine:
    """An engine on the database of the settings; the folder of an SQLite file is made where it is missing."""
    database = make_url(url).database
    if url.startswith("sqlite") and database:
        Path(database).parent.mkdir(parents=True, exist_ok=True)
    return make_engine(url)
