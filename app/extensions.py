"""Bare extension objects. Imports nothing of ours."""

from flask import Flask, current_app, g
from flask_wtf import CSRFProtect
from sqlalchemy import Engine
from sqlalchemy.exc import InterfaceError, OperationalError, ProgrammingError
from sqlalchemy.orm import Session

DatabaseAway = (OperationalError, InterfaceError)
"""What is raised while the database is gone or locked: the doors answer 503 and ask to try again."""

DatabaseUnusable = (*DatabaseAway, ProgrammingError)
"""What is raised where the database is away or was never migrated: a command says so in one line."""

WritingSession = Session
"""What a door names when it hands a session on; the doors themselves know no SQLAlchemy."""


class Database:
    """One session per request or command, closed at its end. The engine is handed over by ``create_app``."""

    def init_app(self, app: Flask, engine: Engine) -> None:
        """Keep the engine with the application and close sessions when its context ends."""
        app.extensions["database"] = engine
        app.teardown_appcontext(_close)

    @property
    def engine(self) -> Engine:
        """The engine of the current application."""
        engine: Engine = current_app.extensions["database"]
        return engine

    @property
    def session(self) -> Session:
        """The session to read with."""
        return self._session("reading", write=False)

    @property
    def writing_session(self) -> Session:
        """The session to write with: on SQLite its transaction takes the write lock at once."""
        return self._session("writing", write=True)

    def _session(self, name: str, *, write: bool) -> Session:
        if name not in g:
            engine = self.engine.execution_options(write=True) if write else _one_snapshot(self.engine)
            setattr(g, name, Session(engine, expire_on_commit=False))
        session: Session = g.get(name)
        return session


def _one_snapshot(engine: Engine) -> Engine:
    """Reading sees one state of the database throughout a request; SQLite does so by itself."""
    postgresql = engine.dialect.name == "postgresql"
    return engine.execution_options(isolation_level="REPEATABLE READ") if postgresql else engine


def _close(_error: BaseException | None) -> None:
    for name in ("reading", "writing"):
        session = g.pop(name, None)
        if session is not None:
            try:
                session.close()
            except DatabaseAway:  # the answer is made, and what was to be stored is stored: nothing is left to tell
                session.invalidate()


database = Database()
csrf = CSRFProtect()
"""Refuses every post without the token of its own session."""
