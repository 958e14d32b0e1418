"""Whose yes to a public difference counts, and how many it takes."""

from collections.abc import Iterable
from dataclasses import dataclass

SIGNERS = 2
"""Nobody publishes alone."""


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
