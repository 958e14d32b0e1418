"""The site as it is served: gunicorn, several workers, a port."""

import contextlib
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from app.config import Settings
from tests import seeded
from tests.databases import ROOT

SECONDS_TO_START = 30
SECONDS_TO_STOP = 15


@dataclass
class Server:
    """A running site: its address, and what it writes to its log."""

    address: str
    log: Path
    heard: int = 0

    def news(self) -> str:
        """What it wrote since this was last asked."""
        said = self.log.read_text(encoding="utf-8")
        news, self.heard = said[self.heard :], len(said)
        return news


@contextlib.contextmanager
def served(settings: Settings, log: Path) -> Iterator[Server]:
    """Serve the site until the end."""
    port = free_port()
    environment = seeded.environment(settings.database_url, settings.instance_path)
    environment |= {name: os.environ[name] for name in ("HOME", "PATH") if name in os.environ}
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py"],
            cwd=ROOT,
            env=environment | {"PORT": str(port)},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        _wait_for(port, process, log)
        yield Server(f"http://127.0.0.1:{port}", log)
    finally:
        process.terminate()
        try:
            process.wait(SECONDS_TO_STOP)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            raise


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_for(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    while process.poll() is None and time.monotonic() < deadline:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except ConnectionRefusedError:
            time.sleep(0.05)
        else:
            return
    raise TimeoutError(f"the site did not start:\n{log.read_text(encoding='utf-8')}")
