"""Publishing killed at random moments: `python -m tests.benchmarks.kills [TIMES] [sqlite|postgresql]`.

Each time on a fresh copy of a prepared valley, a process that publishes is sent SIGKILL after a random part of the time
that publishing takes. What the database then holds must be wholly the old state or wholly the new one.
"""

import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from sqlalchemy.orm import Session

from app.models.engines import make_engine
from tests import databases, kills
from tests.gated import ready, sign
from tests.integration.conftest import load
from tests.postgres import running_server

TRIALS = 3


def prepare(url: str, folder: Path) -> None:
    """Load the valley and sign its round 3."""
    databases.migrate(url)
    load(url, folder)
    engine = make_engine(url)
    with Session(engine.execution_options(write=True)) as session:
        ids = ready(session)
        for name in ("olga", "delia"):
            sign(session, ids[name])
        session.commit()
    engine.dispose()


@contextmanager
def on_sqlite(folder: Path) -> Iterator[Iterator[str]]:
    """Fresh copies of a prepared SQLite file, for ever."""
    template = folder / "template.db"
    prepare(databases.sqlite_url(template), folder)

    def _copies() -> Iterator[str]:
        while True:
            for file in folder.glob("copy.db*"):
                file.unlink()
            shutil.copyfile(template, folder / "copy.db")
            yield databases.sqlite_url(folder / "copy.db")

    yield _copies()


@contextmanager
def on_postgresql(folder: Path) -> Iterator[Iterator[str]]:
    """Fresh copies of a prepared PostgreSQL database, for ever."""
    with running_server() as server:
        server.create("template_of_kills")
        prepare(server.url("template_of_kills"), folder)

        def _copies() -> Iterator[str]:
            while True:
                with databases.copy_of_postgresql(server, "template_of_kills") as url:
                    yield url

        yield _copies()


def seconds_to_publish(url: str) -> float:
    """How long a publication takes that nobody disturbs."""
    what, began = kills.signed(url), time.perf_counter()
    os.waitpid(kills.child(lambda: kills.publish(url, what)), 0)
    return time.perf_counter() - began


def killed_after(url: str, seconds: float) -> str:
    """The state after a publication that was killed after so long."""
    before, what = kills.contents(url), kills.signed(url)
    number = kills.child(lambda: kills.publish(url, what))
    time.sleep(seconds)
    os.kill(number, signal.SIGKILL)
    os.waitpid(number, 0)
    return kills.state(url, before)


def main(times: int = 50, kind: str = "sqlite") -> None:
    """Print how often which state was found; end with 1 where it was ever a mixture."""
    with (
        tempfile.TemporaryDirectory() as name,
        {"sqlite": on_sqlite, "postgresql": on_postgresql}[kind](Path(name)) as copies,
    ):
        whole = max(seconds_to_publish(next(copies)) for _ in range(TRIALS))
        chance = random.Random(times)  # noqa: S311 - moments, no secrets
        found = Counter(killed_after(next(copies), chance.uniform(0, whole * 1.1)) for _ in range(times))
    click.echo(f"{kind}: {times} kills within {whole:.2f} s of publishing: {dict(found)}")
    if set(found) - {"before", "after"}:
        raise SystemExit(1)


if __name__ == "__main__":
    main(*(int(word) if word.isdigit() else word for word in sys.argv[1:]))  # type: ignore[arg-type]
