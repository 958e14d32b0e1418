"""Reading accounts."""

from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.people import AccountState, HeldRole, Person
from app.domain.permissions import Actor, Grant, Role
from app.language import sort_key
from app.models.accounts import Account, RoleGrant
from app.models.editions import Edition
from app.models.places import Municipality


def find_system_account(session: Session) -> Account | None:
    """The account that stands behind what commands write, or None before the first command."""
    return session.scalar(select(Account).where(Account.kind == "system").order_by(Account.id).limit(1))


def find_account_by_uniquifier(session: Session, uniquifier: str) -> Account | None:
    """The account to which a session or a link belongs, or None."""
    return session.scalar(select(Account).where(Account.fs_uniquifier == uniquifier))


def find_account_by_email(session: Session, email: str) -> Account | None:
    """The person with this address, in whatever letter case it was typed; or None."""
    return session.scalar(select(Account).where(Account.email == email.lower()))


def find_actor(session: Session, account_id: int) -> Actor | None:
    """The person behind an account with every role granted to her; None for nobody and for the closed."""
    account = session.get(Account, account_id)
    if account is None or account.kind != "person" or not account.active:
        return None
    query = (
        select(RoleGrant.role, Edition.slug, Municipality.slug, Edition.second_factor_for_all)
        .join(Edition, Edition.id == RoleGrant.edition_id)
        .outerjoin(Municipality, Municipality.id == RoleGrant.municipality_id)
        .where(RoleGrant.account_id == account_id)
        .order_by(Edition.slug, RoleGrant.role, RoleGrant.id)
    )
    rows = session.execute(query).all()
    return Actor(
        account_id=account.id,
        name=account.name,
        grants=frozenset(Grant(edition, Role(role), municipality) for role, edition, municipality, _ in rows),
        strict_editions=frozenset(edition for _, edition, _, is_strict in rows if is_strict),
    )


def find_demonstration_secret(session: Session, account_id: int) -> str | None:
    """The secret of the second factor of an invented person, for the page that shows her code; None of a real one."""
    account = session.get(Account, account_id)
    return account.tf_totp_secret if account is not None and account.is_demonstration else None


def get_person(session: Session, account_id: int) -> Person:
    """An account with all its roles."""
    return _people(session, [session.get_one(Account, account_id)], None)[0]


def list_people(session: Session, editions: Collection[str]) -> tuple[Person, ...]:
    """Everybody who holds a role in one of these editions, with the roles held there; by name, the closed last."""
    query = (
        select(Account)
        .join(RoleGrant, RoleGrant.account_id == Account.id)
        .join(Edition, Edition.id == RoleGrant.edition_id)
        .where(Edition.slug.in_(editions))
        .distinct()
    )
    people = _people(session, session.scalars(query).all(), editions)
    return tuple(sorted(people, key=lambda row: (row.state is AccountState.CLOSED, sort_key(row.name), row.email)))


def _people(session: Session, accounts: Sequence[Account], editions: Collection[str] | None) -> list[Person]:
    query = (
        select(RoleGrant, Edition, Municipality.name)
        .join(Edition, Edition.id == RoleGrant.edition_id)
        .outerjoin(Municipality, Municipality.id == RoleGrant.municipality_id)
        .where(RoleGrant.account_id.in_([account.id for account in accounts]))
        .order_by(Edition.slug, RoleGrant.role, RoleGrant.id)
    )
    held: dict[int, list[HeldRole]] = {account.id: [] for account in accounts}
    for grant, edition, municipality in session.execute(query):
        if editions is None or edition.slug in editions:
            role = HeldRole(grant.id, edition.slug, edition.name_es, edition.name_en, Role(grant.role), municipality)
            held[grant.account_id].append(role)
    return [_person(account, tuple(held[account.id])) for account in accounts]


def _person(account: Account, roles: tuple[HeldRole, ...]) -> Person:
    state = AccountState.OPEN if account.password else AccountState.INVITED
    return Person(
        id=account.id,
        name=account.name,
        email=account.email or "",
        state=state if account.active else AccountState.CLOSED,
        has_second_factor=account.tf_primary_method is not None,
        recovery_codes=len(account.mf_recovery_codes or ()),
        last_signed_in_at_utc=account.last_signed_in_at_utc,
        is_demonstration=account.is_demonstration,
        roles=roles,
    )
