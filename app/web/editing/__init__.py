"""Preparing an edition: from a form or a folder, one row of its rules at a time."""

from flask import Flask

from app.web.editing import acts, beginnings, views


def init_app(app: Flask) -> None:
    """Register the pages."""
    app.register_blueprint(beginnings.blueprint)
    app.register_blueprint(acts.blueprint)
    app.register_blueprint(views.blueprint)
