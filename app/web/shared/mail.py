"""On one's own machine mail leaves at once, as files: nobody runs ``flask mail send`` there."""

import logging

from flask import Flask, request

from app.config import Settings
from app.extensions import DatabaseAway, database
from app.logging import LOGGER
from app.services.delivery import BySmtp, deliver, open_post
from app.web.shared.forwarding import is_staff_path
from app.web.shared.sessions import now_utc


def init_app(app: Flask, settings: Settings) -> None:
    """In development and without a server, lay waiting mail into ``instance/outbox/`` after what the staff sends."""
    if settings.is_production or settings.mail.host:
        return
    folder = settings.instance_path / "outbox"
    post = open_post(BySmtp("", 0, "none"), folder, sender=settings.mail.sender, site_url=settings.site_url)

    @app.teardown_request
    def _deliver(_error: BaseException | None) -> None:
        if request.method == "POST" and is_staff_path(request.path):
            session = database.writing_session
            try:
                session.rollback()
                deliver(session, post, commit=session.commit, now_utc=now_utc())
            except DatabaseAway:
                logging.getLogger(LOGGER).warning("mail waits: the database is away")
