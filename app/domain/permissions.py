"""Who a person is to the programme. Roles are granted per edition."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What an account may be granted in an edition."""

    ORGANISER = "organiser"
    EVALUATOR = "evaluator"
    REVIEWER = "reviewer"
    OFFICE = "office"


@dataclass(frozen=True)
class Actor:
    """Who stands behind a write: an account of a person, or of the system itself."""

    account_id: int
    name: str
