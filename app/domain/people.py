"""People as their coordination sees them: who was invited, who takes part as what, who is closed."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.domain.errors import RuleBroken
from app.domain.permissions import Role


class AccountState(StrEnum):
    """Whether somebody can sign in."""

    INVITED = "invited"
    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True)
class HeldRole:
    """One role that somebody holds: in which edition, and for which municipality if it is an office's."""

    id: int
    edition: str
    edition_name_es: str
    edition_name_en: str
    role: Role
    municipality: str | None


@dataclass(frozen=True)
class Person:
    """An account with its roles."""

    id: int
    name: str
    email: str
    state: AccountState
    has_second_factor: bool
    recovery_codes: int
    last_signed_in_at_utc: datetime | None
    is_demonstration: bool
    roles: tuple[HeldRole, ...]


class InvitationRefused(RuleBroken):
    """An invitation, or the change of a role or an account, is against a rule; the code says which."""

    code = "invitation-refused"


@dataclass(frozen=True)
class NewRole:
    """A role for whoever has this address. An office's names its municipality, an evaluator's her institution."""

    email: str
    role: Role
    edition: str
    municipality: str | None = None
    organisation: str | None = None


@dataclass(frozen=True)
class EditionChoices:
    """What an invitation to an edition may name: pairs of address name and name."""

    slug: str
    name_es: str
    name_en: str
    is_demonstration: bool
    municipalities: tuple[tuple[str, str], ...]
    organisations: tuple[tuple[str, str], ...]
