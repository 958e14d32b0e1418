"""Looking behind the pages of a site that a test uses."""

from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session


def writing(site: Flask) -> Session:
    """A session that may write into the site's database."""
    return Session(site.extensions["database"].execution_options(write=True), expire_on_commit=False)


def count(site: Flask, table: type) -> int:
    """How many rows a table holds."""
    with Session(site.extensions["database"]) as session:
        return session.scalar(select(func.count()).select_from(table)) or 0
