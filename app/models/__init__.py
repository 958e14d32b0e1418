"""The tables. Importing this package registers every one of them."""

from app.models import (
    accounts,
    acknowledgements,
    assignments,
    audit,
    cells,
    editions,
    evidence,
    mandates,
    places,
    publications,
    replies,
    scores,
    sealed,
    signatures,
    withdrawals,
)

__all__ = [
    "accounts",
    "acknowledgements",
    "assignments",
    "audit",
    "cells",
    "editions",
    "evidence",
    "mandates",
    "places",
    "publications",
    "replies",
    "scores",
    "sealed",
    "signatures",
    "withdrawals",
]
