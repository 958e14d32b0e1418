"""What a withdrawal takes from the disk, once it is committed: saved files, and pages that were kept with the words."""

from collections.abc import Iterable

from flask import Response, after_this_request, current_app

from app.config import Settings
from app.extensions import database
from app.services.erasures import forget_words
from app.services.evidence import delete_files
from app.web.shared.commits import FIRST_ERROR


def delete_after_commit(files: Iterable[str]) -> None:
    """Delete these saved files, every kept page and SQLite's journal when the answer is no error; else all stay."""
    settings: Settings = current_app.config["SETTINGS"]

    @after_this_request
    def _delete(response: Response) -> Response:
        if response.status_code < FIRST_ERROR:
            database.session.rollback()  # a reader of before the withdrawal would hold the journal
            delete_files(settings.instance_path, files)
            forget_words(database.engine, settings.pages_path)
        return response
