"""The database stops while somebody is being answered."""

from pathlib import Path

import pytest
from sqlalchemy import text

from app.extensions import database
from app.web.shared.access import open_to_all
from tests import seeded

OTHERS = text(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
    "WHERE datname = current_database() AND pid <> pg_backend_pid()"
)


@pytest.mark.parametrize("kind", ["postgresql"])
def test_an_answer_that_is_made_is_given_though_its_connection_dies_before_it_leaves(
    database_url: str, tmp_path: Path
) -> None:
    @open_to_all
    def _read() -> str:
        database.session.scalar(text("SELECT 1"))
        with database.engine.connect() as connection:
            connection.execute(OTHERS)
        return "made"

    with seeded.application(seeded.settings_for(database_url, tmp_path)) as app:
        app.add_url_rule("/leer/", "reading", _read)
        client = app.test_client()
        for _again in range(2):
            assert client.get("/leer/").text == "made"
