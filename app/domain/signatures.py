"""Whose yes to a public difference counts, how many it takes, and who gave the signers the power to sign.

No machine knows whether two accounts are two people. So it is shown, and told to all who may sign.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.domain.permissions import PERMISSIONS, Actor, Permission, Role

SIGNERS = 2
"""Nobody publishes alone."""

NEW_POWER = timedelta(days=30)
"""For so long the power to sign is looked at twice, where one signer has it from another."""

SIGNING_ROLES = tuple(role for role in Role if Permission.SIGN in PERMISSIONS[role])


@dataclass(frozen=True)
class Power:
    """Since when an account may sign in an edition, and who let it: a person, the operator, or nobody knows."""

    since_utc: datetime
    giver_id: int | None = None
    giver: str = ""
    by_operator: bool = False


@dataclass(frozen=True)
class Signed:
    """One signature as it stands now: over which digest, whether it was taken back, and who she is today.

    ``may_sign``: she still holds the right to. ``is_party``: she rated in the round, or answers for a municipality.
    """

    account_id: int
    digest: str
    may_sign: bool = True
    is_party: bool = False
    is_withdrawn: bool = False

    def counts_for(self, digest: str) -> bool:
        """Whether it is a yes to that digest."""
        return self.digest == digest and self.may_sign and not self.is_party and not self.is_withdrawn


def signers(signatures: Iterable[Signed], digest: str) -> frozenset[int]:
    """The different people whose yes to that digest counts."""
    return frozenset(row.account_id for row in signatures if row.counts_for(digest))


def may_be_published(signatures: Iterable[Signed], digest: str) -> bool:
    """Whether two different people stand behind exactly this."""
    return len(signers(signatures, digest)) >= SIGNERS


def stands_on_one(signed: Mapping[int, datetime], powers: Mapping[int, Power]) -> bool:
    """Whether a signer has the new power to sign from another signer, straight or through others who had it newly.

    ``signed``: whose yes counts, and when it was given; ``powers``: of all who may sign in the edition, by account.
    """
    return any(giver in signed for account, at_utc in signed.items() for giver in _new_givers(account, at_utc, powers))


def _new_givers(account: int, at_utc: datetime, powers: Mapping[int, Power]) -> Iterator[int]:
    """Who let this account sign within the last days before that moment, who let that one, and so on."""
    met = {account}
    while (power := powers.get(account)) and power.giver_id not in {None, *met}:
        if power.giver_id is None or at_utc - power.since_utc > NEW_POWER:
            return
        account = power.giver_id
        met.add(account)
        yield account


def named_in_mail(actor: Actor) -> bool:
    """Whether a mail may say who this is: the name of whoever rates anywhere never leaves the staff's rooms."""
    return Role.EVALUATOR not in actor.roles()
