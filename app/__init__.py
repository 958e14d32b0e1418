"""The site "Alcalde, ¿cómo vamos?". ``create_app`` is its table of contents."""

import os

from flask import Flask

from app import logging
from app.cli import accounts as account_commands
from app.cli import database as database_commands
from app.cli import mail as mail_commands
from app.cli import publications as publication_commands
from app.cli import seeds as seed_commands
from app.config import Settings
from app.extensions import csrf, database
from app.queries.engines import open_engine
from app.web import (
    about,
    accounts,
    amendments,
    assignments,
    audits,
    charts,
    clarifications,
    comparisons,
    decisions,
    demands,
    deputies,
    discovery,
    distinctions,
    editing,
    editions,
    files,
    gates,
    health,
    offices,
    organising,
    publications,
    rankings,
    ratings,
    reviews,
    rules,
    scorecards,
    search,
    showcase,
    takeaways,
    verification,
    withdrawals,
)
from app.web.shared import addresses, bodies, errors, headers, jinja, mail, requests, rooms, sessions, site

PUBLIC = (
    editions,
    search,
    rankings,
    scorecards,
    demands,
    charts,
    comparisons,
    publications,
    files,
    about,
    discovery,
    takeaways,
    verification,
    health,
)
"""What anybody may open, in the order of the menus."""

STAFF = (
    accounts,
    ratings,
    reviews,
    offices,
    rules,
    decisions,
    organising,
    assignments,
    gates,
    deputies,
    distinctions,
    amendments,
    withdrawals,
    clarifications,
    audits,
)
"""What opens by a sign-in, in the order of a round."""


def create_app(settings: Settings | None = None) -> Flask:
    """Build the application from the settings, or from the environment's where none are given."""
    settings = settings or Settings.from_environment(os.environ)
    app = Flask(__name__, static_folder=None, instance_path=str(settings.instance_path))
    app.config.from_mapping(SECRET_KEY=settings.secret_key, SETTINGS=settings, MAX_CONTENT_LENGTH=1_000_000)
    app.config["WTF_CSRF_TIME_LIMIT"] = None  # as long as its session
    logging.start()
    database.init_app(app, open_engine(settings.database_url))
    bodies.init_app(app)
    requests.init_app(app, settings)
    addresses.init_app(app)
    jinja.init_app(app, settings)
    rooms.init_app(app)
    sessions.init_app(app, settings)
    csrf.init_app(app)
    headers.init_app(app, settings)
    errors.init_app(app)
    for feature in (*PUBLIC, *STAFF):
        app.register_blueprint(feature.blueprint)
    editing.init_app(app)
    accounts.init_app(app, settings)
    mail.init_app(app, settings)
    showcase.init_app(app, settings)
    app.cli.add_command(database_commands.group)
    app.cli.add_command(seed_commands.group)
    app.cli.add_command(account_commands.group)
    app.cli.add_command(mail_commands.group)
    app.cli.add_command(publication_commands.group)
    site.init_app(app, settings)
    return app
