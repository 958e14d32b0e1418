"""The organisations behind an edition: who convenes it, who evaluates, who pays."""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar


class OrganisationKind(StrEnum):
    """What an organisation does in an edition."""

    CONVENER = "convener"
    EVALUATOR = "evaluator"
    DONOR = "donor"


@dataclass(frozen=True)
class Organisation:
    """An organisation and its part in an edition. An empty interest: it declared none, or the source states none."""

    RECORD: ClassVar[str] = "organisation"
    KEY: ClassVar[tuple[str, ...]] = ("key",)

    key: str
    name: str
    kind: OrganisationKind
    role_es: str = ""
    role_en: str = ""
    interest_es: str = ""
    interest_en: str = ""
    source: str = ""
