"""The tables. Importing this package registers every one of them."""

from app.models import (
    accounts,
    acknowledgements,
    assignments,
    audit,
    cells,
    editions,
    evidence,
    invitations,
    mail,
    mandates,
    places,
    publications,
    scores,
    sealed,
    sessions,
    signatures,
)

__all__ = [
    "accounts",
    "acknowledgements",
    "assignments",
    "audit",
    "cells",
    "editions",
    "evidence",
    "invitations",
    "mail",
    "mandates",
    "places",
    "publications",
    "scores",
    "sealed",
    "sessions",
    "signatures",
]
