"""Who a person is to the programme, and what she may do. Deny unless a role says so; roles are granted per edition."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.domain.errors import RuleBroken


class Role(StrEnum):
    """What an account may be granted in an edition. ``DEPUTY`` signs in the place of an organiser, and no more."""

    ORGANISER = "organiser"
    EVALUATOR = "evaluator"
    REVIEWER = "reviewer"
    OFFICE = "office"
    DEPUTY = "deputy"


class Permission(StrEnum):
    """One thing that a person may do in an edition."""

    MANAGE_ACCOUNTS = "manage-accounts"
    PREPARE_EDITION = "prepare-edition"
    ASSIGN = "assign"
    MOVE_ROUND = "move-round"
    SEE_PROGRESS = "see-progress"
    RATE = "rate"
    REVIEW = "review"
    DECIDE = "decide"
    ANSWER = "answer"
    DISTINGUISH = "distinguish"
    PREPARE_PUBLICATION = "prepare-publication"
    SIGN = "sign"
    READ_AUDIT = "read-audit"


PERMISSIONS: Mapping[Role, frozenset[Permission]] = {
    Role.ORGANISER: frozenset(
        {
            Permission.MANAGE_ACCOUNTS,
            Permission.PREPARE_EDITION,
            Permission.ASSIGN,
            Permission.MOVE_ROUND,
            Permission.SEE_PROGRESS,
            Permission.DISTINGUISH,
            Permission.PREPARE_PUBLICATION,
            Permission.SIGN,
            Permission.READ_AUDIT,
        }
    ),
    Role.EVALUATOR: frozenset({Permission.RATE}),
    Role.REVIEWER: frozenset({Permission.REVIEW, Permission.DECIDE, Permission.SEE_PROGRESS}),
    Role.OFFICE: frozenset({Permission.ANSWER}),
    Role.DEPUTY: frozenset({Permission.SIGN, Permission.SEE_PROGRESS}),
}

OF_A_MUNICIPALITY = frozenset({Permission.ANSWER})
"""What is held for one municipality of the edition only."""

NEEDS_SECOND_FACTOR = frozenset({Role.ORGANISER, Role.REVIEWER, Role.DEPUTY})
"""The roles that can do nothing before a second factor is set up."""


class NotAllowed(RuleBroken):
    """The actor's roles do not permit what was asked."""

    code = "not-allowed"


@dataclass(frozen=True)
class Grant:
    """One role in one edition; an office's names its municipality by its address name (slug)."""

    edition: str
    role: Role
    municipality: str | None = None


@dataclass(frozen=True)
class Actor:
    """Who stands behind a write: an account of a person, or of the system itself.

    ``strict_editions`` are the editions that ask everybody for a second factor.
    """

    account_id: int
    name: str
    grants: frozenset[Grant] = frozenset()
    is_system: bool = False
    strict_editions: frozenset[str] = frozenset()

    def may(self, permission: Permission, edition: str | None = None, municipality: str | None = None) -> bool:
        """Whether a role permits it: in that edition, or in any where none is named."""
        return self.is_system or any(self._covers(grant, permission, edition, municipality) for grant in self.grants)

    def _covers(self, grant: Grant, permission: Permission, edition: str | None, municipality: str | None) -> bool:
        if permission not in PERMISSIONS[grant.role] or edition not in {None, grant.edition}:
            return False
        bound = permission in OF_A_MUNICIPALITY and edition is not None and municipality is not None
        return not bound or grant.municipality == municipality

    def roles(self, edition: str | None = None) -> frozenset[Role]:
        """The roles held in an edition, or anywhere."""
        return frozenset(grant.role for grant in self.grants if edition in {None, grant.edition})

    def editions(self, permission: Permission) -> tuple[str, ...]:
        """The editions in which the actor may do it, in alphabetical order."""
        return tuple(sorted({grant.edition for grant in self.grants if permission in PERMISSIONS[grant.role]}))

    def municipalities(self, edition: str) -> tuple[str, ...]:
        """The municipalities for which the actor answers in an edition, in alphabetical order."""
        return tuple(sorted({row.municipality for row in self.grants if row.edition == edition and row.municipality}))

    @property
    def needs_second_factor(self) -> bool:
        """Whether a role, or an edition for all its people, asks for a second factor."""
        asked = any(grant.edition in self.strict_editions for grant in self.grants)
        return asked or bool(NEEDS_SECOND_FACTOR & self.roles())


def require(actor: Actor, permission: Permission, edition: str, municipality: str | None = None) -> None:
    """Raise NotAllowed unless a role of the actor permits it. Services ask again, whatever the door asked before."""
    if not actor.may(permission, edition, municipality):
        raise NotAllowed(permission=permission.value, edition=edition)


def clashes(roles: Iterable[Role]) -> bool:
    """Whether somebody would be on both sides of the table: an office's liaison rates, reviews or publishes nobody."""
    held = set(roles)
    return Role.OFFICE in held and len(held) > 1
