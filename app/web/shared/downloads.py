"""Handing out kept files: always as a download that no browser opens on this site."""

from pathlib import Path

from flask import abort, current_app, send_file
from werkzeug.wrappers import Response

from app.domain.evidence import KeptFile
from app.services.evidence import path_of

SANDBOX = "default-src 'none'; sandbox"


def hand_out(kept: KeptFile | None) -> Response:
    """The file; 404 where there is none, or where the disk has lost it."""
    path = path_of(Path(current_app.instance_path), kept.sha256) if kept else None
    if kept is None or path is None or not path.is_file():
        abort(404)
    response = send_file(
        path, kept.kind.value, as_attachment=True, download_name=kept.name, etag=False, conditional=False
    )
    response.headers["Content-Security-Policy"] = SANDBOX
    response.headers["Cache-Control"] = "no-store"
    return response
