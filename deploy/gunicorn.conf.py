"""Settings of gunicorn for `make run`, the tests and production: `gunicorn --config deploy/gunicorn.conf.py`."""

import contextlib
import os
import socket
import sys
from pathlib import Path

from gunicorn.arbiter import Arbiter

HIGHEST_PORT = 65_535


def _port() -> int:
    text = os.environ.get("PORT") or "8000"
    if not (text.isascii() and text.isdecimal() and len(text) <= len(str(HIGHEST_PORT)) and int(text) <= HIGHEST_PORT):
        sys.exit(f"PORT debe ser un número de 0 a {HIGHEST_PORT}, no «{text}».")
    return int(text)


wsgi_app = "wsgi:app"
chdir = str(Path(__file__).resolve().parent.parent)
bind = f"127.0.0.1:{_port()}"

worker_class = "gthread"
workers = 2
threads = 4

forwarder_headers = ""  # SCRIPT_NAME is ours alone: a visitor who sets it would rewrite every link of a kept page
control_socket_disable = True  # nobody steers the server but by signals
accesslog = None  # the application writes one JSON line per request itself
errorlog = "-"
loglevel = "warning"


def on_starting(server: Arbiter) -> None:
    """Refuse a taken port in one line, where gunicorn would try for five seconds and then print a trace."""
    if {"GUNICORN_FD", "LISTEN_FDS"} & os.environ.keys():
        return  # the sockets are handed over by an older server or by systemd
    (host, port), *_ = server.cfg.address
    with contextlib.closing(socket.socket()) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            sys.exit(f"El puerto {port} está ocupado o no se puede usar. Elija otro: make run PORT={port + 1}")


def when_ready(server: Arbiter) -> None:
    """Say where to look."""
    host, port = server.LISTENERS[0].sock.getsockname()
    print(f"Listo: http://{host}:{port}/ (Ctrl+C para terminar)", file=sys.stderr, flush=True)
