"""One owner of a command's transaction: returning commits where asked to, raising rolls back."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from app.cli.sentences import _, refusal
from app.domain.permissions import Actor
from app.extensions import DatabaseUnusable, WritingSession, database
from app.services.accounts import act_as_system


@contextmanager
def writing_as_system(*, commit: bool) -> Iterator[tuple[WritingSession, Actor]]:
    """A session that may write and the system's actor. What was written stays only with ``commit``."""
    with database_at_hand():
        session = database.writing_session
        try:
            yield session, act_as_system(session, now_utc())
            if commit:
                session.commit()
        finally:
            session.rollback()


@contextmanager
def database_at_hand() -> Iterator[None]:
    """Turn a database that is away or was never migrated into one line for the operator."""
    try:
        yield
    except DatabaseUnusable as error:
        message = _(
            "No se puede usar la base de datos (%(error)s). ¿Está en marcha y migrada con «flask database upgrade»?"
        )
        raise refusal(message, error=type(error).__name__) from error


def now_utc() -> datetime:
    """This moment, in whole seconds."""
    return datetime.now(UTC).replace(microsecond=0)
