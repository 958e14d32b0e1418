"""Taking turns: whoever writes into an entry or a round waits for whoever began before.

SQLite needs nothing of it: a writing session begins IMMEDIATE and is alone.
"""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.accounts import Account
from app.models.editions import Edition, Round, RoundEntry
from app.models.places import Municipality


def lock_entry(session: Session, entry_id: int) -> RoundEntry | None:
    """The entry, held until this transaction ends; None where there is none. Its round is held against moving on.

    The round first, as everybody does who takes both: two who take them in different orders wait for each other.
    """
    of_entry = select(RoundEntry.round_id).where(RoundEntry.id == entry_id).scalar_subquery()
    session.scalar(select(Round.id).where(Round.id == of_entry).with_for_update(read=True))
    return session.scalar(select(RoundEntry).where(RoundEntry.id == entry_id).with_for_update())


def lock_round(session: Session, edition: str, number: int) -> Round | None:
    """The round, held until this transaction ends: nobody rates, answers or moves it meanwhile."""
    query = (
        select(Round)
        .join(Edition, Edition.id == Round.edition_id)
        .where(Edition.slug == edition, Round.number == number)
        .with_for_update(of=Round)
        .execution_options(populate_existing=True)
    )
    return session.scalar(query)


def lock_rounds_from(session: Session, cvegeo: str, day: date) -> None:
    """Hold the rounds, of any edition, that end on that day or later and have the municipality: none is published."""
    query = (
        select(Round)
        .join(RoundEntry, RoundEntry.round_id == Round.id)
        .join(Municipality, Municipality.id == RoundEntry.municipality_id)
        .where(Municipality.cvegeo == cvegeo, Round.ends_on >= day)
        .order_by(Round.id)
        .with_for_update(of=Round)
        .execution_options(populate_existing=True)
    )
    session.scalars(query).all()


def lock_account(session: Session, account_id: int) -> Account | None:
    """The account, held until this transaction ends: nobody else changes what is hers meanwhile."""
    return session.scalar(select(Account).where(Account.id == account_id).with_for_update())


def lock_edition(session: Session, slug: str) -> Edition | None:
    """The edition, held until this transaction ends: nobody else changes its rules or seals it meanwhile."""
    query = select(Edition).where(Edition.slug == slug).with_for_update()
    return session.scalar(query.execution_options(populate_existing=True))
