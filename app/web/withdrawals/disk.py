"""What a withdrawal takes from the disk, once it is committed: saved files, and pages that were kept with the words."""

import shutil
from collections.abc import Iterable

from flask import Response, after_this_request, current_app

from app.config import Settings
from app.extensions import database
from app.queries.engines import empty_journal
from app.services.evidence import delete_files
from app.web.shared.commits import FIRST_ERROR
from app.web.shared.pages import FOLDER


def delete_after_commit(files: Iterable[str]) -> None:
    """Delete these saved files, every kept page and SQLite's journal when the answer is no error; else all stay."""
    settings: Settings = current_app.config["SETTINGS"]

    @after_this_request
    def _delete(response: Response) -> Response:
        if response.status_code < FIRST_ERROR:
            delete_files(settings.instance_path, files)
            shutil.rmtree(settings.instance_path / FOLDER, ignore_errors=True)
            database.session.rollback()  # a reader of before the withdrawal would hold the journal
            empty_journal(current_app.extensions["database"])
        return response
